// Package path has paths round an obstacle: demonstrations, as a teacher of robots gives them, and what a policy makes of them.
// A robot shall go from a start to a goal, and something stands in its way. It can go left or right; both are right, and what lies
// between them is not. That is the smallest task in which a policy needs a variable for the style, as ACT's z is one
// (T. Zhao and others 2023, “Learning Fine-Grained Bimanual Manipulation with Low-Cost Hardware”).
//
// # A scene, a path, a demonstration
//
// The picture is 1 wide and 1 high; x runs to the right, y upward, and all lengths are in its widths. A [Scene] is what the robot is
// shown, a [Path] of [Points] places is what it does, a [Demonstration] is both. [Circle.Clearance] tells whether a path collides, and
// [Scene.Left] on which side it passes:
//
//	scene := path.Standard()
//	teacher := path.Teacher{Share: 0.7, Spread: 1, Seed: 1, Scene: scene} // seven of ten go left
//	shown, err := teacher.Demonstrations(1000)
//
// [Recorded] has twenty that ship with the course. Those that somebody draws come as lines of many points: [Resample] makes a
// Path of one, and [WriteFile] and [ReadFile] keep them.
//
// # As images
//
// To a VAE a demonstration is an image one pixel high and [Width] wide: [Given] bytes for the scene, which encoder and decoder are
// told, then x and y of each point. [Dataset] makes such images and [Decoded] reads paths from what a decoder answers. A
// byte is a 255th of the picture's width, so a number is off by a 510th at most.
//
// # What a policy without a style does
//
// One answer for all demonstrations of a scene is best, by squares, if it is their [Mean], and by absolute errors if it is their
// [Median], number for number. The mean of two ways round an obstacle runs into it, unless nearly all go one way; the median follows
// the majority. [vaelab/vaelib/kl.TwoPoints] has both exactly, and [Collisions] counts. In the [Standard] scene, without a spread, the mean
// collides until 83 % go one way: each style's bulge reaches r + 0.08 from the straight line, the mean's 2·Share − 1 times as far,
// and that is r at the share ½ + r/(2(r + 0.08)).
//
// # Errors and sharing
//
// What is wrong is a sentence with fields: a [*FieldError] about a scene or a teacher, a [*PathError] about a path, a [*FileError]
// about a file. Clearance, Left, Mean and Median take whatever they are given. All types are values that no method changes: several
// goroutines may use one at once. The package knows neither models nor pages, and compiles for a browser.
package path
