package kl

import (
	"math"
	"math/rand/v2"

	"vaelab/vaelib/words"
)

// Density is a distribution on the line with a known log-density, in nats. gonum's stat/distuv types are Densities.
//
// An [Estimator] calls LogProb on several cores at once, so it must only compute. A nil Density is an error, and NaN to
// [Integrand].
type Density interface {
	LogProb(x float64) float64
}

// Sampler is a [Density] that can be drawn from: Sample fills dst with independent values, one after the other, from rng
// and nothing else. Several cores call it at once, each with an rng of its own.
type Sampler interface {
	Density
	Sample(dst []float64, rng *rand.Rand)
}

// Distribution is a [Density] that knows where its mass lies: Quantile(u) is the value that a draw is below with
// probability u. gonum's continuous stat/distuv types are Distributions. A Sampler that [Inverse] makes calls Quantile on
// several cores at once, so it must only compute.
type Distribution interface {
	Density
	Quantile(u float64) float64
}

// Inverse makes a Sampler of a Distribution that has no Sample of its own, by inversion: x = Quantile(U),
// U uniform on (0, 1).
func Inverse(d Distribution) Sampler { return inverse{d} }

type inverse struct{ Distribution }

func (d inverse) Sample(dst []float64, rng *rand.Rand) {
	for i := range dst {
		dst[i] = d.Quantile((float64(rng.Uint64()>>12) + 0.5) / (1 << 52)) // never 0 and never 1
	}
}

func (d inverse) Validate() error {
	if d.Distribution == nil {
		return words.Errorf("there is no distribution to invert: Inverse was given nil")
	}
	if v, ok := d.Distribution.(validator); ok {
		return v.Validate()
	}
	return nil
}

// Integrand is q(x) log(q(x)/p(x)), the curve whose area is D_KL(q ‖ p); in nats for each unit of x. It is negative
// where p is above q; its whole area never is. It is 0 where q(x) = 0, and +Inf where p(x) = 0 but q(x) isn't; NaN if q or p
// is nil.
func Integrand(q, p Density, x float64) float64 {
	if q == nil || p == nil {
		return math.NaN()
	}
	logQ := q.LogProb(x)
	if math.IsInf(logQ, -1) {
		return 0
	}
	return math.Exp(logQ) * (logQ - p.LogProb(x))
}
