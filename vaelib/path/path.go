package path

import "fmt"

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
		name     string
	}{
		{1, d.Path[0], d.Scene.Start, "begin at the start"},
		{Points, d.Path[Points-1], d.Scene.Goal, "end at the goal"},
	} {
		if end.at.to(end.want) > Near {
			return &PathError{end.point, end.at, fmt.Sprintf("a path must %s, which is at %v", end.name, end.want)}
		}
	}
	return d.Scene.Obstacle.untouched(d.Path)
}

// validate reports a path that no image can hold.
func (p Path) validate() error {
	if len(p) != Points {
		return &PathError{Want: fmt.Sprintf("has %d points: it must have %d; Resample makes them of any number", len(p), Points)}
	}
	return inPicture(p)
}

// inPicture reports the first point that is none of the picture's.
func inPicture(points []Point) error {
	for i, at := range points {
		if !at.inside() {
			return &PathError{i + 1, at, "it lies outside the picture; " + outside}
		}
	}
	return nil
}
