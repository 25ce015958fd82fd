package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"vaelab/vaelib/words"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// mostPoints is how many codes a map draws: more hide each other and make the picture slow. A larger set is
// thinned evenly, and the caption says so.
const mostPoints = 4000

// LatentMap draws two-dimensional codes as points, coloured and shaped by class, with a large mark at each class's
// mean. Faint circles show where the prior N(0, I) has its 1, 2 and 3 σ. Both axes have the same scale; Limit fixes
// it. Without labels and classes all points look alike.
func LatentMap(codes [][2]float64, labels []uint8, classes []string, opts ...Option) Figure {
	o := collect("LatentMap", opts, "Limit", "Spreads")
	if err := checkCodes(codes, labels, classes); err != nil {
		return failed(o, in("LatentMap", err))
	}
	if len(o.spreads) > 0 && len(o.spreads) != len(codes) {
		return failed(o, in("LatentMap", words.Errorf("%s but %s: give one to each", words.Count(len(codes), "code", "codes"), words.Count(len(o.spreads), "spread", "spreads"))))
	}
	m := &mapPanel{codes: codes, labels: labels, classes: classes, spreads: o.spreads, limit: o.limit, fixed: o.limit > 0}
	if !m.fixed {
		m.limit = limitOf(codes)
	}
	m.centers = centers(codes, labels, len(classes))
	caption, alt := m.words()
	return finish(o, m, caption, alt, classes...)
}

func (m *mapPanel) words() (caption, alt string) { return m.caption(), m.alt() }

func (m *mapPanel) spans() map[string]span {
	if m.fixed {
		return nil
	}
	return map[string]span{"z": {-m.limit, m.limit}}
}

func (m *mapPanel) within(s map[string]span) scaled {
	other := *m
	if z, ok := s["z"]; ok {
		other.limit = z.high
	}
	return &other
}

func (m *mapPanel) caption() string {
	says := []string{words.Say("Each point is one image’s code; the circles are 1, 2 and 3 σ of the prior N(0, I), of whose draws 86%% lie within 2 σ.")}
	if len(m.classes) > 0 {
		says[0] = words.Say("Each point is one image’s code, each large mark the mean of a class; " +
			"the circles are 1, 2 and 3 σ of the prior N(0, I), of whose draws 86%% lie within 2 σ.")
	}
	says = append(says, words.Say("Of these codes %.0f%% do.", 100*m.share(2)))
	if len(m.spreads) > 0 {
		says = append(says, words.Say("Each ellipse is the 1 σ of a cloud (some are drawn)."))
	}
	if n := m.drawn(); n < len(m.codes) {
		says = append(says, words.Say("%s of %s codes are drawn.", words.Thousands(n), words.Thousands(len(m.codes))))
	}
	if out := m.outside(); out > 0 {
		says = append(says, words.Count(out, "code lies outside these axes.", "codes lie outside these axes."))
	}
	return words.Sentences(says...)
}

func checkCodes(codes [][2]float64, labels []uint8, classes []string) error {
	if len(codes) == 0 {
		return words.Errorf("there are no codes to draw")
	}
	if (len(labels) > 0 || len(classes) > 0) && len(labels) != len(codes) {
		return words.Errorf("%s but %s: give one to each", words.Count(len(codes), "code", "codes"), words.Count(len(labels), "label", "labels"))
	}
	for i, z := range codes {
		if math.IsNaN(z[0]+z[1]) || math.IsInf(z[0], 0) || math.IsInf(z[1], 0) {
			return words.Errorf("code %d is (%v, %v): every code must be two finite numbers", i, z[0], z[1])
		}
	}
	for i, l := range labels {
		if int(l) >= len(classes) {
			return words.Errorf("label %d is %d, but there are names for %s only", i, l, words.Count(len(classes), "class", "classes"))
		}
	}
	return nil
}

// limitOf is the least whole number that 99.5 % of the codes' coordinates stay below, and at least 4, which shows
// the prior's three circles.
func limitOf(codes [][2]float64) float64 {
	far := make([]float64, 0, 2*len(codes))
	for _, z := range codes {
		far = append(far, math.Abs(z[0]), math.Abs(z[1]))
	}
	r := quantile(far, 0.995)
	if r <= 4 {
		return 4
	}
	step := max(1, roundStep(r/10))
	return step * math.Ceil(r/step)
}

// quantile is the value below which a fraction q of xs lies. It sorts xs.
func quantile(xs []float64, q float64) float64 {
	slices.Sort(xs)
	return xs[min(len(xs)-1, int(q*float64(len(xs))))]
}

// mapPanel is the map itself.
type mapPanel struct {
	codes   [][2]float64
	labels  []uint8
	classes []string
	spreads [][2]float64 // of each code's cloud; nil where codes are points
	centers []center
	limit   float64
	fixed   bool // by the caller
}

// center is the mean of a class's codes; n is 0 where it has none.
type center struct {
	z [2]float64
	n int
}

func centers(codes [][2]float64, labels []uint8, classes int) []center {
	cs := make([]center, classes)
	for i, l := range labels {
		cs[l].n++
		cs[l].z[0] += codes[i][0]
		cs[l].z[1] += codes[i][1]
	}
	for i := range cs {
		cs[i].z[0] /= max(1, float64(cs[i].n))
		cs[i].z[1] /= max(1, float64(cs[i].n))
	}
	return cs
}

func (m *mapPanel) drawn() int { return min(len(m.codes), mostPoints) }

func (m *mapPanel) inside(z [2]float64) bool {
	return math.Abs(z[0]) <= m.limit && math.Abs(z[1]) <= m.limit
}

func (m *mapPanel) outside() (n int) {
	for _, z := range m.codes {
		if !m.inside(z) {
			n++
		}
	}
	return n
}

// share is how many of the codes, of 1, lie in the circle of so many σ.
func (m *mapPanel) share(sigmas float64) float64 {
	n := 0
	for _, z := range m.codes {
		if math.Hypot(z[0], z[1]) <= sigmas {
			n++
		}
	}
	return float64(n) / float64(len(m.codes))
}

func (m *mapPanel) alt() string {
	text := words.Say("Scatter plot of %s in the latent plane, both axes from %s to %s.",
		words.Count(len(m.codes), "code", "codes"), number(-m.limit, 1), number(m.limit, 1))
	var means []string
	for i, c := range m.centers {
		if c.n > 0 {
			means = append(means, fmt.Sprintf("%s (%s, %s)", m.classes[i], number(c.z[0], 1), number(c.z[1], 1)))
		}
	}
	if len(means) > 0 {
		text = words.Sentences(text, words.Say("Class means: %s.", strings.Join(means, words.Say(", "))))
	}
	return text
}

const (
	axisRoom  = vg.Length(48) // left of the data: the axis's name, tick labels
	axisBelow = vg.Length(40)
	overhang  = vg.Length(8) // half a tick label beyond the last tick
)

// mapLayout is the side of the square and where the legend goes.
func (m *mapPanel) mapLayout(free vg.Length) (side vg.Length, beside bool, l legend) {
	l = newLegend(m.classes, m.centers)
	side = 440
	if beside = free >= axisRoom+side+overhang+l.column()+12; beside {
		return side, true, l
	}
	return min(side, vg.Length(math.Floor(float64(free-axisRoom-overhang)))), false, l
}

func (m *mapPanel) size(free vg.Length) vg.Point {
	side, beside, l := m.mapLayout(free)
	s := vg.Point{X: axisRoom + side + overhang, Y: overhang + side + axisBelow}
	if len(l) == 0 {
		return s
	}
	if beside {
		s.X += 12 + l.column()
	} else {
		s.Y += 10 + l.height(s.X)
	}
	return s
}

func (m *mapPanel) draw(c draw.Canvas, free vg.Length) {
	side, beside, l := m.mapLayout(free)
	at := vg.Point{X: snap(c.Min.X + axisRoom), Y: snap(c.Max.Y - overhang - side)}
	square := vg.Rectangle{Min: at, Max: at.Add(vg.Point{X: side, Y: side})}

	marks := ticks(int(min(8, side/36)), m.limit >= 4)
	p := axes("", "", marks, marks)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = -m.limit, m.limit, -m.limit, m.limit
	p.Add(grid{}, m)
	p.Draw(fit(p, c, square))
	nameAxes(c, square)

	if beside {
		l.draw(c, vg.Point{X: square.Max.X + overhang + 12, Y: square.Max.Y}, l.column())
	} else {
		l.draw(c, vg.Point{X: c.Min.X, Y: at.Y - axisBelow - 10}, c.Max.X-c.Min.X)
	}
}

// Plot draws the points in the order of the data, so that no class covers the others, then the class means.
func (m *mapPanel) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	at := func(z [2]float64) vg.Point { return vg.Point{X: x(z[0]), Y: y(z[1])} }
	radius := vg.Length(2.1)
	if len(m.codes) > 1500 {
		radius = 1.7
	}
	drawn := m.drawn()
	for k := range drawn {
		i := k * len(m.codes) / drawn // evenly from the whole set
		class := 0
		if len(m.labels) > 0 {
			class = int(m.labels[i])
		}
		if m.inside(m.codes[i]) {
			mark(c, class, at(m.codes[i]), radius, 0.85)
		}
	}
	m.drawClouds(c, p)
	drawPrior(c, p)
	for class, center := range m.centers {
		if center.n > 0 && m.inside(center.z) {
			outlined(c, class, at(center.z), 5)
		}
	}
}

// drawPrior draws the circles that hold 39, 86 and 99 % of N(0, I) in the plane, and names the outer one. They are
// thin enough to lie on the points.
func drawPrior(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	center := vg.Point{X: x(0), Y: y(0)}
	for sigma := 1.0; sigma <= 3 && sigma <= p.X.Max; sigma++ {
		r := x(sigma) - x(0)
		var circle vg.Path
		circle.Move(vg.Point{X: center.X + r, Y: center.Y})
		circle.Arc(center, r, 0, 2*math.Pi)
		c.SetLineStyle(draw.LineStyle{Color: fade(ink, 0.6), Width: 0.8, Dashes: []vg.Length{3, 3}})
		c.Stroke(circle)
		if diagonal := r * math.Sqrt2 / 2; sigma == 3 && r > 100 {
			write(c, small, center.Add(vg.Point{X: diagonal + 4, Y: diagonal + 2}), "3σ")
		}
	}
}
