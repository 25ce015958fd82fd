package figure

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"vaelab/vaelib/words"
)

// Plot draws functions and lists of numbers over one pair of axes. What is drawn, in this order, and how the axes
// look are all options:
//
//	figure.Plot(
//		figure.Line("q", q.Prob, -4, 4),
//		figure.Line("p", p.Prob, -4, 4),
//		figure.Upright(1, "μ"),
//		figure.X("x"), figure.Y("density"))
//
// Lines take the course's colours one after the other and are named in a header above the axes.
func Plot(opts ...Option) Figure {
	o := collect("Plot", opts, layers, "X", "Y", "LogX", "LogY", "XRange", "YRange")
	p := &plotPanel{x: o.x, y: o.y, layers: o.layers}
	if err := p.validate(); err != nil {
		return failed(o, in("Plot", err))
	}
	p.scale()
	texts := []string{o.x.name, o.y.name}
	for _, l := range o.layers {
		texts = append(texts, l.name)
	}
	return finish(o, p, "", p.alt(), texts...)
}

// axis is how one axis looks.
type axis struct {
	name      string
	log       bool
	fixed     bool
	low, high float64
}

// X names the horizontal axis.
func X(name string) Option { return set("X", func(o *options) { o.x.name = name }) }

// Y names the vertical axis.
func Y(name string) Option { return set("Y", func(o *options) { o.y.name = name }) }

// LogX makes the horizontal axis logarithmic: equal steps are equal factors.
func LogX() Option { return set("LogX", func(o *options) { o.x.log = true }) }

// LogY makes the vertical axis logarithmic.
func LogY() Option { return set("LogY", func(o *options) { o.y.log = true }) }

// XRange fixes the ends of the horizontal axis; bars that are longer than it lengthen it.
func XRange(low, high float64) Option {
	return set("XRange", func(o *options) { o.x.fixed, o.x.low, o.x.high = true, low, high })
}

// YRange fixes the ends of the vertical axis; what lies outside is cut off.
func YRange(low, high float64) Option {
	return set("YRange", func(o *options) { o.y.fixed, o.y.low, o.y.high = true, low, high })
}

// valid reports fixed ends that no axis can have.
func (a axis) valid(name string) error {
	switch {
	case a.fixed && (!(a.low < a.high) || math.IsInf(a.high-a.low, 0)):
		return words.Errorf("%s is to run from %v to %v: the first must be less than the second, and both finite", name, a.low, a.high)
	case a.fixed && a.log && a.low <= 0:
		return words.Errorf("%s is to begin at %v: a logarithmic axis has only numbers above 0", name, a.low)
	}
	return nil
}

// layer is one thing drawn on a Plot.
type layer struct {
	kind         layerKind
	name         string
	f            func(x float64) float64
	from, to     float64
	xs, ys, high []float64 // points; of a band, its lower and its upper edge
}

type layerKind int

const (
	lineLayer layerKind = iota
	areaLayer
	bandLayer
	dotsLayer
	uprightLayer
	levelLayer
)

// Line draws a function between two ends.
func Line(name string, f func(x float64) float64, from, to float64) Option {
	return add(layer{kind: lineLayer, name: name, f: f, from: from, to: to})
}

// Path draws straight lines from point to point.
func Path(name string, xs, ys []float64) Option {
	return add(layer{kind: lineLayer, name: name, xs: xs, ys: ys})
}

// Dots marks points; all have one name.
func Dots(name string, xs, ys []float64) Option {
	return add(layer{kind: dotsLayer, name: name, xs: xs, ys: ys})
}

// Area fills between a function and 0, what is above in one colour and what is below in another.
func Area(name string, f func(x float64) float64, from, to float64) Option {
	return add(layer{kind: areaLayer, name: name, f: f, from: from, to: to})
}

// Band fills between two lists of values, as around an estimate.
func Band(name string, xs, low, high []float64) Option {
	return add(layer{kind: bandLayer, name: name, xs: xs, ys: low, high: high})
}

// Upright draws a dashed line at x from bottom to top, with a label.
func Upright(x float64, label string) Option {
	return add(layer{kind: uprightLayer, name: label, xs: []float64{x}, ys: []float64{0}})
}

// Level draws a dashed line at y from left to right, with a label.
func Level(y float64, label string) Option {
	return add(layer{kind: levelLayer, name: label, xs: []float64{0}, ys: []float64{y}})
}

func add(l layer) Option {
	return set(layers, func(o *options) { o.layers = append(o.layers, l) })
}

// layers is what Line, Path, Dots, Area, Band, Upright and Level are together, as options.
const layers = "Line and its like"

// samples is how many points stand for a function.
const samples = 400

// points are the layer's points; a function's are spread evenly over the axis as it is drawn.
func (l layer) points(log bool) (xs, ys []float64) {
	if l.f == nil {
		return l.xs, l.ys
	}
	for i := range samples + 1 {
		t := float64(i) / samples
		x := l.from + t*(l.to-l.from)
		if log {
			x = l.from * math.Pow(l.to/l.from, t)
		}
		xs, ys = append(xs, x), append(ys, l.f(x))
	}
	return xs, ys
}

func (p *plotPanel) validate() error {
	if len(p.layers) == 0 {
		return words.Errorf("there is nothing to draw: add a figure.Line, figure.Path, figure.Area, figure.Band or figure.Dots")
	}
	for _, l := range p.layers {
		if err := l.validate(p.x.log); err != nil {
			return err
		}
	}
	return errors.Join(p.x.valid(words.Say("the horizontal axis")), p.y.valid(words.Say("the vertical axis")))
}

// validate looks at what the horizontal axis needs; values that are no numbers are left out of the drawing.
func (l layer) validate(log bool) error {
	if l.f != nil {
		switch {
		case !(l.from < l.to) || math.IsInf(l.to-l.from, 0):
			return words.Errorf("%s is to be drawn from %v to %v: the first must be less than the second, and both finite", l.title(), l.from, l.to)
		case log && l.from <= 0:
			return words.Errorf("%s begins at %v: a logarithmic axis has only numbers above 0", l.title(), l.from)
		}
		return nil
	}
	switch {
	case l.kind == bandLayer && (len(l.ys) != len(l.xs) || len(l.high) != len(l.xs)):
		return words.Errorf("%s has lists of %d, %d and %d numbers: they must be equally long", l.title(), len(l.xs), len(l.ys), len(l.high))
	case len(l.xs) == 0 || len(l.xs) != len(l.ys):
		return words.Errorf("%s has lists of %d and %d numbers: they must be equally long, and not empty", l.title(), len(l.xs), len(l.ys))
	case l.kind == levelLayer:
		return nil // it has no place on the horizontal axis
	}
	for _, x := range l.xs {
		switch {
		case math.IsNaN(x) || math.IsInf(x, 0):
			return words.Errorf("%s has a point at x = %v: the horizontal axis has only finite numbers", l.title(), x)
		case log && x <= 0:
			return words.Errorf("%s has a point at x = %v: a logarithmic axis has only numbers above 0", l.title(), x)
		}
	}
	return nil
}

func (l layer) title() string {
	if l.name == "" {
		return words.Say("a layer without a name")
	}
	return fmt.Sprintf("%q", l.name)
}

// alt names what is drawn and over which range.
func (p *plotPanel) alt() string {
	var names []string
	for _, l := range p.layers {
		switch {
		case l.kind == areaLayer:
			names = append(names, words.Say("the area under %s", l.name))
		case l.kind == lineLayer && len(l.xs) > 1:
			last := len(l.xs) - 1
			names = append(names, words.Say("%s, from %s at %s to %s at %s", l.name, spoken(l.ys[0]), spoken(l.xs[0]), spoken(l.ys[last]), spoken(l.xs[last])))
		case l.name != "":
			names = append(names, l.name)
		}
	}
	all := strings.Join(names, words.Say("; "))
	if p.x.name == "" {
		return words.Say("Plot of %s, from %s to %s; the vertical axis runs from %s to %s.",
			all, spoken(p.x.low), spoken(p.x.high), spoken(p.y.low), spoken(p.y.high))
	}
	return words.Say("Plot of %s over %s, from %s to %s; the vertical axis runs from %s to %s.",
		all, p.x.name, spoken(p.x.low), spoken(p.x.high), spoken(p.y.low), spoken(p.y.high))
}

// spoken is a number for those who hear it: with three digits, and with thousands where others have an exponent.
func spoken(x float64) string {
	if whole := math.Round(x); math.Abs(whole) >= 1000 && math.Abs(whole) < 1e7 {
		sign := ""
		if x < 0 {
			sign = "−"
		}
		return sign + words.Thousands(int(math.Abs(whole)))
	}
	return words.Significant(x, 3)
}
