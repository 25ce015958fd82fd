package path

import "math"

// Point is a place in the picture, which is 1 wide and 1 high: x to the right, y upward.
type Point struct{ X, Y float64 }

// Circle is an obstacle.
type Circle struct {
	Centre Point
	Radius float64
}

// Scene is what a robot is shown: where it stands, where it shall go, and what is in its way.
type Scene struct {
	Start, Goal Point
	Obstacle    Circle
}

// Standard is the course's scene: from the bottom to the top, with the obstacle in the middle.
func Standard() Scene {
	return Scene{Start: Point{0.5, 0.05}, Goal: Point{0.5, 0.95}, Obstacle: Circle{Point{0.5, 0.5}, 0.15}}
}

// Points is how many points a path has.
const Points = 20

// Path is a way from a start to a goal, as Points places at equal times.
type Path []Point

// Demonstration is a path that somebody has gone in a scene.
type Demonstration struct {
	Scene Scene
	Path  Path
}

// Clearance is how far a path stays off an obstacle's edge: the smallest distance from its centre to the straight lines between the
// path's points, less its radius. Below 0 the path collides. A path without points is infinitely far.
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
