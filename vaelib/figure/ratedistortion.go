package figure

import (
	"math"
	"slices"
	"strings"

	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/floats"
)

// Tradeoff is what a model pays and what it gets, in nats an image: a number for each of several models that differ only
// in their seed. The zero Tradeoff has no numbers: [RateDistortion] of it is an error.
type Tradeoff struct {
	Label      string    // "β = 4"
	Rate       []float64 // the KL term
	Distortion []float64 // the reconstruction term

	// Series names what some models have in common, such as a schedule. Where there are several series, each has a line, a mark and a
	// colour of its own, and a label that comes in several stands there once.
	Series string
}

// RateDistortion draws models in the plane of rate and distortion, each at the mean of its seeds, with bars from the
// least to the largest. Both axes have one scale, and so what has the same ELBO, −(rate + distortion), lies on a line
// that falls at 45°: some of these are drawn, one of them through the model with the best ELBO. Nothing lies below it.
//
// A model whose rate is far above all others is left out of the picture, and named at its edge and in the caption, as is
// what XRange and YRange leave out.
//
// A. Alemi and others, "Fixing a Broken ELBO", 2018.
func RateDistortion(models []Tradeoff, opts ...Option) Figure {
	o := collect("RateDistortion", opts, "XRange", "YRange")
	fail := func(err error) Figure { return failed(o, in("RateDistortion", err)) }
	if len(models) == 0 {
		return fail(words.Errorf("there are no models to draw"))
	}
	p := &tradeoffPanel{seeds: span{math.Inf(1), 0}}
	var labels []string
	for _, m := range models {
		if len(m.Rate) == 0 || len(m.Rate) != len(m.Distortion) {
			return fail(words.Errorf("the model %q has %s and %s: each seed has one of both", m.Label, words.Count(len(m.Rate), "rate", "rates"), words.Count(len(m.Distortion), "distortion", "distortions")))
		}
		for i := range m.Rate {
			if sum := m.Rate[i] + m.Distortion[i]; math.IsNaN(sum) || math.IsInf(sum, 0) {
				return fail(words.Errorf("the model %q is at rate %v and distortion %v: both must be finite", m.Label, m.Rate[i], m.Distortion[i]))
			}
		}
		labels = append(labels, m.Label, m.Series)
		if !slices.Contains(p.series, m.Series) {
			p.series = append(p.series, m.Series)
		}
		p.models = append(p.models, spot{m.Label, over(m.Rate), over(m.Distortion), slices.Index(p.series, m.Series)})
		p.seeds = p.seeds.and(span{float64(len(m.Rate)), float64(len(m.Rate))})
	}
	for _, a := range []struct {
		axis
		name string
	}{{o.x, words.Say("the horizontal axis")}, {o.y, words.Say("the vertical axis")}} {
		a.log = false
		if err := a.valid(a.name); err != nil {
			return fail(err)
		}
	}
	slices.SortStableFunc(p.models, func(a, b spot) int {
		return int(math.Copysign(1, a.rate.mean-b.rate.mean))
	})
	p.best = slices.MinFunc(p.models, func(a, b spot) int { return int(math.Copysign(1, a.sum()-b.sum())) })
	p.fixedRate, p.fixedDistortion = o.x.fixed, o.y.fixed
	p.rate, p.distortion = span{math.Inf(-1), p.far()}, span{math.Inf(-1), math.Inf(1)}
	if p.fixedRate {
		p.rate = span{o.x.low, o.x.high}
	}
	if p.fixedDistortion {
		p.distortion = span{o.y.low, o.y.high}
	}
	seen := slices.DeleteFunc(slices.Clone(p.models), p.outside)
	if len(seen) == 0 {
		return fail(words.Errorf("no model lies between the ends that XRange and YRange give"))
	}
	if !p.fixedRate {
		p.rate = ends(seen, spot.rates)
		if len(seen) < len(p.models) {
			p.rate.high += 0.3 * (p.rate.high - p.rate.low) // room for the name of what is left out
		}
	}
	if !p.fixedDistortion {
		p.distortion = ends(seen, spot.distortions)
	}
	caption, alt := p.words()
	return finish(o, p, caption, alt, labels...)
}

// spot is one model's place.
type spot struct {
	label            string
	rate, distortion seedRange
	series           int
}

// seedRange is a mean over seeds and the ends between which they lie.
type seedRange struct {
	mean float64
	span
}

// over takes the mean with floats: package stat would bring linear algebra into every cell that draws, seconds of compiling
// before the first picture.
func over(values []float64) seedRange {
	return seedRange{floats.Sum(values) / float64(len(values)), span{slices.Min(values), slices.Max(values)}}
}

func (s spot) rates() span       { return s.rate.span }
func (s spot) distortions() span { return s.distortion.span }

// sum is the negative ELBO.
func (s spot) sum() float64 { return s.rate.mean + s.distortion.mean }

type tradeoffPanel struct {
	models                     []spot // rate rising
	series                     []string
	best                       spot
	seeds                      span // how many a model has, at least and at most
	rate, distortion           span // the axes’ ends, but for what equal scales add
	fixedRate, fixedDistortion bool
}

// ends hold all models, with some room around them.
func ends(models []spot, of func(spot) span) span {
	all := of(models[0])
	for _, m := range models {
		all = all.and(of(m))
	}
	more := max(0.08*(all.high-all.low), 2)
	s := span{all.low - more, all.high + more}
	if all.low >= 0 && all.low < 0.5*all.high { // a rate’s 0 is a place to see
		s.low = 0
	}
	return s
}

// far is a rate beyond which a model would press all others together: three times as high as any before it, as with a
// KL weight of 0, where nothing holds the KL term. The best model is never far.
func (p *tradeoffPanel) far() float64 {
	for i := 2; i < len(p.models); i++ {
		if m := p.models[i]; m.rate.low > 3*p.models[i-1].rate.high && m.rate.mean > p.best.rate.mean {
			return 3 * p.models[i-1].rate.high
		}
	}
	return math.Inf(1)
}

// outside is a model that the axes leave out.
func (p *tradeoffPanel) outside(m spot) bool {
	out := func(x float64, s span) bool { return x < s.low || x > s.high }
	return out(m.rate.mean, p.rate) || out(m.distortion.mean, p.distortion)
}

func (p *tradeoffPanel) words() (caption, alt string) {
	var places, away []string
	for _, m := range p.models {
		place := words.Say("%s at rate %s and distortion %s", p.name(m), number(m.rate.mean, 1), number(m.distortion.mean, 1))
		places = append(places, place)
		if p.outside(m) {
			away = append(away, place)
		}
	}
	caption = words.Say("Models by their KL term and their reconstruction term. Along each falling line the ELBO, −(rate + distortion), is the same; further down and to the left it is better.")
	if p.seeds.high > 1 {
		seeds := words.Count(int(p.seeds.high), "seed", "seeds")
		if p.seeds.low < p.seeds.high {
			seeds = words.Say("%.0f to %s", p.seeds.low, seeds)
		}
		caption = words.Sentences(caption, words.Say("Dots: means over %s; bars: their range, where it is wider than the dot.", seeds))
	}
	if len(away) > 0 {
		caption = words.Sentences(caption, words.Say("Outside: %s.", strings.Join(away, words.Say("; "))))
	}
	alt = words.Say("Rate against distortion, in nats an image: %s. The best ELBO, %s, is that of %s.",
		strings.Join(places, words.Say("; ")), number(-p.best.sum(), 1), p.name(p.best))
	return caption, alt
}

// several says whether there are several series.
func (p *tradeoffPanel) several() bool { return len(p.series) > 1 }

// name is a model's name among all.
func (p *tradeoffPanel) name(m spot) string {
	if !p.several() {
		return m.label
	}
	return words.Say("%s, %s", m.label, p.series[m.series])
}

// legend names the series where there are several.
func (p *tradeoffPanel) legend() (l legend) {
	if p.several() {
		for i, name := range p.series {
			l = append(l, entry{i, name})
		}
	}
	return l
}

func (p *tradeoffPanel) spans() map[string]span {
	s := map[string]span{}
	if !p.fixedRate {
		s["rate"] = p.rate
	}
	if !p.fixedDistortion {
		s["distortion"] = p.distortion
	}
	return s
}

func (p *tradeoffPanel) within(s map[string]span) scaled {
	other := *p
	if r, ok := s["rate"]; ok {
		other.rate = r
	}
	if d, ok := s["distortion"]; ok {
		other.distortion = d
	}
	return &other
}
