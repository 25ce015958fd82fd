package path

import "math"

// bulge is a family of paths past a scene's obstacle on one side: the straight line, and a bulge across it of any height.
type bulge struct {
	scene    Scene
	left     bool
	straight Path
	out      Path    // how far each point goes to the side, as the x and y of a step, for each width of the bulge's height
	highest  float64 // the height at which the bulge comes to the picture's border; 0 where the straight line does
}

// newBulge has the bulge greatest beside the obstacle, or so much behind it, as a share of the way. Along the way τ it is
// sin(π·w), where w(τ) = τ + c·τ(1 − τ) is ½ where the bulge is to be greatest. For 0.3 ≤ τ ≤ 0.7 such a w rises all the way.
func newBulge(s Scene, left bool, behind float64) bulge {
	b := bulge{scene: s, left: left, straight: make(Path, Points), out: make(Path, Points)}
	dx, dy := s.Goal.X-s.Start.X, s.Goal.Y-s.Start.Y
	length := math.Hypot(dx, dy)
	o := s.Obstacle.Centre
	beside := ((o.X-s.Start.X)*dx + (o.Y-s.Start.Y)*dy) / (length * length)
	top := min(max(beside+behind, 0.3), 0.7)
	c := (0.5 - top) / (top * (1 - top))
	side := 1.0
	if !left {
		side = -1
	}
	b.highest = 2 // more than any picture has room for
	for i := range Points {
		t := float64(i) / (Points - 1)
		out := side / length * math.Sin(math.Pi*(t+c*t*(1-t)))
		if i == Points-1 {
			out = 0 // and not sin π's rounding
		}
		b.straight[i] = Point{s.Start.X + t*dx, s.Start.Y + t*dy}
		b.out[i] = Point{-out * dy, out * dx}
		if i > 0 && i < Points-1 {
			b.highest = min(b.highest, within(b.straight[i].X, b.out[i].X), within(b.straight[i].Y, b.out[i].Y))
		}
	}
	b.straight[Points-1] = s.Goal
	return b
}

// within is how often a step can be added to x before the picture's border, and 0 where x lies behind it.
func within(x, step float64) float64 {
	room := min(x-border, 1-border-x)
	switch {
	case room < 0:
		return 0
	case step > 0:
		return (1 - border - x) / step
	case step < 0:
		return (border - x) / step
	}
	return math.Inf(1)
}

// path is the one of this height, in widths of the picture.
func (b bulge) path(height float64) Path {
	p := make(Path, Points)
	for i, at := range b.straight {
		p[i] = Point{at.X + height*b.out[i].X, at.Y + height*b.out[i].Y}
	}
	return p
}

// gap is how far the path of a height keeps off the obstacle on its side; −1 where it passes the centre on the other. It grows with
// the height: the obstacle lies below the bulge, and all of the bulge moves away.
func (b bulge) gap(height float64) float64 {
	p := b.path(height)
	if b.scene.Left(p) != b.left {
		return -1
	}
	return b.scene.Obstacle.Clearance(p)
}

// room is the widest gap that the picture leaves on this side.
func (b bulge) room() float64 { return b.gap(b.highest) }

// height is the least at which the path keeps this gap, or the highest that there is room for.
func (b bulge) height(gap float64) float64 {
	low, high := 0.0, b.highest
	for range 40 {
		if middle := (low + high) / 2; b.gap(middle) >= gap {
			high = middle
		} else {
			low = middle
		}
	}
	return high
}
