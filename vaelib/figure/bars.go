package figure

import (
	"image/color"
	"math"
	"strings"

	"vaelab/vaelib/words"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Bar is one line of [Bars]: a label and the lengths of its parts, which are laid end to end. The zero Bar has no parts: a
// figure of it is an error.
type Bar struct {
	Label string
	Parts []float64
}

// Bars draws lying bars, one below the other, each with its total at its end. Labels names the parts in a header;
// LogX makes the axis logarithmic, for bars of one part, which then start at 1.
func Bars(bars []Bar, opts ...Option) Figure {
	o := collect("Bars", opts, "Labels", "X", "LogX", "XRange")
	fail := func(err error) Figure { return failed(o, in("Bars", err)) }
	if len(bars) == 0 {
		return fail(words.Errorf("there are no bars to draw"))
	}
	if err := o.x.valid(words.Say("the horizontal axis")); err != nil {
		return fail(err)
	}
	texts := append([]string{o.x.name}, o.labels...)
	for _, b := range bars {
		texts = append(texts, b.Label)
		if len(b.Parts) == 0 || len(o.labels) > 0 && len(b.Parts) != len(o.labels) {
			return fail(words.Errorf("the bar %q has %s, but %d are named", b.Label, words.Count(len(b.Parts), "part", "parts"), len(o.labels)))
		}
		if o.x.log && len(b.Parts) != 1 {
			return fail(words.Errorf("the bar %q has %s: on a logarithmic axis it can have only one", b.Label, words.Count(len(b.Parts), "part", "parts")))
		}
		for _, v := range b.Parts {
			if !(v >= 0) || math.IsInf(v, 0) || o.x.log && v == 0 {
				return fail(words.Errorf("the bar %q has a part of %v: lengths are finite and not below 0 (above 0 on a logarithmic axis)", b.Label, v))
			}
		}
	}
	p := &barsPanel{bars: bars, parts: o.labels, x: o.x}
	return finish(o, p, "", p.alt(), texts...)
}

type barsPanel struct {
	bars  []Bar
	parts []string
	x     axis
}

func (b Bar) total() (sum float64) {
	for _, v := range b.Parts {
		sum += v
	}
	return sum
}

func (p *barsPanel) alt() string {
	var bars []string
	for _, b := range p.bars {
		text := b.Label + " " + words.Significant(b.total(), 3)
		for k, name := range p.parts {
			if len(p.parts) > 1 {
				text = words.Say("%s (%s %s)", text, name, words.Significant(b.Parts[k], 3))
			}
		}
		bars = append(bars, text)
	}
	all := strings.Join(bars, words.Say("; "))
	if p.x.name == "" {
		return words.Say("Bars: %s.", all)
	}
	return words.Say("Bars, %s: %s.", p.x.name, all)
}

const (
	barPitch = vg.Length(28)
	barThick = vg.Length(18)
	barWidth = vg.Length(780)
	barMark  = vg.Length(3) // what stands for 1 on a logarithmic axis, where it has no length
)

// part is a name of the header with its colour.
type part struct {
	name  string
	color color.NRGBA
}

// header arranges the parts' names in lines that fit the width.
func (p *barsPanel) header(width vg.Length) (lines [][]part) {
	x := width
	for k, name := range p.parts {
		name = cut(name, width-20)
		w := 20 + body.Width(name)
		if x+w > width {
			lines, x = append(lines, nil), 0
		}
		x += w + 20
		lines[len(lines)-1] = append(lines[len(lines)-1], part{name, partColor(k)})
	}
	return lines
}

func (p *barsPanel) head(width vg.Length) vg.Length {
	if len(p.parts) == 0 {
		return 0
	}
	return 6 + nameLine*vg.Length(len(p.header(width)))
}

func (p *barsPanel) size(free vg.Length) vg.Point {
	w := min(free, barWidth)
	return vg.Point{X: w, Y: p.head(w) + barPitch*vg.Length(len(p.bars)) + 36}
}

// partColors are none of those that mean something elsewhere in the course.
var partColors = []color.NRGBA{rgb(0xCC79A7), rgb(0x56B4E9), rgb(0xE0CC1A), rgb(0x8C8C8C)}

func partColor(k int) color.NRGBA { return partColors[k%len(partColors)] }

func (p *barsPanel) draw(c draw.Canvas, free vg.Length) {
	width := min(free, barWidth)
	for i, line := range p.header(width) {
		at := vg.Point{X: c.Min.X, Y: c.Max.Y - nameLine*vg.Length(i)}
		for _, one := range line {
			c.SetColor(one.color)
			c.Fill(vg.Rectangle{Min: at.Add(vg.Point{Y: -14}), Max: at.Add(vg.Point{X: 14})}.Path())
			write(c, body, at.Add(vg.Point{X: 20, Y: -12}), one.name)
			at.X += 40 + body.Width(one.name)
		}
	}
	c.Max.Y -= p.head(width)

	names := make([]string, len(p.bars))
	var label, value vg.Length
	low, high := 1.0, 1.0
	if !p.x.log {
		low, high = 0, 0
	}
	for i, b := range p.bars {
		names[i] = cut(b.Label, 0.45*(c.Max.X-c.Min.X)) // the bars are the point
		label, value = max(label, body.Width(names[i])), max(value, small.Width(words.Significant(b.total(), 3)))
		low, high = min(low, b.total()), max(high, b.total())
	}
	if p.x.fixed {
		low, high = min(low, p.x.low), max(high, p.x.high)
	}
	if high == low {
		high = low + 1
	}
	left, right := c.Min.X+label+12, c.Max.X-value-12
	at := func(v float64) vg.Length {
		t := (v - low) / (high - low)
		if p.x.log {
			t = math.Log(v/low) / math.Log(high/low)
		}
		return left + vg.Length(t)*(right-left)
	}
	bottom := c.Max.Y - barPitch*vg.Length(len(p.bars))
	a := p.x
	for _, t := range a.ticker(6).Ticks(low, high) {
		c.StrokeLine2(draw.LineStyle{Color: light, Width: 1}, at(t.Value), bottom, at(t.Value), c.Max.Y)
		write(c, small, vg.Point{X: at(t.Value) - small.Width(t.Label)/2, Y: bottom - 15}, t.Label)
	}
	write(c, body, vg.Point{X: (left + right - body.Width(p.x.name)) / 2, Y: bottom - 33}, p.x.name)
	zero := at(max(low, 0))
	if p.x.log {
		zero = at(1)
	}
	c.StrokeLine2(draw.LineStyle{Color: frame, Width: 1}, zero, bottom, zero, c.Max.Y)
	for i, b := range p.bars {
		y := c.Max.Y - barPitch*vg.Length(i) - barPitch/2
		write(c, body, vg.Point{X: left - 10 - body.Width(names[i]), Y: y - 4.5}, names[i])
		from, sum := zero, 0.0
		for k, v := range b.Parts {
			sum += v
			to := at(sum)
			left, right := min(from, to), max(from, to)
			if thin := barMark - (right - left); p.x.log && thin > 0 {
				left, right = left-thin/2, right+thin/2
			}
			c.SetColor(partColor(k))
			c.Fill(vg.Rectangle{Min: vg.Point{X: left, Y: y - barThick/2}, Max: vg.Point{X: right, Y: y + barThick/2}}.Path())
			from = to
		}
		write(c, small, vg.Point{X: max(from, zero) + 6, Y: y - 4}, words.Significant(b.total(), 3))
	}
}
