package path

import "vaelab/vaelib/words"

// Points is how many points a path has.
const Points = 20

// Path is a way from a start to a goal, as Points places at equal times.
type Path []Point

// Demonstration is a path that somebody has gone in a scene.
type Demonstration struct {
	Scene Scene
	Path  Path
}

// Near is how far, in widths of the picture, a path may begin from its start and end from its goal: five of a byte's steps.
const Near = 0.02

// Validate reports a demonstration that would teach something wrong: a [*FieldError] about its scene, or a [*PathError] about a path
// with another number of points than Points, one that leaves the picture, begins more than Near from the start or ends so
// far from the goal, and one that touches the obstacle, for a demonstration that collides teaches colliding.
func (d Demonstration) Validate() error {
	if err := d.Scene.Validate(); err != nil {
		return err
	}
	if err := d.Path.validate(); err != nil {
		return err
	}
	for _, end := range []struct {
		point    int
		at, want Point
		says     string
	}{
		{1, d.Path[0], d.Scene.Start, words.Say("a path must begin at the start, which is at %v", d.Scene.Start)},
		{Points, d.Path[Points-1], d.Scene.Goal, words.Say("a path must end at the goal, which is at %v", d.Scene.Goal)},
	} {
		if end.at.to(end.want) > Near {
			return &PathError{end.point, end.at, end.says}
		}
	}
	return d.Scene.Obstacle.untouched(d.Path)
}

// validate reports a path that no image can hold.
func (p Path) validate() error {
	if len(p) != Points {
		return &PathError{Want: words.Say("the path has %d points: it must have %d; Resample makes them of any number", len(p), Points)}
	}
	return inPicture(p)
}

// inPicture reports the first point that is none of the picture's.
func inPicture(points []Point) error {
	for i, at := range points {
		if !at.inside() {
			return &PathError{i + 1, at, words.Say("it lies outside the picture; both coordinates must be from 0 to 1, the picture's edges")}
		}
	}
	return nil
}
