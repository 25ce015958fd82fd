package figure

import (
	"image"
	"image/draw"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
)

// Plots that stand beside each other share the axes that measure the same, by name and kind, and are not fixed.
func TestBesideGivesPlotsTheSameAxes(t *testing.T) {
	plot := func(low, high float64, opts ...Option) Figure {
		return Plot(append(opts, Path("a", []float64{low, high}, []float64{10 * low, 10 * high}))...)
	}
	beside := func(figs ...Figure) (a, b *plotPanel) {
		p := Beside(figs...).panel.(besidePanel)
		return p[0].panel.(*plotPanel), p[1].panel.(*plotPanel)
	}
	a, b := beside(plot(1, 2, X("x"), Y("nats")), plot(3, 5, X("x"), Y("nats")))
	if a.x != b.x || a.y != b.y || a.x.low != 1 || a.x.high != 5 || a.y.low > 10 || a.y.high < 50 {
		t.Errorf("the axes are %v, %v and %v, %v", a.x, a.y, b.x, b.y)
	}
	a, b = beside(plot(1, 2, X("x"), Y("nats")), plot(3, 5, X("x"), Y("density")))
	if a.x != b.x || a.y.high > 25 || b.y.low < 25 {
		t.Errorf("with other names upright the axes are %v, %v and %v, %v", a.x, a.y, b.x, b.y)
	}
	a, b = beside(plot(1, 2, X("x"), LogX()), plot(3, 5, X("x")))
	if a.x.high > 2 || b.x.low < 3 {
		t.Errorf("with one axis logarithmic they are %v and %v", a.x, b.x)
	}
	a, b = beside(plot(1, 2, XRange(0, 9)), plot(3, 5))
	if a.x.low != 0 || a.x.high != 9 || b.x.low != 3 || b.x.high != 5 {
		t.Errorf("with one axis fixed they are %v and %v", a.x, b.x)
	}
	f := Beside(plot(1, 2, X("x")), plot(3, 5, X("x")))
	if n := strings.Count(f.Alt, "over x, from 1 to 5"); n != 2 {
		t.Errorf("the alt text is %q", f.Alt)
	}
}

// The parts' names go on in a new line where the figure is narrow: none is lost, and the bars keep their place.
func TestBarsWrapTheirHeader(t *testing.T) {
	names := []string{"one rather long part", "another rather long part", "a third rather long part", "and a fourth"}
	p := Bars([]Bar{{"a", []float64{1, 2, 3, 4}}}, Labels(names)).panel.(*barsPanel)
	for _, c := range []struct {
		width vg.Length
		lines int
	}{{780, 1}, {390, 2}, {200, 4}} {
		lines := p.header(c.width)
		if len(lines) != c.lines {
			t.Errorf("%v wide it takes %d lines, want %d", c.width, len(lines), c.lines)
		}
		var got []string
		for _, line := range lines {
			var w vg.Length
			for _, one := range line {
				got = append(got, one.name)
				w += 40 + body.Width(one.name)
			}
			if w-20 > c.width {
				t.Errorf("a line is %v wide, of %v", w-20, c.width)
			}
		}
		if strings.Join(got, "|") != strings.Join(names, "|") {
			t.Errorf("the names are %q", got)
		}
		if rise := p.size(c.width).Y - p.size(780).Y; rise != nameLine*vg.Length(c.lines-1) {
			t.Errorf("%v wide it is %v higher", c.width, rise)
		}
	}
}

// On a logarithmic axis 1 has no length. A mark as high as a bar shows that there is a number all the same, the same one
// for what rounding has made of 1.
func TestBarsOfOneHaveAMark(t *testing.T) {
	for _, one := range []float64{1, 1 + 1e-12, 1 - 1e-12} {
		page := picture(t, Bars([]Bar{{"one", []float64{one}}, {"ten", []float64{10}}}, LogX()))
		first := image.NewRGBA(image.Rect(0, 0, page.Rect.Dx(), int(2*(margin+barPitch))))
		draw.Draw(first, first.Rect, page, image.Point{}, draw.Src)
		mark, n := box(first, partColor(0))
		if n == 0 || mark.Dx() < 3 || mark.Dx() > 7 || mark.Dy() < 2*int(barThick)-2 {
			t.Errorf("the mark of %v is %d × %d pixels", one, mark.Dx(), mark.Dy())
		}
	}
}
