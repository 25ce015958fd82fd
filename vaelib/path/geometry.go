package path

import (
	"math"

	"vaelab/vaelib/words"
)

// Clearance is how far a path stays off an obstacle's edge: the smallest distance from its centre to the straight lines between the
// path's points, less its radius. Below 0 the path collides. A path without points is infinitely far; one with a NaN has the clearance NaN.
func (c Circle) Clearance(p Path) float64 {
	least := math.Inf(1)
	for i := range p {
		least = min(least, c.Centre.toLine(p[max(i-1, 0)], p[i]))
	}
	return least - c.Radius
}

// toLine is the distance to the straight line from a to b.
func (p Point) toLine(a, b Point) float64 {
	dx, dy := b.X-a.X, b.Y-a.Y
	t := 0.0
	if length := dx*dx + dy*dy; length > 0 {
		t = min(max(((p.X-a.X)*dx+(p.Y-a.Y)*dy)/length, 0), 1)
	}
	return math.Hypot(p.X-a.X-t*dx, p.Y-a.Y-t*dy)
}

// untouched reports a path that comes to an obstacle.
func (c Circle) untouched(p Path) error {
	if c.Clearance(p) > 0 {
		return nil
	}
	return &PathError{Want: words.Say("the path touches the obstacle: go round it, for a demonstration that collides teaches colliding")}
}

// Left is whether a path passes the obstacle on the left, for one who looks from the start to the goal: whether it crosses, an odd
// number of times, the ray that runs from the obstacle's centre to the left, across that line of sight. So a detour over there and
// back doesn't count, and a path through the obstacle has a side as well: that of its centre.
func (s Scene) Left(p Path) bool {
	along, across := s.frame()
	left := false
	for i := 1; i < len(p); i++ {
		u, v := along(p[i-1]), along(p[i])
		if (u < 0) == (v < 0) {
			continue
		}
		t := u / (u - v)
		if across(p[i-1])*(1-t)+across(p[i])*t > 0 {
			left = !left
		}
	}
	return left
}

// frame measures places from the obstacle's centre: along the line of sight from start to goal, and to the left of it.
func (s Scene) frame() (along, across func(Point) float64) {
	dx, dy := s.Goal.X-s.Start.X, s.Goal.Y-s.Start.Y
	length := math.Hypot(dx, dy)
	dx, dy = dx/length, dy/length
	c := s.Obstacle.Centre
	along = func(p Point) float64 { return (p.X-c.X)*dx + (p.Y-c.Y)*dy }
	across = func(p Point) float64 { return (p.Y-c.Y)*dx - (p.X-c.X)*dy }
	return along, across
}
