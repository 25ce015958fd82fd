package figure

import (
	"image/color"
	"math"
	"strings"

	"vaelab/vaelib/words"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The colours of things that come up throughout the course, from the palette of Okabe and Ito, which people with
// any of the common kinds of colour blindness can tell apart.
var (
	ColorVAE            = rgb(0x0072B2) // blue
	ColorAE             = rgb(0xE69F00) // orange
	ColorKL             = rgb(0xD55E00) // vermillion
	ColorReconstruction = rgb(0x009E73) // bluish green
)

// classColors are the palette's eight colours with a grey and a wine red added for ten classes, and its yellow
// darkened, for small points on white. Classes next to each other in the data sets' order, often alike, are far
// apart in colour.
var classColors = []color.NRGBA{
	rgb(0x0072B2), rgb(0xE69F00), rgb(0x009E73), rgb(0xD55E00), rgb(0x56B4E9),
	rgb(0xCC79A7), rgb(0x000000), rgb(0xE0CC1A), rgb(0x8C8C8C), rgb(0x882255),
}

// ClassColor is the colour in which figures draw a class, so that others can, too. There are ten, which then come again.
func ClassColor(class int) color.NRGBA { return classColors[class%len(classColors)] }

var (
	ink   = rgb(0x222222)
	muted = rgb(0x595959)
	frame = rgb(0xB0B0B0)
	light = rgb(0xE9E9E9)
)

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xFF}
}

func fade(c color.NRGBA, alpha float64) color.NRGBA {
	c.A = uint8(math.Round(255 * alpha))
	return c
}

var (
	body    = style(13, ink, false)
	small   = style(12, muted, false)
	heading = style(14, ink, true)

	variable  = italic(style(14, ink, false))
	subscript = style(10, ink, false)
)

// handler measures and draws all texts of figures.
var handler = letters{text.Plain{Fonts: font.DefaultCache}}

func style(size vg.Length, c color.Color, bold bool) text.Style {
	f := font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
	if bold {
		f.Weight = xfont.WeightBold
	}
	return text.Style{Color: c, Font: f, Handler: handler}
}

func italic(s text.Style) text.Style {
	s.Font.Style = xfont.StyleItalic
	return s
}

// write puts one line of text with its baseline at pt. Subscripts are small digits set lower: the font's own stand too far off.
func write(c draw.Canvas, s text.Style, pt vg.Point, txt string) {
	c.SetColor(s.Color)
	low := s
	low.Font.Size *= 0.75
	for txt != "" {
		digits := strings.IndexFunc(txt, isSubscript)
		if digits < 0 {
			digits = len(txt)
		}
		pt = handler.fill(c, s.Font, pt, txt[:digits])
		if txt = txt[digits:]; txt == "" {
			return
		}
		end := strings.IndexFunc(txt, func(r rune) bool { return !isSubscript(r) })
		if end < 0 {
			end = len(txt)
		}
		index := strings.Map(func(r rune) rune { return r - '₀' + '0' }, txt[:end])
		pt.X = handler.fill(c, low.Font, pt.Add(vg.Point{Y: -0.2 * s.Font.Size}), index).X
		txt = txt[end:]
	}
}

func isSubscript(r rune) bool { return '₀' <= r && r <= '₉' }

// axes is an empty plot in the course's looks: thin axes on two sides, ticks that name numbers.
func axes(x, y string, xticks, yticks plot.Ticker) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	p.X.Label.Text, p.Y.Label.Text = x, y
	p.X.Tick.Marker, p.Y.Tick.Marker = xticks, yticks
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		label, tick := &a.Label.TextStyle, &a.Tick.Label
		label.Font, label.Color, label.Handler = body.Font, ink, handler
		tick.Font, tick.Color, tick.Handler = small.Font, muted, handler
		a.Label.Padding = 4
		a.Padding = 0
		a.LineStyle = draw.LineStyle{Color: frame, Width: 1}
		a.Tick.LineStyle = a.LineStyle
		a.Tick.Length = 4
	}
	return p
}

// nameAxes writes z₁ below and z₂ left of a square of the latent plane, upright, in the room that axisRoom and
// axisBelow leave. The font's own subscripts stand too far off.
func nameAxes(c draw.Canvas, r vg.Rectangle) {
	name := func(at vg.Point, index string) {
		write(c, variable, at, "z")
		write(c, subscript, at.Add(vg.Point{X: variable.Width("z") + 0.5, Y: -3}), index)
	}
	name(vg.Point{X: (r.Min.X+r.Max.X)/2 - 5, Y: r.Min.Y - 34}, "1")
	name(vg.Point{X: r.Min.X - 46, Y: (r.Min.Y+r.Max.Y)/2 - 3.5}, "2")
}

// grid draws light lines at the ticks.
type grid struct{}

func (grid) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	line := draw.LineStyle{Color: light, Width: 1}
	for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
		c.StrokeLine2(line, x(t.Value), c.Min.Y, x(t.Value), c.Max.Y)
	}
	for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
		c.StrokeLine2(line, c.Min.X, y(t.Value), c.Max.X, y(t.Value))
	}
}

// fit finds the canvas on which the plot's data area is exactly r: the plot makes room for its own tick labels,
// which depends a little on the room that it has.
func fit(p *plot.Plot, c draw.Canvas, r vg.Rectangle) draw.Canvas {
	c.Rectangle = r
	for range 4 {
		d := p.DataCanvas(c)
		c.Min = c.Min.Add(r.Min.Sub(d.Min))
		c.Max = c.Max.Add(r.Max.Sub(d.Max))
	}
	return c
}

// ticks marks about n round numbers (steps of 1, 2 or 5), only whole ones if whole.
func ticks(n int, whole bool) plot.TickerFunc {
	return func(low, high float64) (marks []plot.Tick) {
		step := roundStep((high - low) / float64(n))
		if whole {
			step = max(step, 1)
		}
		return every(step)(low, high)
	}
}

// every marks the multiples of a round step.
func every(step float64) plot.TickerFunc {
	return func(low, high float64) (marks []plot.Tick) {
		for i := math.Ceil(low/step - 1e-9); i*step <= high+1e-9*step; i++ {
			marks = append(marks, plot.Tick{Value: i * step, Label: number(i*step, decimals(step))})
		}
		return marks
	}
}

// decimals are those that tell the multiples of a round step apart.
func decimals(step float64) int { return int(max(0, -math.Floor(math.Log10(step)+1e-9))) }

// roundStep is the least of 1, 2, 5, 10, … times a power of ten that is at least x.
func roundStep(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{1, 2, 5} {
		if x <= m*power*(1+1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// number writes x as axes have it. What no axis has room for, from ten million on, is
// written with a power of ten: 2.92e24.
func number(x float64, decimals int) string {
	if math.Abs(x) >= 1e7 {
		return strings.Replace(words.Significant(x, 3), "e+", "e", 1)
	}
	return words.Fixed(x, decimals)
}
