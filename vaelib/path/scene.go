package path

import (
	"fmt"
	"math"

	"vaelab/vaelib/words"
)

// Point is a place in the picture, which is 1 wide and 1 high: x to the right, y upward.
type Point struct{ X, Y float64 }

// String is the place as people write it, to a thousandth: (0.5, 0.05).
func (p Point) String() string {
	return fmt.Sprintf("(%v, %v)", rounded(p.X), rounded(p.Y))
}

func rounded(x float64) float64 { return math.Round(x*1000) / 1000 }

// inside is whether a place is one of the picture's, edges included; NaN is none.
func (p Point) inside() bool { return p.X >= 0 && p.X <= 1 && p.Y >= 0 && p.Y <= 1 }

// to is how far another place is.
func (p Point) to(q Point) float64 { return math.Hypot(q.X-p.X, q.Y-p.Y) }

// Circle is an obstacle.
type Circle struct {
	Centre Point
	Radius float64
}

// Scene is what a robot is shown: where it stands, where it shall go, and what is in its way. The zero Scene is none:
// [Scene.Validate] refuses it.
type Scene struct {
	Start, Goal Point
	Obstacle    Circle
}

// Standard is the course's scene: from the bottom to the top, with the obstacle in the middle.
func Standard() Scene {
	return Scene{Start: Point{0.5, 0.05}, Goal: Point{0.5, 0.95}, Obstacle: Circle{Point{0.5, 0.5}, 0.15}}
}

// The bounds of a scene, in widths of the picture.
const (
	widest  = 0.4 // an obstacle's radius: more leaves nothing to drive on
	nearest = 0.1 // start and goal: what is nearer has no sides to choose from
)

// Validate reports the first thing that no robot can be shown: a [*FieldError] about Start, Goal, Centre or Radius.
func (s Scene) Validate() error {
	o := s.Obstacle
	switch {
	case !s.Start.inside():
		return &FieldError{"Start", s.Start, outside()}
	case !s.Goal.inside():
		return &FieldError{"Goal", s.Goal, outside()}
	case !o.Centre.inside():
		return &FieldError{"Centre", o.Centre, outside()}
	case !(o.Radius > 0 && o.Radius <= widest):
		return &FieldError{"Radius", o.Radius, words.Say("an obstacle's radius is above 0 and at most %v of the picture's width", widest)}
	case s.Start.to(s.Goal) < nearest:
		return &FieldError{"Goal", s.Goal, words.Say("it is less than %v from the start %v: put it farther away", nearest, s.Start)}
	case s.Start.to(o.Centre) <= o.Radius:
		return &FieldError{"Start", s.Start, words.Say("it lies in the obstacle or on its edge: put it outside")}
	case s.Goal.to(o.Centre) <= o.Radius:
		return &FieldError{"Goal", s.Goal, words.Say("it lies in the obstacle or on its edge: put it outside")}
	}
	return nil
}

func outside() string { return words.Say("both coordinates must be from 0 to 1, the picture's edges") }
