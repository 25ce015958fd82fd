package figure

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Curves draws how the two terms of the loss went from epoch to epoch, each with an axis of its own because their
// sizes differ, in nats an image: solid on the test images, after each epoch; dashed on the training images, a mean
// over the epoch while the weights move, and so drawn at the epoch's middle. Epochs and Now serve
// while training is under way; an empty history draws empty axes then. An autoencoder, whose KL term is always
// exactly 0, gets one panel.
func Curves(history []run.Epoch, opts ...Option) Figure {
	o := collect("Curves", opts, "Epochs", "Now")
	if len(history) == 0 && o.now == nil && o.epochs == 0 {
		return failed(o, in("Curves", words.Errorf("the history has no epochs to draw: train for at least one")))
	}
	for i, e := range history {
		if e.Epoch < 1 || (i > 0 && e.Epoch <= history[i-1].Epoch) {
			return failed(o, in("Curves", words.Errorf("epoch %d at place %d of the history: epochs count up from 1", e.Epoch, i)))
		}
	}
	terms := []term{
		{words.Mark("Reconstruction term"), ColorReconstruction, func(t run.Terms) float64 { return t.Reconstruction }},
		{words.Mark("KL term"), ColorKL, func(t run.Terms) float64 { return t.KL }},
	}
	if noKL(history, o.now) {
		terms = terms[:1]
	}
	p := &curvesPanel{epochs: o.epochs}
	for _, t := range terms {
		p.curves = append(p.curves, newCurve(t, history, o))
	}
	for _, e := range history {
		p.epochs = max(p.epochs, e.Epoch)
	}
	p.epochs = max(1, max(p.epochs, int(math.Ceil(o.nowEpoch))))
	caption, alt := p.words()
	return finish(o, p, caption, alt)
}

func noKL(history []run.Epoch, now *run.Terms) bool {
	for _, e := range history {
		if e.Train.KL != 0 || e.Test.KL != 0 {
			return false
		}
	}
	return len(history) > 0 && (now == nil || now.KL == 0)
}

// term is one part of the loss.
type term struct {
	name  string // in English: a number's place is named by it
	color color.NRGBA
	of    func(run.Terms) float64
}

// curve is one panel's data: points (epoch, nats), those that are numbers.
type curve struct {
	term
	train, test [][2]float64
	span
}

// mostNats is beyond float32, and so beyond what a training counts; an axis that far has no room in float64.
const mostNats = 1e100

func newCurve(t term, history []run.Epoch, o options) *curve {
	c := &curve{term: t, span: span{math.Inf(1), math.Inf(-1)}}
	add := func(to *[][2]float64, epoch, nats float64) {
		if !(math.Abs(nats) < mostNats) || !(math.Abs(epoch) < mostNats) {
			return
		}
		*to = append(*to, [2]float64{epoch, nats})
		c.span = c.and(span{nats, nats})
	}
	for _, e := range history {
		add(&c.train, float64(e.Epoch)-0.5, t.of(e.Train))
		add(&c.test, float64(e.Epoch), t.of(e.Test))
	}
	if o.now != nil {
		add(&c.train, (math.Floor(o.nowEpoch)+o.nowEpoch)/2, t.of(*o.now))
	}
	switch {
	case c.low > c.high:
		c.low, c.high = 0, 1
	default: // don't blow up what hardly changes
		least := max(0.5, 0.02*math.Abs(c.high))
		more := max(0, least-(c.high-c.low)) / 2
		c.low, c.high = c.low-more, c.high+more
	}
	return c
}

func (c *curve) alt() string {
	if len(c.test) == 0 {
		return words.Say("%s: no test values yet.", words.Text(c.name))
	}
	first, last := c.test[0], c.test[len(c.test)-1]
	if len(c.test) == 1 {
		return words.Say("%s: %s on test images after epoch %.0f.", words.Text(c.name), number(last[1], 1), last[0])
	}
	return words.Say("%s: from %s after epoch %.0f to %s after epoch %.0f on test images.",
		words.Text(c.name), number(first[1], 1), first[0], number(last[1], 1), last[0])
}

// curvesPanel holds one curve beside the other, or one above the other where there is little room.
type curvesPanel struct {
	curves []*curve
	epochs int
}

func (p *curvesPanel) words() (caption, alt string) {
	alt = words.Say("Loss curves, in nats an image.")
	for _, c := range p.curves {
		alt = words.Sentences(alt, c.alt())
	}
	caption = words.Say("The two terms of the loss, summed over an image’s pixels and its code’s dimensions, averaged over images. " +
		"Solid: test images after each epoch; dashed: training images, a mean over the epoch.")
	if len(p.curves) == 1 {
		caption = words.Say("The reconstruction term, summed over an image’s pixels, averaged over images; an autoencoder has no other. " +
			"Solid: test images after each epoch; dashed: training images, a mean over the epoch.")
	}
	return caption, alt
}

// spans are those of the epochs and of each term.
func (p *curvesPanel) spans() map[string]span {
	s := map[string]span{"epoch": {0, float64(p.epochs)}}
	for _, c := range p.curves {
		s[c.name] = c.span
	}
	return s
}

func (p *curvesPanel) within(s map[string]span) scaled {
	other := &curvesPanel{epochs: int(s["epoch"].high)}
	for _, c := range p.curves {
		c := *c
		c.span = s[c.name]
		other.curves = append(other.curves, &c)
	}
	return other
}

const (
	curveHeight = vg.Length(236)
	curveHeader = vg.Length(42)
	curveGap    = vg.Length(28)
)

func (p *curvesPanel) columns(free vg.Length) int {
	if free < 600 {
		return 1
	}
	return len(p.curves)
}

func (p *curvesPanel) size(free vg.Length) vg.Point {
	columns := p.columns(free)
	lines := vg.Length((len(p.curves) + columns - 1) / columns)
	width := min(free, 390*vg.Length(columns))
	return vg.Point{X: width, Y: lines*(curveHeight+curveGap) - curveGap}
}

func (p *curvesPanel) draw(c draw.Canvas, free vg.Length) {
	columns := p.columns(free)
	tiles := draw.Tiles{Cols: columns, Rows: (len(p.curves) + columns - 1) / columns, PadX: curveGap, PadY: curveGap}
	for i, curve := range p.curves {
		curve.draw(tiles.At(c, i%columns, i/columns), p.epochs)
	}
}

// draw writes a header that names the term and its last values, then the axes with both lines.
func (c *curve) draw(at draw.Canvas, epochs int) {
	name := heading
	name.Color = c.color
	write(at, name, vg.Point{X: at.Min.X, Y: at.Max.Y - 12}, words.Text(c.name))
	x := at.Min.X
	for _, line := range c.lines() {
		y := at.Max.Y - 32
		at.StrokeLine2(line.style, x, y+4.5, x+24, y+4.5)
		x += 30
		write(at, body, vg.Point{X: x, Y: y}, line.name)
		x += body.Width(line.name) + 18
	}
	at.Max.Y -= curveHeader

	p := axes(words.Say("epoch"), words.Say("nats an image"), ticks(8, true), ticks(5, false))
	p.X.Min, p.X.Max = 0, 1.02*float64(epochs) // room for the last dot
	room := 0.06 * (c.high - c.low)
	p.Y.Min, p.Y.Max = c.low-room, c.high+room
	p.Add(grid{}, c)
	const left, below, right = 56, 36, 8
	p.Draw(fit(p, at, vg.Rectangle{
		Min: vg.Point{X: snap(at.Min.X + left), Y: snap(at.Min.Y + below)},
		Max: vg.Point{X: at.Max.X - right, Y: at.Max.Y - 6},
	}))
}

// line is one of a panel's two lines.
type line struct {
	name   string // with the last value
	style  draw.LineStyle
	points [][2]float64
}

func (c *curve) lines() []line {
	test, train := words.Say("test"), words.Say("train")
	if n := len(c.test); n > 0 {
		test = words.Say("test %s", number(c.test[n-1][1], 1))
	}
	if n := len(c.train); n > 0 {
		train = words.Say("train %s", number(c.train[n-1][1], 1))
	}
	return []line{
		{test, draw.LineStyle{Color: c.color, Width: 2}, c.test},
		{train, draw.LineStyle{Color: c.color, Width: 1.5, Dashes: []vg.Length{5, 3}}, c.train},
	}
}

// Plot draws the training line, then the test line over it. While the epochs are few, each has its mark: a ring for
// training, a dot for test.
func (c *curve) Plot(canvas draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&canvas)
	lines := c.lines()
	for _, l := range []line{lines[1], lines[0]} {
		path := make([]vg.Point, len(l.points))
		for i, pt := range l.points {
			path[i] = vg.Point{X: x(pt[0]), Y: y(pt[1])}
		}
		canvas.StrokeLines(l.style, path)
		if len(path) > 20 {
			continue
		}
		for _, pt := range path {
			dot(canvas, pt, 3.2, c.color)
			if l.style.Dashes != nil {
				dot(canvas, pt, 2, rgb(0xFFFFFF))
			}
		}
	}
}

func dot(c draw.Canvas, at vg.Point, radius vg.Length, color color.Color) {
	c.DrawGlyphNoClip(draw.GlyphStyle{Color: color, Radius: radius, Shape: draw.CircleGlyph{}}, at)
}
