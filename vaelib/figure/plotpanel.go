package figure

import (
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// lineColors are what the lines of a Plot take, one after the other.
var lineColors = []color.NRGBA{rgb(0x0072B2), rgb(0xD55E00), rgb(0x009E73), rgb(0xCC79A7), rgb(0x56B4E9), rgb(0x222222)}

// What lies above 0 in an Area, and what below.
var above, below = lineColors[0], lineColors[1]

type plotPanel struct {
	x, y   axis
	layers []layer
}

const (
	plotWidth  = vg.Length(620)
	plotHeight = vg.Length(300)
	nameLine   = vg.Length(20)
)

func (p *plotPanel) size(free vg.Length) vg.Point {
	w := min(free, plotWidth)
	return vg.Point{X: w, Y: plotHeight + nameLine*vg.Length(len(p.header(w)))}
}

// named is a layer of the header with the colour it is drawn in.
type named struct {
	layer
	color color.NRGBA
}

// colored gives each line, band and set of dots its colour.
func (p *plotPanel) colored() (all []named) {
	used := map[string]color.NRGBA{} // a band and a line of one name are one thing
	next := 0
	for _, l := range p.layers {
		n := named{l, muted}
		if l.kind == lineLayer || l.kind == bandLayer || l.kind == dotsLayer {
			c, known := used[l.name]
			if !known {
				c = lineColors[next%len(lineColors)]
				next++
				used[l.name] = c
			}
			n.color = c
		}
		all = append(all, n)
	}
	return all
}

// header arranges the names in lines that fit the width.
func (p *plotPanel) header(width vg.Length) (lines [][]named) {
	seen := map[string]bool{}
	x := width
	for _, n := range p.colored() {
		if n.kind == uprightLayer || n.kind == levelLayer || n.name == "" || seen[n.name] {
			continue
		}
		seen[n.name] = true
		n.name = cut(n.name, width-30)
		if w := 48 + body.Width(n.name); x+w > width || len(lines) == 0 {
			lines = append(lines, nil)
			x = 0
		}
		x += 48 + body.Width(n.name)
		lines[len(lines)-1] = append(lines[len(lines)-1], n)
	}
	return lines
}

// cut shortens a text that is wider than the room for it; the alt text has it whole.
func cut(text string, width vg.Length) string {
	letters := []rune(text)
	for n := len(letters); n > 0 && body.Width(text) > width; n-- {
		text = strings.TrimRight(string(letters[:n-1]), " ") + "…"
	}
	return text
}

func (p *plotPanel) draw(c draw.Canvas, free vg.Length) {
	header := p.header(min(free, plotWidth))
	for i, line := range header {
		at := vg.Point{X: c.Min.X, Y: c.Max.Y - 12 - nameLine*vg.Length(i)}
		for _, n := range line {
			n.sample(c, at.Add(vg.Point{Y: 4.5}))
			write(c, body, at.Add(vg.Point{X: 30}), n.name)
			at.X += 48 + body.Width(n.name)
		}
	}
	c.Max.Y -= nameLine * vg.Length(len(header))

	a := axes(p.x.name, p.y.name, p.x.ticker(7), p.y.ticker(5))
	a.X.Min, a.X.Max, a.Y.Min, a.Y.Max = p.x.low, p.x.high, p.y.low, p.y.high
	if p.x.log {
		a.X.Scale = plot.LogScale{}
	}
	if p.y.log {
		a.Y.Scale = plot.LogScale{}
	}
	a.Add(grid{}, p)
	left, right := vg.Length(58), vg.Length(16)
	for _, t := range a.Y.Tick.Marker.Ticks(p.y.low, p.y.high) {
		left = max(left, 34+small.Width(t.Label))
	}
	for _, t := range a.X.Tick.Marker.Ticks(p.x.low, p.x.high) {
		right = max(right, small.Width(t.Label)/2+2) // the last one may stand at the end
	}
	bottom := vg.Length(24)
	if p.x.name != "" {
		bottom = 38
	}
	a.Draw(fit(a, c, vg.Rectangle{
		Min: vg.Point{X: snap(c.Min.X + left), Y: snap(c.Min.Y + bottom)},
		Max: vg.Point{X: c.Max.X - right, Y: c.Max.Y - 8},
	}))
}

// sample is the layer's look in the header.
func (n named) sample(c draw.Canvas, at vg.Point) {
	switch n.kind {
	case bandLayer:
		c.SetColor(fade(n.color, 0.25))
		c.Fill(vg.Rectangle{Min: at.Add(vg.Point{Y: -5}), Max: at.Add(vg.Point{X: 24, Y: 5})}.Path())
	case areaLayer:
		c.SetColor(fade(above, 0.35))
		c.Fill(vg.Rectangle{Min: at, Max: at.Add(vg.Point{X: 24, Y: 6})}.Path())
		c.SetColor(fade(below, 0.35))
		c.Fill(vg.Rectangle{Min: at.Add(vg.Point{Y: -6}), Max: at.Add(vg.Point{X: 24})}.Path())
		c.StrokeLine2(draw.LineStyle{Color: ink, Width: 1.4}, at.X, at.Y, at.X+24, at.Y)
	case dotsLayer:
		dot(c, at.Add(vg.Point{X: 12}), 4, n.color)
	default:
		c.StrokeLine2(draw.LineStyle{Color: n.color, Width: 2.2}, at.X, at.Y, at.X+24, at.Y)
	}
}

// Plot draws the layers in their order.
func (p *plotPanel) Plot(c draw.Canvas, a *plot.Plot) {
	x, y := a.Transforms(&c)
	inside := func(v float64) bool { return p.y.low <= v && v <= p.y.high }
	for _, n := range p.colored() {
		xs, ys := n.points(p.x.log)
		switch n.kind {
		case areaLayer:
			p.fillArea(c, x, y, xs, ys)
		case bandLayer:
			var low, high []vg.Point
			for i := range xs {
				if !math.IsNaN(ys[i]) && !math.IsNaN(n.high[i]) {
					low = append(low, vg.Point{X: x(xs[i]), Y: y(clamp(ys[i], p.y))})
					high = append(high, vg.Point{X: x(xs[i]), Y: y(clamp(n.high[i], p.y))})
				}
			}
			slices.Reverse(high)
			c.FillPolygon(fade(n.color, 0.25), append(low, high...))
		case dotsLayer:
			for i := range xs {
				if inside(ys[i]) {
					dot(c, vg.Point{X: x(xs[i]), Y: y(ys[i])}, 4.5, rgb(0xFFFFFF))
					dot(c, vg.Point{X: x(xs[i]), Y: y(ys[i])}, 3.8, n.color)
				}
			}
		case lineLayer:
			for _, path := range p.runs(xs, ys, x, y) {
				c.StrokeLines(draw.LineStyle{Color: n.color, Width: 2.2}, c.ClipLinesXY(path)...)
			}
		case uprightLayer:
			at := x(xs[0])
			c.StrokeLine2(draw.LineStyle{Color: muted, Width: 1, Dashes: []vg.Length{4, 3}}, at, c.Min.Y, at, c.Max.Y)
			label := vg.Point{X: at + 5, Y: c.Max.Y - 12}
			if label.X+small.Width(n.name) > c.Max.X {
				label.X = at - 5 - small.Width(n.name)
			}
			write(c, small, label, n.name)
		case levelLayer:
			if !inside(ys[0]) {
				continue
			}
			at := y(ys[0])
			c.StrokeLine2(draw.LineStyle{Color: muted, Width: 1, Dashes: []vg.Length{4, 3}}, c.Min.X, at, c.Max.X, at)
			write(c, small, vg.Point{X: c.Max.X - small.Width(n.name) - 2, Y: at + 4}, n.name)
		}
	}
}

// runs are the stretches of a line between values that can't be drawn: no numbers, or none for a logarithmic axis.
func (p *plotPanel) runs(xs, ys []float64, x, y func(float64) vg.Length) (paths [][]vg.Point) {
	gap := true
	for i := range xs {
		if math.IsNaN(ys[i]) || math.IsInf(ys[i], 0) || p.y.log && ys[i] <= 0 {
			gap = true
			continue
		}
		if gap {
			paths = append(paths, nil)
			gap = false
		}
		last := &paths[len(paths)-1]
		*last = append(*last, vg.Point{X: x(xs[i]), Y: y(ys[i])})
	}
	return paths
}

// fillArea fills above 0 in blue and below in vermillion.
func (p *plotPanel) fillArea(c draw.Canvas, x, y func(float64) vg.Length, xs, ys []float64) {
	zero := y(clamp(0, p.y))
	var path []vg.Point
	over, under := []vg.Point{{X: x(xs[0]), Y: zero}}, []vg.Point{{X: x(xs[0]), Y: zero}}
	for i := range xs {
		if math.IsNaN(ys[i]) {
			continue
		}
		at := vg.Point{X: x(xs[i]), Y: y(clamp(ys[i], p.y))}
		path = append(path, at)
		over = append(over, vg.Point{X: at.X, Y: max(at.Y, zero)})
		under = append(under, vg.Point{X: at.X, Y: min(at.Y, zero)})
	}
	end := vg.Point{X: x(xs[len(xs)-1]), Y: zero}
	c.FillPolygon(fade(above, 0.35), append(over, end))
	c.FillPolygon(fade(below, 0.35), append(under, end))
	c.StrokeLines(draw.LineStyle{Color: ink, Width: 1.4}, path)
	c.StrokeLine2(draw.LineStyle{Color: muted, Width: 1}, c.Min.X, zero, c.Max.X, zero)
}

func clamp(v float64, a axis) float64 { return max(a.low, min(a.high, v)) }
