package figure

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// level is the line rate + distortion = sum as it crosses the data area, from upper left to lower right.
type level struct {
	start  vg.Point
	along  vg.Point // of length 1
	length vg.Length
}

// newLevel is false where the line doesn’t cross the data area.
func newLevel(c draw.Canvas, a *plot.Plot, sum float64) (level, bool) {
	x, y := a.Transforms(&c)
	from, to := max(a.X.Min, sum-a.Y.Max), min(a.X.Max, sum-a.Y.Min)
	if from >= to {
		return level{}, false
	}
	start, end := vg.Point{X: x(from), Y: y(sum - from)}, vg.Point{X: x(to), Y: y(sum - to)}
	length := distance(start, end)
	return level{start, end.Sub(start).Scale(1 / length), length}, true
}

func (l level) at(d vg.Length) vg.Point { return l.start.Add(l.along.Scale(d)) }

func (l level) stroke(c draw.Canvas, s draw.LineStyle, from, to vg.Length) {
	p, q := l.at(from), l.at(to)
	c.StrokeLine2(s, p.X, p.Y, q.X, q.Y)
}

// write puts a text along the line, its middle at d and its baseline so far above it.
func (l level) write(c draw.Canvas, s text.Style, d, above vg.Length, txt string) {
	c.Push()
	c.Translate(l.at(d))
	c.Rotate(math.Atan2(float64(l.along.Y), float64(l.along.X)))
	write(c, s, vg.Point{X: -s.Width(txt) / 2, Y: above}, txt)
	c.Pop()
}

// draw lets the line pass behind its name, which stands where what else is drawn is farthest.
func (l level) draw(c draw.Canvas, name string, path []vg.Point, names []textBox) {
	half := small.Width(name)/2 + 6
	place, farthest := vg.Length(0), half
	for d := half + 4; d < l.length-half-4; d += 4 {
		near := vg.Length(math.Inf(1))
		for _, p := range path {
			near = min(near, distance(l.at(d), p))
		}
		for _, b := range names {
			near = min(near, distance(l.at(d), b.Min.Add(b.Max).Scale(0.5)))
		}
		if near > farthest+0.5 {
			place, farthest = d, near
		}
	}
	thin := draw.LineStyle{Color: frame, Width: 1}
	if place == 0 {
		l.stroke(c, thin, 0, l.length)
		return
	}
	l.stroke(c, thin, 0, place-half)
	l.stroke(c, thin, place+half, l.length)
	l.write(c, small, place, -4.5, name)
}

// drawBest writes the name below the line, where no model is: on the longer side of the dot that the line touches.
func (l level) drawBest(c draw.Canvas, name string, touches vg.Point) {
	l.stroke(c, draw.LineStyle{Color: ink, Width: 1.4, Dashes: []vg.Length{6, 4}}, 0, l.length)
	half := body.Width(name)/2 + 20 // its corners are nearer to the axes than the line
	if l.length < 2*half {
		return
	}
	before := distance(l.start, touches)
	d := before / 2
	if before < l.length/2 {
		d = (before + l.length) / 2
	}
	l.write(c, body, min(max(d, half), l.length-half), -15, name)
}

func distance(p, q vg.Point) vg.Length {
	return vg.Length(math.Hypot(float64(p.X-q.X), float64(p.Y-q.Y)))
}

// dense puts points between those of a path, so that none is far from the next.
func dense(path []vg.Point) (points []vg.Point) {
	for i, p := range path {
		points = append(points, p)
		if i+1 == len(path) {
			break
		}
		step := path[i+1].Sub(p)
		n := math.Ceil(float64(distance(p, path[i+1]) / 6))
		for k := 1.0; k < n; k++ {
			points = append(points, p.Add(step.Scale(vg.Length(k/n))))
		}
	}
	return points
}
