package figure

import (
	"image/color"
	"math"
	"slices"

	"vaelab/vaelib/words"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

const (
	pathsSide  = vg.Length(340) // of the picture, where so much is free
	mostRoutes = 300            // of a kind are drawn
)

var (
	colorClear    = ColorVAE // what a VAE draws
	colorCollides = below
	obstacleFill  = rgb(0xD4D4D4)
)

func (p *pathsPanel) side(free vg.Length) vg.Length { return snap(min(free, pathsSide)) }

func (p *pathsPanel) size(free vg.Length) vg.Point {
	side := p.side(free)
	return vg.Point{X: side, Y: side + 8 + nameLine*vg.Length(len(p.legend(side)))}
}

// routeKind is how a kind of routes looks, and what the legend says of it.
type routeKind struct {
	name   string
	color  color.NRGBA
	alpha  float64
	width  vg.Length
	dashes []vg.Length
	halo   bool // a white edge tells it from what lies below
}

func (p *pathsPanel) clearKind() routeKind {
	n := len(p.clear)
	return routeKind{name: words.Count(n, "goes round", "go round"), color: colorClear, alpha: sheer(n), width: 1.3}
}

func (p *pathsPanel) collidingKind() routeKind {
	n := len(p.collides)
	return routeKind{name: words.Count(n, "collides", "collide"), color: colorCollides, alpha: min(1, 0.3+sheer(n)), width: 1.5, dashes: []vg.Length{5, 3}}
}

func (p *pathsPanel) thickKind() routeKind {
	k := routeKind{name: p.thickName, color: ink, alpha: 1, width: 3.4, halo: true}
	if p.thick.Clearance < 0 {
		k.name = words.Say("%s collides", p.thickName)
		k.dashes = []vg.Length{9, 4}
	}
	return k
}

// sheer makes lines more translucent the more there are, so that a bundle shows where it is dense.
func sheer(n int) float64 { return min(max(3.5/math.Sqrt(float64(n)), 0.2), 0.7) }

func (k routeKind) stroke(c draw.Canvas, lines ...[]vg.Point) {
	if k.halo {
		c.StrokeLines(draw.LineStyle{Color: rgb(0xFFFFFF), Width: k.width + 2.4}, lines...)
	}
	c.StrokeLines(draw.LineStyle{Color: fade(k.color, k.alpha), Width: k.width, Dashes: k.dashes}, lines...)
}

// legend arranges what the lines are in lines of text that fit the width.
func (p *pathsPanel) legend(width vg.Length) (lines [][]routeKind) {
	var kinds []routeKind
	if len(p.clear) > 0 {
		kinds = append(kinds, p.clearKind())
	}
	if len(p.collides) > 0 {
		kinds = append(kinds, p.collidingKind())
	}
	if p.thick != nil {
		kinds = append(kinds, p.thickKind())
	}
	x := width
	for _, k := range kinds {
		k.name = cut(k.name, width-routeSample)
		w := routeSample + body.Width(k.name)
		if x+w > width {
			lines = append(lines, nil)
			x = 0
		}
		x += w + 16
		lines[len(lines)-1] = append(lines[len(lines)-1], k)
	}
	return lines
}

const routeSample = vg.Length(34) // a piece of line before a name

func (p *pathsPanel) draw(c draw.Canvas, free vg.Length) {
	side := p.side(free)
	left, bottom := snap(c.Min.X), snap(c.Max.Y-side)
	area := c
	area.Rectangle = vg.Rectangle{Min: vg.Point{X: left, Y: bottom}, Max: vg.Point{X: left + side, Y: bottom + side}}
	to := func(at [2]float64) vg.Point {
		return vg.Point{X: left + side*vg.Length(at[0]), Y: bottom + side*vg.Length(at[1])}
	}

	p.obstacle(area, to)
	route := func(k routeKind, r Route) {
		line := make([]vg.Point, len(r.Points))
		for i, at := range r.Points {
			line[i] = to(at)
		}
		k.stroke(area, area.ClipLinesXY(line)...)
	}
	for _, kind := range []struct {
		look   func() routeKind
		routes []Route
	}{{p.clearKind, p.clear}, {p.collidingKind, p.collides}} {
		n := min(len(kind.routes), mostRoutes)
		for i := range n {
			route(kind.look(), kind.routes[i*len(kind.routes)/n])
		}
	}
	if p.thick != nil {
		route(p.thickKind(), *p.thick)
	}
	c.SetLineStyle(draw.LineStyle{Color: frame, Width: 1})
	c.Stroke(area.Rectangle.Path())
	p.ends(area, to)

	for i, line := range p.legend(side) {
		at := vg.Point{X: left, Y: bottom - 8 - nameLine*vg.Length(i) - nameLine/2}
		for _, k := range line {
			k.alpha = 1
			k.stroke(c, []vg.Point{at, at.Add(vg.Point{X: routeSample - 8})})
			write(c, body, at.Add(vg.Point{X: routeSample, Y: -4.5}), k.name)
			at.X += routeSample + body.Width(k.name) + 16
		}
	}
}

// obstacle fills the part of the circle that lies in the picture.
func (p *pathsPanel) obstacle(c draw.Canvas, to func([2]float64) vg.Point) {
	var circle []vg.Point
	for i := range 97 {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / 96)
		circle = append(circle, to([2]float64{p.scene.Centre[0] + p.scene.Radius*cos, p.scene.Centre[1] + p.scene.Radius*sin}))
	}
	c.FillPolygon(obstacleFill, c.ClipPolygonXY(circle))
	c.StrokeLines(draw.LineStyle{Color: muted, Width: 1.2}, c.ClipLinesXY(circle)...)
}

// ends marks the start with a disc and the goal with a star, and says which is which on the side where fewer lines are.
func (p *pathsPanel) ends(c draw.Canvas, to func([2]float64) vg.Point) {
	for _, end := range []struct {
		name  string
		place [2]float64
		size  vg.Length
		shape []vg.Point
		next  func(r Route) [2]float64 // a point of the route, near this end
	}{
		{words.Say("start"), p.scene.Start, 5.5, shapes[0], func(r Route) [2]float64 { return r.Points[1] }},
		{words.Say("goal"), p.scene.Goal, 6.5, shapes[7], func(r Route) [2]float64 { return r.Points[len(r.Points)-2] }},
	} {
		at := to(end.place)
		path := polygon(at, end.size, end.shape)
		c.SetLineStyle(draw.LineStyle{Color: rgb(0xFFFFFF), Width: 3})
		c.Stroke(path)
		c.SetColor(ink)
		c.Fill(path)
		right := 0
		for _, r := range p.all() {
			if x := end.next(r)[0]; x > end.place[0] {
				right++
			} else if x < end.place[0] {
				right--
			}
		}
		width := small.Width(end.name)
		label := vg.Point{X: at.X + 12, Y: min(max(at.Y-4, c.Min.Y+4), c.Max.Y-12)}
		if before := at.X - 12 - width; label.X+width > c.Max.X-2 || right > 0 && before > c.Min.X+2 {
			label.X = before
		}
		write(c, small, label, end.name)
	}
}

// all are the routes that are drawn, the thick one among them.
func (p *pathsPanel) all() []Route {
	all := slices.Concat(p.clear, p.collides)
	if p.thick != nil {
		all = append(all, *p.thick)
	}
	return all
}
