package path_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"vaelab/vaelib/path"
)

// The clearance is what many places along the lines say: the oracle knows nothing of projections.
func TestClearanceIsThatOfTheNearestPlace(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	place := func() path.Point { return path.Point{X: rng.Float64(), Y: rng.Float64()} }
	for range 50 {
		c := path.Circle{Centre: place(), Radius: rng.Float64()}
		p := make(path.Path, 1+rng.IntN(6))
		for i := range p {
			p[i] = place()
		}
		least := math.Inf(1)
		for i := range p {
			a, b := p[max(0, i-1)], p[i]
			for k := range 2001 {
				s := float64(k) / 2000
				least = min(least, math.Hypot(a.X+s*(b.X-a.X)-c.Centre.X, a.Y+s*(b.Y-a.Y)-c.Centre.Y))
			}
		}
		// A step of 1.5/2000 misses the nearest place by half a step at most.
		if got, want := c.Clearance(p), least-c.Radius; got > want+1e-12 || got < want-4e-4 {
			t.Errorf("%v keeps %v off %v, places along it %v", p, got, c, want)
		}
	}
	c := path.Standard().Obstacle
	if got := c.Clearance(nil); !math.IsInf(got, 1) {
		t.Errorf("no path has clearance %v", got)
	}
	if got := c.Clearance(path.Path{{X: math.NaN()}}); !math.IsNaN(got) {
		t.Errorf("a path nowhere has clearance %v", got)
	}
	if got := c.Clearance(path.Path{{X: 0.5, Y: 0.1}}); math.Abs(got-0.25) > 1e-15 {
		t.Errorf("one place has clearance %v, want 0.25", got)
	}
}

// A side is the same in a scene that is turned, shifted and shrunk with its path, and the other one in a mirror.
func TestLeftIsTheSameHoweverOneTurns(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 1))
	standard := path.Standard()
	detour := path.Path{{X: 0.5, Y: 0.05}, {X: 0.2, Y: 0.4}, {X: 0.2, Y: 0.6}, {X: 0.8, Y: 0.7}, {X: 0.8, Y: 0.4}, {X: 0.7, Y: 0.4}, {X: 0.7, Y: 0.8}, {X: 0.5, Y: 0.95}}
	for name, c := range map[string]struct {
		path path.Path
		left bool
	}{
		"left": {around(0.2), true}, "right": {around(0.8), false}, "left, far": {around(0), true},
		"through, left of the centre": {around(0.49), true}, "through, right of it": {around(0.51), false},
		"left, a point beside the centre": {path.Path{{X: 0.5, Y: 0.05}, {X: 0.2, Y: 0.5}, {X: 0.5, Y: 0.95}}, true},
		"left, and over there and back":   {detour, true}, "nowhere": {nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := standard.Left(c.path); got != c.left {
				t.Errorf("Left is %v", got)
			}
			if c.path == nil {
				return
			}
			for range 20 {
				sin, cos := math.Sincos(2 * math.Pi * rng.Float64())
				size, dx, dy := 0.1+rng.Float64(), rng.Float64(), rng.Float64()
				for _, mirror := range []float64{1, -1} {
					moved := func(p path.Point) path.Point {
						return path.Point{X: dx + size*(cos*mirror*p.X-sin*p.Y), Y: dy + size*(sin*mirror*p.X+cos*p.Y)}
					}
					s := path.Scene{Start: moved(standard.Start), Goal: moved(standard.Goal), Obstacle: path.Circle{Centre: moved(standard.Obstacle.Centre), Radius: size * 0.15}}
					var p path.Path
					for _, at := range c.path {
						p = append(p, moved(at))
					}
					if got, want := s.Left(p), c.left == (mirror == 1); got != want {
						t.Fatalf("turned by %v, %v, mirrored %v: Left is %v", sin, cos, mirror, got)
					}
				}
			}
		})
	}
}
