package figure

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"
	"testing"
)

func bell(mu, sigma float64) func(float64) float64 {
	return func(x float64) float64 {
		return math.Exp(-(x-mu)*(x-mu)/(2*sigma*sigma)) / (sigma * math.Sqrt(2*math.Pi))
	}
}

// powers are 10 to the from, …, 10 to the to.
func powers(from, to int) (xs []float64) {
	for e := from; e <= to; e++ {
		xs = append(xs, math.Pow(10, float64(e)))
	}
	return xs
}

func scaledBy(k float64, xs []float64) (ys []float64) {
	for _, x := range xs {
		ys = append(ys, k*x)
	}
	return ys
}

func bowl(x, y float64) float64 { return x*x/2 + (math.Exp(y)-1-y)/2 }

func intoBowl(x, y float64) (dx, dy float64) { return -x, (1 - math.Exp(y)) / 2 }

var bowlLevels = []float64{0.1, 0.5, 1, 2, 4, 8}

func bowlMap(opts ...Option) Figure {
	return Landscape(bowl, [2]float64{-3, 3}, [2]float64{-4, 3}, bowlLevels, intoBowl, append(opts, X("μ"), Y("log σ²"))...)
}

// plotKinds are plots, landscapes and bars with what is hard on a layout.
func plotKinds() map[string]Figure {
	n := powers(1, 6)
	bells := Plot(Line("q", bell(1, 0.6), -4, 4), Line("p = N(0, 1)", bell(0, 1), -4, 4), Upright(1, "μ"),
		X("x"), Y("density"), Title("Two bells"))
	integrand := func(x float64) float64 { return bell(1, 0.6)(x) * math.Log(bell(1, 0.6)(x)/bell(0, 1)(x)) }
	area := Plot(Area("q·log(q/p)", integrand, -3, 4), X("x"), Y("nats for each unit of x"))
	manyNames := []Option{X("x")}
	for i := range 9 {
		manyNames = append(manyNames, Line(fmt.Sprintf("a rather long name of line %d", i), bell(float64(i), 1), -2, 12))
	}
	bars := Bars([]Bar{{"ticket", []float64{1.1, 0.2}}, {"another ticket", []float64{0, 3}}}, Labels([]string{"for μ", "for σ"}), X("nats"))
	return map[string]Figure{
		"bells": bells,
		"area":  area,
		"convergence": Plot(Band("estimate ± 2 standard errors", n, scaledBy(-1e-6, n), scaledBy(1e-6, n)), Dots("runs", n, scaledBy(5e-7, n)),
			Level(0, "exact"), LogX(), X("draws"), Y("nats")),
		"log axes":           Plot(Path("error", n, scaledBy(1e-4, n)), LogX(), LogY(), X("draws"), Y("standard error")),
		"small on log axes":  Plot(Path("error", powers(-9, -2), powers(-12, -5)), LogX(), LogY(), X("σ"), Y("relative error")),
		"under two decades":  Plot(Line("x", func(x float64) float64 { return x }, 1, 30), LogX(), LogY()),
		"large numbers":      Plot(Line("x³", func(x float64) float64 { return x * x * x }, -1000, 1000), X("x"), Y("x³")),
		"tiny numbers":       Plot(Line("x²", func(x float64) float64 { return x * x }, -0.001, 0.001), X("x"), Y("x²")),
		"constant":           Plot(Line("1", func(float64) float64 { return 1 }, 0, 1)),
		"one dot":            Plot(Dots("here", []float64{2}, []float64{3})),
		"many names":         Plot(manyNames...),
		"a long name":        Plot(Line(strings.Repeat("a name longer than its plot ", 4), bell(0, 1), -2, 2)),
		"labels at the ends": Plot(Line("", bell(0, 1), -3, 3), Upright(-3, "the left end"), Upright(3, "the right end"), Level(0.4, "the top")),
		"plots beside":       Beside(bells, area),
		"plot and bars":      Beside(bells, bars),
		"landscape":          bowlMap(Title("The fine")),
		"landscapes":         Beside(bowlMap(), bowlMap()),
		"many levels":        Landscape(bowl, [2]float64{-3, 3}, [2]float64{-4, 3}, spread(0.5, 20, 40), nil),
		"bars":               bars,
		"bars, log":          Bars([]Bar{{"mean over 784 pixels", []float64{784}}, {"as derived", []float64{1}}, {"β = 0.001", []float64{0.001}}}, LogX(), X("effective weight")),
		"bars of nothing":    Bars([]Bar{{"none", []float64{0}}}),
		"bars, long labels":  Bars([]Bar{{strings.Repeat("a long label ", 8), []float64{3}}, {"short", []float64{2}}}, X("nats")),
		"bars, many parts":   Bars([]Bar{{"a", []float64{1, 2, 3, 4}}}, Labels([]string{"one rather long part", "another rather long part", "a third rather long part", "and a fourth"})),
		"bars beside":        Beside(bars, bars),
		"tradeoffs":          RateDistortion(tradeoff()),
		"tradeoffs beside":   Beside(RateDistortion(tradeoff(), Title("one")), RateDistortion(tradeoff()[2:])),
		"one tradeoff":       RateDistortion(tradeoff()[:1]),
		"a far tradeoff":     RateDistortion(append(tradeoff(), Tradeoff{"far", []float64{900}, []float64{200}, ""})),
		"a steep tradeoff":   RateDistortion([]Tradeoff{{"a", []float64{3}, []float64{300}, ""}, {"b", []float64{14}, []float64{230}, ""}}),
	}
}

func TestPlotColoursItsLayersInOrder(t *testing.T) {
	page := picture(t, Plot(Line("a", bell(0, 1), -3, 3), Path("b", []float64{-3, 3}, []float64{0, 0.3}), Dots("c", []float64{0}, []float64{0.1})))
	for i, name := range []string{"a line", "a path", "a dot"} {
		if _, n := box(page, lineColors[i]); n < 50 {
			t.Errorf("%s has %d pixels of its colour", name, n)
		}
	}
	if _, n := box(page, lineColors[3]); n != 0 {
		t.Errorf("%d pixels in a colour that nothing has", n)
	}
	// A band and a line of one name are one thing: they share a colour, and the next layer takes the next.
	xs := []float64{0, 1}
	page = picture(t, Plot(Band("a", xs, xs, []float64{1, 2}), Path("a", xs, []float64{0.5, 1.5}), Path("b", xs, []float64{2, 2})))
	for i := range 2 {
		if _, n := box(page, lineColors[i]); n < 50 {
			t.Errorf("colour %d has %d pixels", i, n)
		}
	}
	if _, n := box(page, lineColors[2]); n != 0 {
		t.Errorf("the band took a colour of its own: %d pixels", n)
	}
}

// blend is a colour with so much opacity on white.
func blend(c color.NRGBA, alpha float64) color.NRGBA {
	a := float64(fade(c, alpha).A) / 255
	mix := func(v uint8) uint8 { return uint8(math.Round(255 + a*(float64(v)-255))) }
	return color.NRGBA{mix(c.R), mix(c.G), mix(c.B), 255}
}

// near counts the pixels that are within 3 of this colour in each channel.
func near(t *testing.T, f Figure, c color.NRGBA) (n int) {
	t.Helper()
	page := picture(t, f)
	off := func(a, b uint8) bool { return max(a, b)-min(a, b) > 3 }
	for y := range page.Rect.Dy() {
		for x := range page.Rect.Dx() {
			if p := page.RGBAAt(x, y); !off(p.R, c.R) && !off(p.G, c.G) && !off(p.B, c.B) {
				n++
			}
		}
	}
	return n
}

func TestAreaTellsAboveFromBelow(t *testing.T) {
	line := func(x float64) float64 { return x }
	both := Plot(Area("x", line, -1, 1))
	up, down := near(t, both, blend(above, 0.35)), near(t, both, blend(below, 0.35))
	if up < 10000 || down < 10000 || math.Abs(float64(up-down)) > 0.1*float64(up) {
		t.Errorf("%d pixels above 0 and %d below, of a line through the middle", up, down)
	}
	positive := Plot(Area("x²", func(x float64) float64 { return x * x }, -1, 1))
	if n := near(t, positive, blend(below, 0.35)); n > 700 { // the sample in the header
		t.Errorf("%d pixels below 0 of a function that is never negative", n)
	}
}

func TestPlotAxes(t *testing.T) {
	axesOf := func(opts ...Option) (x, y axis) {
		t.Helper()
		f := Plot(opts...)
		if f.Err() != nil {
			t.Fatal(f.Err())
		}
		p := f.panel.(*plotPanel)
		return p.x, p.y
	}
	square := Line("x²", func(x float64) float64 { return x * x }, -2, 3)
	if x, y := axesOf(square); x.low != -2 || x.high != 3 || y.low != 0 || y.high <= 9 || y.high > 10 {
		t.Errorf("axes %v and %v", x, y)
	}
	if _, y := axesOf(square, YRange(-1, 4)); y.low != -1 || y.high != 4 {
		t.Errorf("a fixed vertical axis runs from %v to %v", y.low, y.high)
	}
	if x, y := axesOf(square, Upright(5, "five"), Level(20, "twenty")); x.high != 5 || y.high < 20 {
		t.Errorf("marked places lie outside: axes %v and %v", x, y)
	}
	if _, y := axesOf(square, Band("band", []float64{0}, []float64{-7}, []float64{30})); y.low > -7 || y.high < 30 {
		t.Errorf("a band is cut off: axis %v", y)
	}
	if _, y := axesOf(Path("", []float64{1, 2, 3}, []float64{1, math.NaN(), math.Inf(1)})); math.IsNaN(y.high) || math.IsInf(y.high, 0) || y.high < 1 {
		t.Errorf("what is no number sets the axis: %v", y)
	}
	if x, y := axesOf(Path("", []float64{1, 100}, []float64{0, 10}), LogX(), LogY()); x.low > 1 || y.low <= 0 {
		t.Errorf("logarithmic axes %v and %v", x, y)
	}
}

// What YRange leaves out is drawn nowhere, however far away it is.
func TestPlotStaysInsideItsAxes(t *testing.T) {
	far := []float64{-1000, 0.5, 1000}
	xs := []float64{0, 0.5, 1}
	f := Plot(Path("path", xs, far), Dots("dots", xs, far), Band("band", xs, far, scaledBy(2, far)),
		Area("area", func(x float64) float64 { return 1e6 * (x - 0.5) }, 0, 1), Level(300, "level"), YRange(0, 1))
	page := picture(t, f)
	header := int(nameLine) * len(f.panel.(*plotPanel).header(plotWidth))
	inside := image.Rect(2*(14+50), 2*(14+header+8)-4, page.Rect.Dx()-2*(14+16)+4, page.Rect.Dy()-2*(14+24)+4)
	data := 0
	for y := 2 * (14 + header); y < page.Rect.Dy(); y++ {
		for x := range page.Rect.Dx() {
			p := page.RGBAAt(x, y)
			if max(p.R, p.G, p.B)-min(p.R, p.G, p.B) < 30 {
				continue // no colour: an axis, a number
			}
			data++
			if !image.Pt(x, y).In(inside) {
				t.Fatalf("data drawn at (%d, %d), outside %v", x, y, inside)
			}
		}
	}
	if data < 1000 {
		t.Errorf("only %d pixels of data", data)
	}
}

func TestLogTicks(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		want      string
	}{
		{1, 1e6, "1 10 100 1,000 10,000 100,000 1,000,000"},
		{0.001, 1, "0.001 0.01 0.1 1"},
		{1e-9, 1e-6, "1e−9 1e−8 1e−7 1e−6"},
		{3, 40, "5 10 20"},
		{1, 10, "1 2 5 10"},
		{1e-8, 1e8, "1e−8 1e−5 0.01 10 10,000 1e7"},
	} {
		var labels []string
		seen := map[string]float64{}
		for _, m := range (axis{log: true}).ticker(7).Ticks(c.low, c.high) {
			if m.Label != "" {
				seen[m.Label] = m.Value
				labels = append(labels, m.Label)
			}
			if m.Value < c.low*(1-1e-9) || m.Value > c.high*(1+1e-9) {
				t.Errorf("from %v to %v: a mark at %v", c.low, c.high, m.Value)
			}
		}
		for _, want := range strings.Fields(c.want) {
			if _, ok := seen[want]; !ok {
				t.Errorf("from %v to %v: no mark %q among %q", c.low, c.high, want, labels)
			}
		}
		if len(labels) != len(strings.Fields(c.want)) {
			t.Errorf("from %v to %v: marks %q, want %s", c.low, c.high, labels, c.want)
		}
	}
}

func TestPlotErrorsAreSentences(t *testing.T) {
	one, two := []float64{1}, []float64{1, 2}
	x := func(x float64) float64 { return x }
	flat := [2]float64{0, 1}
	for _, c := range []struct {
		figure Figure
		want   string
	}{
		{Plot(), "nothing to draw"},
		{Plot(X("x"), Y("y")), "nothing to draw"},
		{Plot(Line("q", x, 1, 1)), `"q" is to be drawn from 1 to 1`},
		{Plot(Line("q", x, 0, math.NaN())), `"q" is to be drawn from 0 to NaN`},
		{Plot(Line("q", x, 0, math.Inf(1))), "from 0 to +Inf"},
		{Plot(Line("q", x, 0, 1), LogX()), `"q" begins at 0`},
		{Plot(Path("q", one, two)), `"q" has lists of 1 and 2 numbers`},
		{Plot(Path("", nil, nil)), "a layer without a name has lists of 0 and 0"},
		{Plot(Band("b", two, two, one)), `"b" has lists of 2, 2 and 1 numbers`},
		{Plot(Path("q", []float64{0, 1}, two), LogX()), `"q" has a point at x = 0`},
		{Plot(Path("q", []float64{math.NaN(), 1}, two)), `"q" has a point at x = NaN`},
		{Plot(Line("q", x, 1, 2), Upright(-1, "μ"), LogX()), `"μ" has a point at x = -1`},
		{Plot(Line("q", x, 0, 1), YRange(2, 2)), "vertical axis is to run from 2 to 2"},
		{Plot(Line("q", x, 0, 1), YRange(0, math.Inf(1))), "vertical axis is to run from 0 to +Inf"},
		{Plot(Line("q", x, 0, 1), YRange(0, 2), LogY()), "logarithmic"},
		{Plot(Line("인코더", x, 0, 1)), "font has no '인'"},
		{Plot(Line("q", x, 0, 1), X("인코더")), "font has no '인'"},
		{Landscape(nil, flat, flat, bowlLevels, nil), "no function"},
		{Landscape(bowl, [2]float64{1, 0}, flat, bowlLevels, nil), "must rise"},
		{Landscape(bowl, flat, [2]float64{0, math.Inf(1)}, bowlLevels, nil), "must rise"},
		{Landscape(bowl, flat, flat, []float64{1}, nil), "at least 2 rising levels"},
		{Landscape(bowl, flat, flat, []float64{1, 1}, nil), "at least 2 rising levels"},
		{Landscape(bowl, flat, flat, []float64{1, math.NaN()}, nil), "at least 2 rising levels"},
		{Landscape(func(x, y float64) float64 { return math.Log(x) }, [2]float64{-1, 1}, flat, bowlLevels, nil), "is NaN at (-1, 0)"},
		{Bars(nil), "no bars"},
		{Bars([]Bar{{"a", nil}}), `the bar "a" has 0 parts`},
		{Bars([]Bar{{"a", one}}, Labels([]string{"x", "y"})), `the bar "a" has 1 part, but 2 are named`},
		{Bars([]Bar{{"a", []float64{-1}}}), `the bar "a" has a part of -1`},
		{Bars([]Bar{{"a", []float64{math.NaN()}}}), "a part of NaN"},
		{Bars([]Bar{{"a", []float64{0}}}, LogX()), "above 0 on a logarithmic axis"},
		{Bars([]Bar{{"a", two}}, LogX()), "can have only one"},
	} {
		_, err := c.figure.PNG()
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got error %v, want one with %q", err, c.want)
		}
	}
}

func TestLandscapeFindsTheLowestPlace(t *testing.T) {
	f := Landscape(func(x, y float64) float64 { return (x-1)*(x-1) + (y+2)*(y+2) + 3 }, [2]float64{-3, 3}, [2]float64{-3, 3},
		[]float64{4, 8, 16}, nil, X("μ"), Y("log σ²"))
	if want := "The least value, 3, is at (1.0, −2.0)."; !strings.Contains(f.Alt, want) {
		t.Errorf("alt %q lacks %q", f.Alt, want)
	}
	page := picture(t, f)
	ring, n := box(page, ColorKL)
	if n == 0 || ring.Dx() > 30 || ring.Dy() > 30 {
		t.Fatalf("the lowest place is marked by %d pixels in %v", n, ring)
	}
	// Of six units to each side, it lies four from the left and five from the top.
	left, right, top, bottom := 2*(14+58), page.Rect.Dx()-2*(14+int(keyWidth)), 2*(14+8), page.Rect.Dy()-2*(14+40)
	x, y := (ring.Min.X+ring.Max.X)/2, (ring.Min.Y+ring.Max.Y)/2
	if wantX, wantY := left+(right-left)*4/6, top+(bottom-top)*5/6; abs(x-wantX) > 4 || abs(y-wantY) > 4 {
		t.Errorf("the lowest place is marked at (%d, %d), want (%d, %d)", x, y, wantX, wantY)
	}
}

func abs(n int) int { return max(n, -n) }

func TestLandscapeDarkensUphill(t *testing.T) {
	p := bowlMap().panel.(*landscape)
	before := 256
	for _, v := range []float64{0, 0.3, 0.7, 1.5, 3, 6, 20} {
		c := p.shade(v)
		if int(c.R) >= before {
			t.Errorf("at height %v the red part is %d, below it was %d", v, c.R, before)
		}
		before = int(c.R)
		if n := near(t, bowlMap(), c); n < 100 {
			t.Errorf("%d pixels in the colour of height %v", n, v)
		}
	}
}

func TestBarsAreAsLongAsTheirParts(t *testing.T) {
	f := Bars([]Bar{{"a", []float64{3, 1}}, {"b", []float64{0, 2}}}, Labels([]string{"for μ", "for σ"}), X("nats"))
	page := picture(t, f)
	below := int(2 * (margin + f.panel.(*barsPanel).head(barWidth))) // the header has the colours too
	length := func(c color.NRGBA, bar int) (n int) {
		want := c
		y := below + int(2*barPitch)*bar + int(barPitch)
		for x := range page.Rect.Dx() {
			p := page.RGBAAt(x, y)
			if abs(int(p.R)-int(want.R)) < 4 && abs(int(p.G)-int(want.G)) < 4 && abs(int(p.B)-int(want.B)) < 4 {
				n++
			}
		}
		return n
	}
	unit := float64(length(partColors[0], 0)) / 3
	if unit < 50 {
		t.Fatalf("one nat is %v pixels", unit)
	}
	for _, c := range []struct {
		bar, part int
		want      float64
	}{{0, 1, 1}, {1, 0, 0}, {1, 1, 2}} {
		if got := float64(length(partColors[c.part], c.bar)) / unit; math.Abs(got-c.want) > 0.03 {
			t.Errorf("part %d of bar %d is %.2f long, want %v", c.part, c.bar, got, c.want)
		}
	}
}

func TestPlotsHalveTheirWidthBesideEachOther(t *testing.T) {
	for name, f := range map[string]Figure{"plot": plotKinds()["bells"], "landscape": bowlMap(), "bars": plotKinds()["bars"]} {
		alone, _ := f.Size()
		pair, _ := Beside(f, f).Size()
		if pair > PageWidth || pair < alone {
			t.Errorf("%s: %d wide alone, %d as a pair", name, alone, pair)
		}
	}
}

func ExamplePlot() {
	f := Plot(Line("q", func(x float64) float64 { return 0.5 - x*x/8 }, -2, 2), Upright(0, "μ"), X("x"), Y("density"))
	fmt.Println(f.Alt)
	// Output: Plot of q; μ over x, from −2 to 2; the vertical axis runs from 0 to 0.53.
}

func ExampleBars() {
	f := Bars([]Bar{{"wide", []float64{0, 1.4}}, {"far", []float64{2, 0.1}}}, Labels([]string{"for μ", "for σ"}), X("nats"))
	fmt.Println(f.Alt)
	// Output: Bars, nats: wide 1.4 (for μ 0) (for σ 1.4); far 2.1 (for μ 2) (for σ 0.1).
}

func ExampleLandscape() {
	f := Landscape(func(x, y float64) float64 { return x*x + y*y }, [2]float64{-2, 2}, [2]float64{-1, 1}, []float64{0.5, 1, 2}, nil,
		X("μ"), Y("log σ²"))
	fmt.Println(f.Alt)
	// Output: Map of heights over μ and log σ², with lines at 0.5, 1, 2. The least value, 0, is at (0.0, 0.0).
}
