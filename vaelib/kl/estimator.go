package kl

import (
	"math"
	"slices"

	"vaelab/vaelib/internal/bulkmath"
	"vaelab/vaelib/words"
)

// Estimator is a mean over random samples whose expectation is the number sought. Make one with [LogRatio],
// [LowVariance], [Importance] or [Expectation]; draw with [Estimator.Estimate], [Estimator.Running] or [Estimator.Terms].
// The zero Estimator is empty, and answers these with an error.
type Estimator struct {
	from     Sampler // what x is drawn from; see ratios.draws
	terms    func(b *block)
	weighted bool
	err      error // what is wrong with the densities, told when the estimator is asked
}

// LogRatio estimates D_KL(q ‖ p) by the mean of log q(x) − log p(x) over x ~ q: the definition, sampled. It is
// unbiased; single terms can be negative. (k1 in J. Schulman, "Approximating KL Divergence", 2020.)
func LogRatio(q Sampler, p Density) Estimator {
	r := newRatios(q, p)
	ratio := r.log(q, p, nats)
	return Estimator{from: r.draws(), err: check(q, p), terms: func(b *block) { ratio(b.term, b.spare, b.x) }}
}

// LowVariance estimates D_KL(q ‖ p) by the mean of (r − 1) − log r over x ~ q, where r = p(x)/q(x). As E_q[r] = 1 it
// has the same expectation as LogRatio, and no term is negative. Near q = p its spread is far smaller.
// (k3 in J. Schulman, "Approximating KL Divergence", 2020.)
//
// It is no gift everywhere: r must have a variance under q. For two normal distributions it has one only if
// σq² > ½σp²; below that the standard error means nothing. And r must have the mean 1: q must not be 0 where p isn't.
func LowVariance(q Sampler, p Density) Estimator {
	r := newRatios(q, p)
	ratio := r.log(p, q, bits)
	return Estimator{from: r.draws(), err: check(q, p), terms: func(b *block) {
		term, inBits := b.term, b.spare[:len(b.term)]
		ratio(inBits, term, b.x)
		// The exact form is needed only where all terms are small; where one is not, the rounding of the others is
		// lost in the mean, and the plain form takes half the time.
		if !slices.ContainsFunc(inBits, func(l float64) bool { return math.Abs(l) > 0.7 }) {
			for i, l := range inBits {
				term[i] = expMinus(l * math.Ln2)
			}
			return
		}
		bulkmath.Exp2(term, inBits)
		for i, l := range inBits {
			term[i] = term[i] - 1 - l*math.Ln2
		}
	}}
}

// Importance estimates D_KL(q ‖ p) from samples of another distribution: the mean of w·(log q(x) − log p(x)) over
// x ~ proposal, where the weight w = q(x)/proposal(x) makes up for the wrong source. It is unbiased if the proposal has
// density wherever q has. Where it is much narrower than q, a few heavy weights carry everything: the estimate's ESS tells.
func Importance(q, p Density, proposal Sampler) Estimator {
	r := newRatios(proposal, q, p)
	logWeight, weighted := r.log(q, proposal, bits), r.weighted(q, p)
	err := check(q, p)
	if err == nil {
		err = checkOne("proposal", proposal)
	}
	return Estimator{from: r.draws(), err: err, weighted: true, terms: func(b *block) {
		logWeight(b.weight, b.spare, b.x)
		bulkmath.Exp2(b.weight, b.weight)
		weighted(b.term, b.weight, b.spare, b.x)
	}}
}

// Expectation estimates E_q[f(x)]: it checks any line of a derivation by a number. Several cores call f at once, so it
// should only compute.
func Expectation(q Sampler, f func(x float64) float64) Estimator {
	err := checkOne("q", q)
	if err == nil && f == nil {
		err = words.Errorf("the function is nil: say what to take the expectation of")
	}
	return Estimator{from: q, err: err, terms: func(b *block) {
		for i, x := range b.x {
			b.term[i] = f(x)
		}
	}}
}

// logProbs gives a density's log-density for many x at once; what doesn't depend on x is computed only once.
func logProbs(d Density) func(dst, x []float64) {
	switch d := d.(type) {
	case Normal:
		constant, precision := d.LogProb(d.Mu), 1/d.Sigma
		return func(dst, x []float64) {
			for i, x := range x {
				u := (x - d.Mu) * precision
				dst[i] = constant - 0.5*u*u
			}
		}
	case Mixture:
		return d.logProbs()
	default:
		return func(dst, x []float64) {
			for i, x := range x {
				dst[i] = d.LogProb(x)
			}
		}
	}
}
