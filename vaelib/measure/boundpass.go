package measure

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat"

	"vaelab/vaelib/internal/allcores"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

// hand is about how many codes are in hand at once, and atOnce how many of them one image has at most.
const (
	hand   = 4096
	atOnce = 1024
)

// boundPass is what ImportanceBounds knows on its way.
type boundPass struct {
	BoundOptions
	posteriors    []kl.Diagonal
	images, codes int // in hand at once
	kl            []float64
	tallies       []tally // one an image
}

// tally is one image's running sums.
type tally struct {
	likelihood spread // of log p(x|z)
	byK        []groups
}

// groups are an image's draws, k by k.
type groups struct {
	k             int
	now, nowMixed LogMean // the group under way: its weights, and its likelihoods alone
	value, mixed  spread
	ess, left     float64 // summed over groups
	stdErr        float64 // the last group's own
}

// spread is Welford's running mean and variance.
type spread struct {
	n        int
	mean, m2 float64
}

func (s *spread) add(x float64) {
	s.n++
	d := x - s.mean
	s.mean += d / float64(s.n)
	s.m2 += d * (x - s.mean)
}

// variance is that of the mean.
func (s spread) variance() float64 { return s.m2 / float64(s.n-1) / float64(s.n) }

func (g *groups) add(logWeight, logLikelihood float64) {
	g.now.Add(logWeight)
	g.nowMixed.Add(logLikelihood)
	if g.now.N() < g.k {
		return
	}
	g.value.add(g.now.Value())
	g.mixed.add(g.nowMixed.Value())
	g.ess += g.now.ESS()
	g.stdErr = g.now.StdErr()
	g.left += g.stdErr * g.stdErr / 2
	g.now, g.nowMixed = LogMean{}, LogMean{}
}

// sampling is the variance of the mean over groups.
func (g groups) sampling() float64 {
	if g.value.n < 2 {
		return g.stdErr * g.stdErr
	}
	return g.value.variance()
}

func newBoundPass(posteriors []kl.Diagonal, o BoundOptions) *boundPass {
	turns := (o.Draws + atOnce - 1) / atOnce
	p := &boundPass{BoundOptions: o, posteriors: posteriors, codes: (o.Draws + turns - 1) / turns}
	p.images = min(len(posteriors), max(1, hand/p.codes))
	return p
}

// run takes all draws of the images from first to end.
func (p *boundPass) run(first, end int, likelihood LogLikelihood) error {
	standard := kl.StandardDiagonal(p.posteriors[0].Dim())
	rngs := make([]*rand.Rand, end-first)
	for i := first; i < end; i++ {
		rngs[i-first] = rand.New(rand.NewPCG(p.Seed, uint64(i)))
		d, err := p.posteriors[i].KL(standard)
		if err != nil {
			return words.Errorf("posterior %d: %w", i, err)
		}
		t := tally{}
		for _, k := range p.Ks {
			t.byK = append(t.byK, groups{k: k})
		}
		p.kl, p.tallies = append(p.kl, d), append(p.tallies, t)
	}
	codes := make([][][]float64, end-first)
	ratios := make([][]float64, end-first)
	for i := range codes {
		z := newPoints(p.codes, standard.Dim())
		codes[i], ratios[i] = z.rows(), make([]float64, p.codes)
	}
	for done := 0; done < p.Draws; done += p.codes {
		now := min(p.codes, p.Draws-done)
		allcores.Do(end-first, func(i int) {
			codes[i] = codes[i][:now]
			for j, z := range codes[i] {
				ratios[i][j] = draw(z, p.posteriors[first+i], rngs[i])
			}
		})
		values, err := likelihood(first, codes)
		if err != nil {
			return err
		}
		if err := p.take(first, ratios, values, now); err != nil {
			return err
		}
		if p.Observe != nil {
			p.Observe(first*p.Draws+(done+now)*(end-first), len(p.posteriors)*p.Draws)
		}
	}
	return nil
}

// draw fills z with a code from q, and gives log p(z) − log q(z) for p = N(0, I).
func draw(z []float64, q kl.Diagonal, rng *rand.Rand) (ratio float64) {
	for j := range z {
		noise := rng.NormFloat64()
		z[j] = q.Mu[j] + q.Sigma[j]*noise
		ratio += 0.5*(noise-z[j])*(noise+z[j]) + math.Log(q.Sigma[j])
	}
	return ratio
}

// take puts the draws in hand into the images' tallies.
func (p *boundPass) take(first int, ratios, likelihoods [][]float64, now int) error {
	if len(likelihoods) != len(ratios) {
		return words.Errorf("the likelihood gave numbers for %d images, but was asked for %d", len(likelihoods), len(ratios))
	}
	var failed firstError
	allcores.Do(len(ratios), func(i int) {
		if len(likelihoods[i]) != now {
			failed.set(words.Errorf("the likelihood gave %d numbers for image %d, but was asked for %d", len(likelihoods[i]), first+i, now))
			return
		}
		t := &p.tallies[first+i]
		for j, l := range likelihoods[i] {
			if math.IsNaN(l) || math.IsInf(l, 0) {
				failed.set(words.Errorf("log p(x|z) of image %d is %v: it must be finite", first+i, l))
				return
			}
			t.likelihood.add(l)
			for k := range t.byK {
				t.byK[k].add(l+ratios[i][j], l)
			}
		}
	})
	return failed.error
}

// bounds sums the tallies up.
func (p *boundPass) bounds() (Bounds, error) {
	n := len(p.tallies)
	elbo := make([]float64, n)
	variance := 0.0
	for i, t := range p.tallies {
		elbo[i] = t.likelihood.mean - p.kl[i]
		variance += t.likelihood.variance()
	}
	b := Bounds{Draws: p.Draws}
	var err error
	if b.ELBO, err = imageMean(elbo, variance); err != nil {
		return b, err
	}
	if b.KL, err = Mean(p.kl); err != nil {
		return b, err
	}
	for k := range p.Ks {
		one, err := p.bound(k, elbo)
		if err != nil {
			return b, err
		}
		b.ByK = append(b.ByK, one)
	}
	return b, nil
}

func (p *boundPass) bound(k int, elbo []float64) (Bound, error) {
	n := len(p.tallies)
	b := Bound{K: p.Ks[k], Each: make([]float64, n)}
	gain, mixed, ess, left := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	variance := 0.0
	for i, t := range p.tallies {
		g := t.byK[k]
		b.Each[i] = g.value.mean
		gain[i], mixed[i] = g.value.mean-elbo[i], g.mixed.mean-p.kl[i]
		ess[i], left[i] = g.ess/float64(g.value.n), g.left/float64(g.value.n)
		variance += g.sampling()
	}
	var err error
	if b.ImageMean, err = imageMean(b.Each, variance); err != nil {
		return b, err
	}
	if b.Gain, err = Mean(gain); err != nil {
		return b, err
	}
	if b.ClosedKL, err = Mean(mixed); err != nil {
		return b, err
	}
	b.ESS, b.Left = stat.Mean(ess, nil), stat.Mean(left, nil)
	return b, nil
}

func imageMean(values []float64, variance float64) (ImageMean, error) {
	m, err := Mean(values)
	return ImageMean{m, math.Sqrt(variance) / float64(len(values))}, err
}
