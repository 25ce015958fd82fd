package figure

import (
	"image/color"
	"math"
	"slices"

	"vaelab/vaelib/words"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

const (
	tradeoffLeft, tradeoffRight = vg.Length(58), vg.Length(16)
	tradeoffBelow, tradeoffTop  = vg.Length(38), vg.Length(8)
	tradeoffLow, tradeoffHigh   = vg.Length(240), vg.Length(420) // of the data area
	tradeoffName                = vg.Length(125)                 // a corner below the best line that holds its name
	tradeoffLegend              = vg.Length(6)                   // between the axis and the legend
)

// place is where the data area lies and what it shows: both axes with one scale, one of them longer than asked for
// where the area would be too flat or too high, and some room below the best line for its name.
func (p *tradeoffPanel) place(free vg.Length) (size vg.Point, rate, distortion span) {
	rate, distortion = p.rate, p.distortion
	width := min(free, plotWidth) - tradeoffLeft - tradeoffRight
	a, b := rate.high-rate.low, distortion.high-distortion.low
	height := width * vg.Length(b/a)
	switch {
	case height < tradeoffLow:
		height = tradeoffLow
		distortion = distortion.grown(float64(height/width)*a - b)
	case height > tradeoffHigh:
		height = tradeoffHigh
		rate.high += float64(width/height)*b - a // a rate has nothing below 0
	}
	nat := width / vg.Length(rate.high-rate.low)
	corner := vg.Length(p.best.sum()-rate.low-distortion.low) * nat
	if more := tradeoffName - corner; more > 0 && !p.fixedDistortion {
		distortion.low -= float64(more / nat)
		height += more
	}
	return vg.Point{X: width, Y: height}, rate, distortion
}

func (s span) grown(by float64) span { return span{s.low - by/2, s.high + by/2} }

func (p *tradeoffPanel) size(free vg.Length) vg.Point {
	s, _, _ := p.place(free)
	if p.several() {
		s.Y += tradeoffLegend + p.legend().height(s.X)
	}
	return s.Add(vg.Point{X: tradeoffLeft + tradeoffRight, Y: tradeoffBelow + tradeoffTop})
}

func (p *tradeoffPanel) draw(c draw.Canvas, free vg.Length) {
	size, rate, distortion := p.place(free)
	step := roundStep(max((rate.high-rate.low)/8, (distortion.high-distortion.low)/8))
	a := axes(words.Say("rate: KL term, nats an image"), words.Say("distortion: reconstruction, nats an image"), every(step), every(step))
	a.X.Label.TextStyle.Color, a.Y.Label.TextStyle.Color = ColorKL, ColorReconstruction
	a.X.Min, a.X.Max, a.Y.Min, a.Y.Max = rate.low, rate.high, distortion.low, distortion.high
	a.Add(grid{}, tradeoffs{p, step})
	low := vg.Point{X: snap(c.Min.X + tradeoffLeft), Y: snap(c.Max.Y - tradeoffTop - size.Y)}
	a.Draw(fit(a, c, vg.Rectangle{Min: low, Max: low.Add(size)}))
	p.legend().draw(c, vg.Point{X: low.X, Y: low.Y - tradeoffBelow - tradeoffLegend}, size.X)
}

// tradeoffs draws the models over lines of one ELBO.
type tradeoffs struct {
	*tradeoffPanel
	step float64
}

func (t tradeoffs) Plot(c draw.Canvas, a *plot.Plot) {
	x, y := a.Transforms(&c)
	at := func(m spot) vg.Point { return vg.Point{X: x(m.rate.mean), Y: y(m.distortion.mean)} }
	paths := make([][]vg.Point, len(t.series))
	var seen []spot
	for _, m := range t.models {
		paths[m.series] = append(paths[m.series], at(m))
		if c.Contains(at(m)) {
			seen = append(seen, m)
		}
	}
	names := t.names(c, seen, at)
	if n, ok := t.beyond(c, at, names); ok {
		names = append(names, n)
	}
	dots := make([][]vg.Point, len(paths))
	for i, path := range paths {
		dots[i] = dense(path)
	}
	best := t.best.sum()
	for sum := t.step * math.Ceil(best/t.step+0.35); sum < a.X.Max+a.Y.Max; sum += t.step {
		if l, ok := newLevel(c, a, sum); ok {
			l.draw(c, number(-sum, decimals(t.step)), slices.Concat(dots...), names)
		}
	}
	if l, ok := newLevel(c, a, best); ok {
		l.drawBest(c, words.Say("best ELBO %s", number(-best, max(1, decimals(t.step)))), at(t.best))
	}
	for _, n := range names {
		c.SetColor(fade(rgb(0xFFFFFF), 0.8))
		c.Fill(n.Path())
	}
	for i, path := range paths {
		c.StrokeLines(draw.LineStyle{Color: fade(t.color(i), 0.6), Width: 1.6}, c.ClipLinesXY(path)...)
	}
	for _, m := range seen {
		p, bar := at(m), draw.LineStyle{Color: t.color(m.series), Width: 1.6}
		c.StrokeLines(bar, c.ClipLinesXY([]vg.Point{{X: x(m.rate.low), Y: p.Y}, {X: x(m.rate.high), Y: p.Y}},
			[]vg.Point{{X: p.X, Y: y(m.distortion.low)}, {X: p.X, Y: y(m.distortion.high)}})...)
		if t.several() {
			outlined(c, m.series, p, 3.4)
			continue
		}
		dot(c, p, 4.6, rgb(0xFFFFFF))
		dot(c, p, 3.8, ColorVAE)
	}
	if c.Contains(at(t.best)) {
		c.DrawGlyphNoClip(draw.GlyphStyle{Color: ink, Radius: 6.5, Shape: draw.RingGlyph{}}, at(t.best))
	}
	for _, n := range names {
		write(c, body, n.Min.Add(vg.Point{Y: 3}), n.text)
	}
}

// color is that of a series, or of the one that there is.
func (p *tradeoffPanel) color(series int) color.NRGBA {
	if p.several() {
		return ClassColor(series)
	}
	return ColorVAE
}

// textBox is a piece of text with its place.
type textBox struct {
	vg.Rectangle
	text string
}

func boxAt(text string, at vg.Point) textBox {
	return textBox{vg.Rectangle{Min: at, Max: at.Add(vg.Point{X: body.Width(text), Y: 14})}, text}
}

// names puts each model’s name beside its dot where nothing stands yet: on the upper right, where a curve that falls
// leaves room, or else below it on the left.
func (t tradeoffs) names(c draw.Canvas, models []spot, at func(spot) vg.Point) (boxes []textBox) {
	said := map[string]bool{}
	for _, m := range models {
		if t.several() && said[m.label] {
			continue
		}
		said[m.label] = true
		w := body.Width(m.label)
		places := []vg.Point{{X: 7, Y: 2}, {X: -w - 8, Y: -16}, {X: -w / 2, Y: 8}, {X: -w / 2, Y: -22}}
		best, least := textBox{}, math.Inf(1)
		for _, p := range places {
			b := boxAt(m.label, at(m).Add(p))
			hits := 0.0
			for _, other := range boxes {
				hits += overlap(b.Rectangle, other.Rectangle)
			}
			for _, other := range models {
				hits += overlap(b.Rectangle, around(at(other), 5))
			}
			if !c.Contains(b.Min) || !c.Contains(b.Max) {
				hits += 1000
			}
			if hits < least {
				best, least = b, hits
			}
		}
		boxes = append(boxes, best)
	}
	return boxes
}

// beyond names the first model to the right of the picture, above the line that leads there or else below it.
func (t tradeoffs) beyond(c draw.Canvas, at func(spot) vg.Point, names []textBox) (textBox, bool) {
	for i, m := range t.models {
		if i == 0 || at(m).X <= c.Max.X {
			continue
		}
		from, to := at(t.models[i-1]), at(m)
		y := from.Y + (to.Y-from.Y)*(c.Max.X-from.X)/(to.X-from.X)
		text := words.Say("%s at rate %s →", t.name(m), number(m.rate.mean, 0))
		for _, above := range []vg.Length{5, -19} {
			b := boxAt(text, vg.Point{X: c.Max.X - body.Width(text) - 4, Y: y + above})
			free := !slices.ContainsFunc(names, func(n textBox) bool { return overlap(n.Rectangle, b.Rectangle) > 0 })
			if free && c.Contains(b.Min) && c.Contains(b.Max) {
				return b, true
			}
		}
		break
	}
	return textBox{}, false
}

func around(p vg.Point, r vg.Length) vg.Rectangle {
	return vg.Rectangle{Min: p.Add(vg.Point{X: -r, Y: -r}), Max: p.Add(vg.Point{X: r, Y: r})}
}

// overlap is the area that two rectangles share.
func overlap(a, b vg.Rectangle) float64 {
	w := min(a.Max.X, b.Max.X) - max(a.Min.X, b.Min.X)
	h := min(a.Max.Y, b.Max.Y) - max(a.Min.Y, b.Min.Y)
	return float64(max(w, 0) * max(h, 0))
}
