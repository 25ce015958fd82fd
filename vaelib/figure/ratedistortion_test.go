package figure

import (
	"fmt"
	"image"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// tradeoff is a sweep over KL weights with three seeds each.
func tradeoff() (list []Tradeoff) {
	for i, m := range []struct{ weight, rate, distortion float64 }{
		{0, 60, 222}, {0.1, 41, 222.8}, {0.5, 23, 227.4}, {1, 15.7, 234.1}, {2, 10.8, 241.2}, {4, 6.6, 248.1}, {10, 3.1, 255.6},
	} {
		off := 0.02*m.rate + 0.1*float64(i)
		list = append(list, Tradeoff{
			Label:      fmt.Sprintf("β = %v", m.weight),
			Rate:       []float64{m.rate - off, m.rate, m.rate + off},
			Distortion: []float64{m.distortion + 0.4, m.distortion, m.distortion - 0.4},
		})
	}
	return list
}

// A nat is as long to the right as upward, whatever the models’ spread, alone and beside another.
func TestRateDistortionHasOneScale(t *testing.T) {
	for name, models := range map[string][]Tradeoff{
		"sweep": tradeoff(),
		"one":   tradeoff()[3:4],
		"flat":  {{"a", []float64{500}, []float64{200}, ""}, {"b", []float64{900}, []float64{201}, ""}},
		"steep": {{"a", []float64{1}, []float64{900}, ""}, {"b", []float64{2}, []float64{200}, ""}},
	} {
		p := RateDistortion(models).panel.(*tradeoffPanel)
		for _, free := range []vg.Length{300, 400, 800} {
			size, rate, distortion := p.place(free)
			x, y := float64(size.X)/(rate.high-rate.low), float64(size.Y)/(distortion.high-distortion.low)
			if math.Abs(x/y-1) > 1e-9 {
				t.Errorf("%s: a nat is %v long to the right and %v upward", name, x, y)
			}
			for _, m := range p.models {
				if m.rate.low < rate.low || m.rate.high > rate.high || m.distortion.low < distortion.low || m.distortion.high > distortion.high {
					t.Errorf("%s: %s is outside", name, m.label)
				}
			}
		}
	}
}

// The best ELBO is the least sum of means, and is told; what XRange leaves out is told too.
func TestRateDistortionSaysWhatIsBest(t *testing.T) {
	f := RateDistortion(tradeoff())
	if !strings.HasSuffix(f.Alt, "The best ELBO, −249.8, is that of β = 1.") || !strings.Contains(f.Alt, "β = 4 at rate 6.6 and distortion 248.1") {
		t.Errorf("the alt text is %q", f.Alt)
	}
	if !strings.Contains(f.Caption, "means over 3 seeds") || strings.Contains(f.Caption, "Outside") {
		t.Errorf("the caption is %q", f.Caption)
	}
	cut := RateDistortion(append(tradeoff()[1:], Tradeoff{"β = 0", []float64{300}, []float64{214}, ""}), XRange(0, 50))
	if !strings.HasSuffix(cut.Caption, "Outside: β = 0 at rate 300.0 and distortion 214.0.") || !strings.Contains(cut.Caption, "means over 1 to 3 seeds") {
		t.Errorf("the caption is %q", cut.Caption)
	}
	if f := RateDistortion(append(tradeoff()[1:], Tradeoff{"β = 0", []float64{300}, []float64{214}, ""})); !strings.HasSuffix(f.Caption, "Outside: β = 0 at rate 300.0 and distortion 214.0.") {
		t.Errorf("with a model far from all others the caption is %q", f.Caption)
	}
	if f := RateDistortion([]Tradeoff{{"a", []float64{1}, []float64{900}, ""}, {"b", []float64{2}, []float64{890}, ""}, {"best", []float64{80}, []float64{100}, ""}}); strings.Contains(f.Caption, "Outside") {
		t.Errorf("the best model is left out: %q", f.Caption)
	}
	if p := cut.panel.(*tradeoffPanel); p.distortion.low < 215 || p.rate != (span{0, 50}) {
		t.Errorf("the axes run over %v and %v", p.rate, p.distortion)
	}
}

// Bars are as long as the seeds are apart: of 10 nats here, on an axis whose length is known.
func TestRateDistortionShowsTheSpread(t *testing.T) {
	f := RateDistortion([]Tradeoff{{"a", []float64{20, 30}, []float64{100, 100}, ""}, {"b", []float64{40}, []float64{90}, ""}})
	page := picture(t, f)
	size, rate, _ := f.panel.(*tradeoffPanel).place(room)
	bar := 0
	for y := range page.Rect.Dy() {
		first, last := -1, -1
		for x := range page.Rect.Dx() {
			if p := page.RGBAAt(x, y); p.R == ColorVAE.R && p.G == ColorVAE.G && p.B == ColorVAE.B {
				if first < 0 {
					first = x
				}
				last = x
			}
		}
		bar = max(bar, last-first+1)
	}
	want := 10 / (rate.high - rate.low) * float64(size.X) * resolution
	if math.Abs(float64(bar)-want) > 2 {
		t.Errorf("the bar is %d pixels long, want %.1f", bar, want)
	}
}

func TestTradeoffsBesideHaveTheSameAxes(t *testing.T) {
	pair := Beside(RateDistortion(tradeoff()[:3]), RateDistortion(tradeoff()[3:])).panel.(besidePanel)
	a, b := pair[0].panel.(*tradeoffPanel), pair[1].panel.(*tradeoffPanel)
	if a.rate != b.rate || a.distortion != b.distortion || a.rate.high < 60 || a.distortion.high < 255 {
		t.Errorf("the axes run over %v, %v and %v, %v", a.rate, a.distortion, b.rate, b.distortion)
	}
}

func TestRateDistortionErrorsAreSentences(t *testing.T) {
	one := []float64{1}
	for _, c := range []struct {
		f    Figure
		want string
	}{
		{RateDistortion(nil), "there are no models to draw"},
		{RateDistortion([]Tradeoff{{"a", one, nil, ""}}), `the model "a" has 1 rate and 0 distortions`},
		{RateDistortion([]Tradeoff{{"a", nil, nil, ""}}), `the model "a" has 0 rates`},
		{RateDistortion([]Tradeoff{{"a", one, []float64{math.NaN()}, ""}}), `the model "a" is at rate 1 and distortion NaN: both must be finite`},
		{RateDistortion([]Tradeoff{{"a", one, one, ""}}, XRange(5, 2)), "the horizontal axis is to run from 5 to 2"},
		{RateDistortion([]Tradeoff{{"a", one, one, ""}}, YRange(5, 9)), "no model lies between the ends"},
	} {
		if err := c.f.Err(); err == nil || !strings.Contains(err.Error(), "figure.RateDistortion: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("the error is %v, want one with %q", err, c.want)
		}
	}
}

func ExampleRateDistortion() {
	f := RateDistortion([]Tradeoff{
		{Label: "β = 1", Rate: []float64{15.6, 15.8}, Distortion: []float64{234.2, 234.0}},
		{Label: "β = 4", Rate: []float64{6.6, 6.6}, Distortion: []float64{252.1, 252.3}},
	})
	fmt.Println(f.Alt)
	// Output: Rate against distortion, in nats an image: β = 4 at rate 6.6 and distortion 252.2; β = 1 at rate 15.7 and distortion 234.1. The best ELBO, −249.8, is that of β = 1.
}

// Several series have a line, a colour and a mark each, which a legend names; a label that comes in all of them stands once.
func TestRateDistortionOfSeveralSeries(t *testing.T) {
	var models []Tradeoff
	for i, series := range []string{"from the start", "rising"} {
		for _, m := range tradeoff() {
			m.Series = series
			m.Rate = slices.Clone(m.Rate)
			for k := range m.Rate {
				m.Rate[k] += float64(i)
			}
			models = append(models, m)
		}
	}
	f := RateDistortion(models)
	p := f.panel.(*tradeoffPanel)
	if len(p.legend()) != 2 || !strings.Contains(f.Alt, models[0].Label+", from the start at rate") {
		t.Errorf("the legend is %v; it says %s", p.legend(), f.Alt)
	}
	one := RateDistortion(tradeoff())
	if p := one.panel.(*tradeoffPanel); len(p.legend()) != 0 || strings.Contains(one.Alt, ", at rate") {
		t.Errorf("one series has the legend %v; it says %s", p.legend(), one.Alt)
	}
	_, height := f.Size()
	if _, alone := one.Size(); height <= alone {
		t.Errorf("the legend has no room: %d pixels, without it %d", height, alone)
	}
	page, err := f.Image()
	if err != nil {
		t.Fatal(err)
	}
	for class := range 2 {
		if _, n := box(page.(*image.RGBA), classColors[class]); n < 50 {
			t.Errorf("series %d is drawn with %d pixels of its colour", class, n)
		}
	}
	drawn := tradeoffs{p, 5}
	c := draw.New(vgimg.New(500, 500))
	names := drawn.names(c, p.models, func(m spot) vg.Point { return vg.Point{X: vg.Length(m.rate.mean), Y: vg.Length(m.distortion.mean)} })
	if len(names) != len(tradeoff()) {
		t.Errorf("%d labels for %d models", len(names), len(models))
	}
}
