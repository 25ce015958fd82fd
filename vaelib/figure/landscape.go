package figure

import (
	"image"
	"image/color"
	"math"
	"slices"
	"strings"

	"vaelab/vaelib/words"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Landscape draws a function of two variables as a map of heights: darker is higher, lines join equal heights, and
// each band between two levels has one colour. Arrows, where downhill is given, point the way down; their length
// grows with the steepness, up to a limit. Low is marked where the grid finds the least value.
func Landscape(f func(x, y float64) float64, xs, ys [2]float64, levels []float64, downhill func(x, y float64) (dx, dy float64), opts ...Option) Figure {
	o := collect("Landscape", opts, "X", "Y")
	fail := func(err error) Figure { return failed(o, in("Landscape", err)) }
	switch {
	case f == nil:
		return fail(words.Errorf("there is no function to draw"))
	case !(xs[0] < xs[1]) || !(ys[0] < ys[1]) || math.IsInf(xs[1]-xs[0], 0) || math.IsInf(ys[1]-ys[0], 0):
		return fail(words.Errorf("the ranges must rise and be finite, here are %v and %v", xs, ys))
	case len(levels) < 2 || !rising(levels):
		return fail(words.Errorf("at least 2 rising levels are needed, here are %v", levels))
	}
	p := &landscape{f: f, downhill: downhill, levels: levels, x: axis{name: o.x.name, low: xs[0], high: xs[1]}, y: axis{name: o.y.name, low: ys[0], high: ys[1]}}
	if err := p.sample(); err != nil {
		return fail(err)
	}
	return finish(o, p, "", p.alt(), o.x.name, o.y.name)
}

func rising(xs []float64) bool {
	for i, x := range xs {
		if math.IsNaN(x) || i > 0 && x <= xs[i-1] {
			return false
		}
	}
	return true
}

type landscape struct {
	f        func(x, y float64) float64
	downhill func(x, y float64) (dx, dy float64)
	levels   []float64
	x, y     axis

	low  [2]float64 // where the least value lies
	z    float64    // the least value
	grid [][]float64
}

const heights = 241 // points of the grid along each axis

func (p *landscape) sample() error {
	p.z = math.Inf(1)
	p.grid = make([][]float64, heights)
	for r := range p.grid {
		p.grid[r] = make([]float64, heights)
		for c := range p.grid[r] {
			v := p.f(p.X(c), p.Y(r))
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return words.Errorf("the function is %v at (%v, %v): choose ranges where it is finite", v, p.X(c), p.Y(r))
			}
			p.grid[r][c] = v
			if v < p.z {
				p.z, p.low = v, [2]float64{p.X(c), p.Y(r)}
			}
		}
	}
	return nil
}

// Dims, Z, X and Y make it a grid for gonum's contours.
func (p *landscape) Dims() (c, r int)   { return heights, heights }
func (p *landscape) Z(c, r int) float64 { return p.grid[r][c] }
func (p *landscape) X(c int) float64 {
	return p.x.low + (p.x.high-p.x.low)*float64(c)/(heights-1)
}
func (p *landscape) Y(r int) float64 {
	return p.y.low + (p.y.high-p.y.low)*float64(r)/(heights-1)
}

func (p *landscape) alt() string {
	levels := make([]string, len(p.levels))
	for i, level := range p.levels {
		levels[i] = spoken(level)
	}
	return words.Say("Map of heights over %s and %s, with lines at %s. The least value, %s, is at (%s, %s).",
		p.x.name, p.y.name, strings.Join(levels, words.Say(", ")), words.Significant(p.z, 3), number(p.low[0], 1), number(p.low[1], 1))
}

// shade is the colour of a band: from nearly white at the bottom to a deep blue.
func (p *landscape) shade(v float64) color.NRGBA {
	band, _ := slices.BinarySearch(p.levels, v)
	t := float64(band) / float64(len(p.levels))
	mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + t*(float64(b)-float64(a)))) }
	return color.NRGBA{mix(0xF7, 0x08), mix(0xFB, 0x45), mix(0xFF, 0x94), 0xFF}
}

const (
	landWidth  = vg.Length(560)
	landHeight = vg.Length(400)
	keyWidth   = vg.Length(90)
)

func (p *landscape) size(free vg.Length) vg.Point {
	return vg.Point{X: min(free, landWidth), Y: landHeight}
}

func (p *landscape) draw(c draw.Canvas, free vg.Length) {
	a := axes(p.x.name, p.y.name, ticks(8, false), ticks(8, false))
	a.X.Min, a.X.Max, a.Y.Min, a.Y.Max = p.x.low, p.x.high, p.y.low, p.y.high
	contours := plotter.NewContour(p, p.levels, nil)
	contours.LineStyles = []draw.LineStyle{{Color: fade(ink, 0.55), Width: 0.9}}
	a.Add(bands{p}, contours, arrows{p})
	area := vg.Rectangle{
		Min: vg.Point{X: snap(c.Min.X + 58), Y: snap(c.Min.Y + 40)},
		Max: vg.Point{X: snap(c.Max.X - keyWidth), Y: snap(c.Max.Y - 8)},
	}
	a.Draw(fit(a, c, area))
	p.key(c, vg.Rectangle{Min: vg.Point{X: area.Max.X + 18, Y: area.Min.Y + 10}, Max: vg.Point{X: area.Max.X + 36, Y: area.Max.Y - 10}})
}

// key shows each band's colour, and the levels at the borders, as many as have room.
func (p *landscape) key(c draw.Canvas, at vg.Rectangle) {
	step := (at.Max.Y - at.Min.Y) / vg.Length(len(p.levels)+1)
	every := int(math.Ceil(float64(15 / step)))
	for i := range len(p.levels) + 1 {
		low := at.Min.Y + step*vg.Length(i)
		v := p.levels[0] - 1
		if i > 0 {
			v = math.Nextafter(p.levels[i-1], math.Inf(1))
		}
		c.SetColor(p.shade(v))
		c.Fill(vg.Rectangle{Min: vg.Point{X: at.Min.X, Y: low}, Max: vg.Point{X: at.Max.X, Y: low + step}}.Path())
		if i > 0 && i%every == 0 {
			write(c, small, vg.Point{X: at.Max.X + 5, Y: low - 4}, words.Significant(p.levels[i-1], 3))
		}
	}
	c.SetLineStyle(draw.LineStyle{Color: frame, Width: 1})
	c.Stroke(at.Path())
}

// bands colours the map.
type bands struct{ *landscape }

func (b bands) Plot(c draw.Canvas, a *plot.Plot) {
	img := image.NewNRGBA(image.Rect(0, 0, heights, heights))
	for r := range heights {
		for col := range heights {
			img.SetNRGBA(col, heights-1-r, b.shade(b.grid[r][col]))
		}
	}
	c.DrawImage(c.Rectangle, img)
}

// arrows point downhill from the points of a coarse grid, and a ring marks the lowest place.
type arrows struct{ *landscape }

func (p arrows) Plot(c draw.Canvas, a *plot.Plot) {
	x, y := a.Transforms(&c)
	const columns, rows, longest = 11, 9, 26
	if p.downhill != nil {
		for i := range columns {
			for j := range rows {
				px := p.x.low + (p.x.high-p.x.low)*(float64(i)+0.5)/columns
				py := p.y.low + (p.y.high-p.y.low)*(float64(j)+0.5)/rows
				dx, dy := p.downhill(px, py)
				steep := math.Hypot(dx, dy)
				if !(steep > 1e-9) || math.IsInf(steep, 0) {
					continue // flat, or no direction
				}
				// The direction on the page, and a length that grows ever more slowly.
				vx := float64(x(px+1)-x(px)) * dx
				vy := float64(y(py+1)-y(py)) * dy
				k := longest * math.Tanh(steep) / math.Hypot(vx, vy)
				arrow(c, vg.Point{X: x(px), Y: y(py)}, vg.Point{X: vg.Length(k * vx), Y: vg.Length(k * vy)})
			}
		}
	}
	at := vg.Point{X: x(p.low[0]), Y: y(p.low[1])}
	cross := draw.LineStyle{Color: fade(ink, 0.7), Width: 0.9, Dashes: []vg.Length{4, 3}}
	c.StrokeLine2(cross, at.X, c.Min.Y, at.X, c.Max.Y)
	c.StrokeLine2(cross, c.Min.X, at.Y, c.Max.X, at.Y)
	dot(c, at, 6, rgb(0xFFFFFF))
	dot(c, at, 4.5, ColorKL)
}

func arrow(c draw.Canvas, from, by vg.Point) {
	to := from.Add(by)
	length := vg.Length(math.Hypot(float64(by.X), float64(by.Y)))
	head := min(6, length*0.6)
	along := by.Scale(1 / length)
	across := vg.Point{X: -along.Y, Y: along.X}
	neck := to.Sub(along.Scale(head))
	for _, s := range []draw.LineStyle{{Color: rgb(0xFFFFFF), Width: 3}, {Color: ink, Width: 1.3}} {
		c.StrokeLine2(s, from.X, from.Y, neck.X, neck.Y)
	}
	c.FillPolygon(ink, []vg.Point{to, neck.Add(across.Scale(head / 2)), neck.Sub(across.Scale(head / 2))})
}
