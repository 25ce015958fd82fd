package kl

import (
	"math"
	"math/rand/v2"
)

// Normal is the distribution N(μ, σ²) on the line. Sigma is the standard deviation σ, not the variance. The zero Normal
// has no spread: [Normal.Validate] refuses it, and so does every method that gives an error. The other methods answer all
// the same, and what they give means nothing: for the zero Normal, NaN from LogProb and Prob, 0 or 1 from CDF (at 0 NaN),
// and nothing but 0 from Sample.
type Normal struct{ Mu, Sigma float64 }

// Standard is N(0, 1), the prior of a VAE's code in each dimension.
var Standard = Normal{Mu: 0, Sigma: 1}

// FromLogVar gives the N(μ, σ²) that an encoder means by μ and s = log σ²: σ = exp(s/2). The half is easily
// forgotten: exp(s) is the variance. A log-variance too large or too small for float64 gives a Sigma of +Inf or 0,
// which [Normal.Validate] refuses, and so does every method that gives an error; see [Normal] for the others.
func FromLogVar(mu, logVar float64) Normal { return Normal{Mu: mu, Sigma: math.Exp(logVar / 2)} }

// LogVar is log σ².
func (q Normal) LogVar() float64 { return 2 * math.Log(q.Sigma) }

// Validate reports a mean that isn't finite or a spread that isn't positive.
func (q Normal) Validate() error {
	if err := finite("Mu", q.Mu); err != nil {
		return err
	}
	return positive("Sigma", q.Sigma)
}

// LogProb is the log-density at x,
//
//	log q(x) = −½((x − μ)/σ)² − log σ − ½ log 2π.
func (q Normal) LogProb(x float64) float64 {
	u := (x - q.Mu) / q.Sigma
	return -0.5*u*u - math.Log(q.Sigma) - halfLog2Pi
}

const halfLog2Pi = 0.91893853320467274178032973640561763986139747363778341

// Prob is the density at x, in 1 over the unit of x.
func (q Normal) Prob(x float64) float64 { return math.Exp(q.LogProb(x)) }

// CDF is the probability of a value of x or less.
func (q Normal) CDF(x float64) float64 { return 0.5 * math.Erfc((q.Mu-x)/(q.Sigma*math.Sqrt2)) }

// Quantile is the x with CDF(x) = u.
func (q Normal) Quantile(u float64) float64 { return q.Mu - q.Sigma*math.Sqrt2*math.Erfcinv(2*u) }

// Sample fills dst with independent draws μ + σε, ε ~ N(0, 1): the reparametrisation that a VAE samples with.
func (q Normal) Sample(dst []float64, rng *rand.Rand) {
	for i := range dst {
		dst[i] = q.Mu + q.Sigma*rng.NormFloat64()
	}
}

// Entropy is −E_q[log q] = ½ log(2πe σ²), in nats. It can be negative: a density can be above 1.
func (q Normal) Entropy() (float64, error) {
	if err := q.Validate(); err != nil {
		return 0, err
	}
	return 0.5 + halfLog2Pi + math.Log(q.Sigma), nil
}

// CrossEntropy is −E_q[log p] = ½((μq − μp)² + σq²)/σp² + ½ log(2πσp²), in nats.
// D_KL(q ‖ p) = CrossEntropy − Entropy; KL computes it without that subtraction.
func (q Normal) CrossEntropy(p Normal) (float64, error) {
	if err := check(q, p); err != nil {
		return 0, err
	}
	d, r := (q.Mu-p.Mu)/p.Sigma, q.Sigma/p.Sigma
	return notOverflown(0.5*(d*d+r*r) + halfLog2Pi + math.Log(p.Sigma))
}
