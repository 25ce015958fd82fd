package measure

import (
	"math"
	"math/rand/v2"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

// KLSplit splits a VAE's KL term, averaged over n images, into what the codes tell about the images and how far all
// codes together are from the prior. In nats an image:
//
//	mean KL(q(z|x) ‖ p(z)) = I(x; z) + KL(q(z) ‖ p(z)),   q(z) = (1/n) Σₓ q(z|x), p(z) = N(0, I).
//
// The KL term punishes both; only the second is "a tidy latent space". q(z) is the aggregate posterior.
//
// M. Hoffman and M. Johnson, "ELBO Surgery: Yet Another Way to Carve Up the Variational Evidence Lower Bound", 2016.
type KLSplit struct {
	KL          kl.Estimate // mean KL(q(z|x) ‖ p(z)): the closed form, averaged over the images picked
	Information kl.Estimate // I(x; z), the mutual information between an image (which one of the n?) and its code
	Marginal    kl.Estimate // KL(q(z) ‖ p(z))
	// Residual is Information + Marginal − KL: how far the sampled sum is from the closed form. Its expectation is 0,
	// and Residual.Agrees(0, 0.001) is a check of everything above.
	Residual kl.Estimate
	// Ceiling is log n. To know which of n images it was takes log n nats, so Information can't be more. Where it comes
	// near, it tells how many images there are and not how much a code says: of all the images that there could be,
	// a code tells at least Information, and Marginal is at most what is printed. An AE's codes, points without clouds,
	// are always at the ceiling.
	Ceiling float64
}

// SplitKL draws a code z from the posteriors of some images, picked at random and none twice, and compares
// log q(z|x), log q(z) and log p(z). q(z) sums over all posteriors, so the work is images × n, in blocks with no list
// of that size; SplitKL(posteriors, len(posteriors), seed) takes every image.
//
// The standard errors are those of a mean over as many random images, each with a draw of its own. The same seed gives
// the same numbers on any number of cores.
func SplitKL(posteriors []kl.Diagonal, images int, seed uint64) (KLSplit, error) {
	t, err := split(posteriors, images, seed, false)
	if err != nil {
		return KLSplit{}, err
	}
	return t.summary()
}

// splitTerms are the log-ratios at each code that was drawn; their means are the parts of the KL term.
type splitTerms struct {
	closed, information, marginal, residual []float64
	byDimension                             [][]float64 // log q(z_j) − log p(z_j); nil where nobody asked
	n                                       int         // posteriors
}

func split(posteriors []kl.Diagonal, images int, seed uint64, dimensions bool) (splitTerms, error) {
	q, err := packPosteriors(posteriors, 2)
	if err != nil {
		return splitTerms{}, err
	}
	n := len(posteriors)
	if images < 2 || images > n {
		return splitTerms{}, words.Errorf("images is %d: take at least 2, to tell a standard error, and at most the %d that there are", images, n)
	}
	room := func() []float64 { return make([]float64, images) }
	t := splitTerms{closed: room(), information: room(), marginal: room(), residual: room(), n: n}
	var each []dimension
	if dimensions {
		for j := range q.mean.dim {
			each, t.byDimension = append(each, q.at(j)), append(t.byDimension, room())
		}
	}
	picked := rand.New(rand.NewPCG(seed, 0)).Perm(n)[:images]
	standard := kl.StandardDiagonal(q.mean.dim)
	var failed firstError
	blocks(images, together, func(first, end int) {
		own := make([]float64, end-first)
		z := newPoints(end-first, q.mean.dim)
		for i := first; i < end; i++ {
			x := picked[i]
			d, err := posteriors[x].KL(standard)
			if err != nil {
				failed.set(words.Errorf("posterior %d: %w", x, err))
				return
			}
			t.closed[i] = d
			rng := rand.New(rand.NewPCG(seed, 1+uint64(x)))
			own[i-first] = q.draw(z.row(i-first), x, rng)
		}
		all := q.logAggregate(z, own)
		for i := first; i < end; i++ {
			prior := logStandard(z.row(i - first))
			t.information[i] = own[i-first] - all[i-first]
			t.marginal[i] = all[i-first] - prior
			t.residual[i] = own[i-first] - prior - t.closed[i]
		}
		for j, q := range each {
			q.marginal(t.byDimension[j][first:end], z, picked[first:end])
		}
	})
	return t, failed.error
}

func (t splitTerms) summary() (KLSplit, error) {
	s := KLSplit{Ceiling: math.Log(float64(t.n))}
	for _, e := range []struct {
		to   *kl.Estimate
		from []float64
	}{{&s.KL, t.closed}, {&s.Information, t.information}, {&s.Marginal, t.marginal}, {&s.Residual, t.residual}} {
		var err error
		if *e.to, err = Mean(e.from); err != nil {
			return KLSplit{}, err
		}
	}
	return s, nil
}

// draw fills z with a draw from posterior x, and gives its log-density there.
func (q posteriors) draw(z []float64, x int, rng *rand.Rand) float64 {
	log := q.constant[x]
	mean, precision := q.mean.row(x), q.precision.row(x)
	for j := range z {
		e := rng.NormFloat64()
		z[j] = mean[j] + e/precision[j]
		log -= 0.5 * e * e
	}
	return log
}

// logAggregate is log q(z) = log (1/n) Σₓ q(z|x) for each code, by log-sum-exp. start is one of the n terms' logarithm
// (that of the posterior that the code came from): a first guess of the largest.
func (q posteriors) logAggregate(z points, start []float64) []float64 {
	most, sum := append([]float64(nil), start...), make([]float64, z.n)
	for x := range q.constant {
		constant, mean, precision := q.constant[x], q.mean.row(x), q.precision.row(x)
		for i := range z.n {
			// A term e^−45 times as large as the largest is below the last digit, even 10,000 of them.
			log := constant - 0.5*scaled(z.row(i), mean, precision, 2*(constant-most[i]+45))
			switch {
			case log > most[i]:
				sum[i], most[i] = sum[i]*math.Exp(most[i]-log)+1, log
			case log > most[i]-45:
				sum[i] += math.Exp(log - most[i])
			}
		}
	}
	logN := math.Log(float64(len(q.constant)))
	for i := range sum {
		most[i] += math.Log(sum[i]) - logN
	}
	return most
}

// scaled is Σ ((z − μ)/σ)², or some number above limit where that is.
func scaled(z, mean, precision []float64, limit float64) float64 {
	sum := 0.0
	for len(z) >= 4 && len(mean) >= 4 && len(precision) >= 4 {
		d0, d1 := (z[0]-mean[0])*precision[0], (z[1]-mean[1])*precision[1]
		d2, d3 := (z[2]-mean[2])*precision[2], (z[3]-mean[3])*precision[3]
		sum += (d0*d0 + d1*d1) + (d2*d2 + d3*d3)
		if sum > limit {
			return sum
		}
		z, mean, precision = z[4:], mean[4:], precision[4:]
	}
	mean, precision = mean[:len(z)], precision[:len(z)]
	for i, x := range z {
		d := (x - mean[i]) * precision[i]
		sum += d * d
	}
	return sum
}

// logStandard is log p(z), p = N(0, I).
func logStandard(z []float64) float64 {
	log := -0.5 * float64(len(z)) * math.Log(2*math.Pi)
	for _, x := range z {
		log -= 0.5 * x * x
	}
	return log
}
