// Package figure draws the course's pictures: grids of images, maps of the latent plane, loss curves, and several
// of them side by side. It draws with gonum/plot and knows neither models nor notebooks, and of files only its fonts: numbers and
// images go in, a Figure comes out, and package [vaelab/vaelib/show] puts that on a page. It also compiles for a browser
// (js/wasm).
//
// For the mathematics there are [Plot], which lays lines, areas, bands and dots over one pair of axes, each an option
// of its own; [Landscape], a map of a function of two variables with arrows that point downhill; [Bars], which lays
// the parts of each sum end to end; and [RateDistortion], which sets models side by side by the two terms of their loss. [Paths] draws
// what a robot's policy does: ways round an obstacle, and through it.
//
// # A figure carries its words
//
// Every [Figure] has a caption, one line that says what to see, and an alt text that says it to those who can't.
// Both are written from the data, in the language that is spoken when the figure is made, and both can be replaced:
//
//	figure.LatentMap(codes, labels, classes, figure.Title("KL weight 4"))
//
// # A figure carries its error
//
// A function that draws never fails halfway through a cell. What is wrong with its input (no images, two lists of
// different lengths, a NaN among the codes) is kept in the figure, whose Err and PNG report it as a sentence.
// So figures can be put together without a line of error handling:
//
//	figure.Beside(figure.LatentMap(…), figure.LatentMap(…))
//
// # One theme
//
// Lengths are CSS pixels: type of 13 pixels on the page is 13 here. Pictures are drawn at twice the screen's
// resolution. Image pixels are enlarged by a whole number, never blurred. Each picture is a white card with a
// margin, so it can be read on a dark page too. Colours are Okabe and Ito's, and one colour means one thing
// throughout the course: see [ColorAE] and the colours beside it. Classes differ in shape as well as in colour.
//
// # Letters
//
// Texts are drawn in Liberation Sans, which gonum brings. A letter that it lacks comes from two files of the clone, cut from Noto Sans
// CJK SC: fonts/course.otf has the Chinese letters that the course itself says, fonts/gb2312.otf all of GB 2312. They are read when a
// figure first needs them. What none of them has is an error that names the letter.
//
// # Sharing
//
// All types here are values that no method changes: several goroutines may use one at once, and draw at once. A figure keeps
// the images, lists and functions that it was made from and reads them when it is drawn, so they must stay as they are, and
// functions must only compute.
package figure
