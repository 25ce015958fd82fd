package kl_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"vaelab/vaelib/kl"
)

// plain is a normal distribution that the estimators don't know to be one: they ask it for each LogProb.
type plain struct{ kl.Normal }

func TestNormalsGiveWhatTheirLogProbsGive(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	draw := func() kl.Normal { return kl.Normal{Mu: 2 * rng.NormFloat64(), Sigma: math.Exp(rng.NormFloat64())} }
	for seed := range uint64(50) {
		q, p, from := draw(), draw(), draw()
		for name, pair := range map[string][2]kl.Estimator{
			"LogRatio":    {kl.LogRatio(q, p), kl.LogRatio(plain{q}, p)},
			"LowVariance": {kl.LowVariance(q, p), kl.LowVariance(plain{q}, p)},
			"Importance":  {kl.Importance(q, p, from), kl.Importance(plain{q}, p, from)},
		} {
			got, want := must[[]float64](t)(pair[0].Terms(1000, seed)), must[[]float64](t)(pair[1].Terms(1000, seed))
			for i := range got {
				// Rounding is relative to the largest logarithm; an exponential passes it on.
				if size := 1 + math.Abs(want[i]); math.Abs(got[i]-want[i]) > 1e-10*size {
					t.Errorf("%s, q %v, p %v, from %v: term %d is %v, not %v", name, q, p, from, i, got[i], want[i])
				}
			}
		}
	}
}

// With equal spreads log q − log p = d·ε + ½d²: at d = 10⁻⁹, a difference of two logarithms has 7 digits of it.
func TestLogRatioKeepsItsDigitsNearZero(t *testing.T) {
	q, p := kl.Normal{Mu: 1e-9, Sigma: 2}, kl.Normal{Mu: 0, Sigma: 2}
	d := q.Mu / p.Sigma
	rng := rand.New(rand.NewPCG(4, 0))
	for i, got := range must[[]float64](t)(kl.LogRatio(q, p).Terms(1000, 4)) {
		if want := d*rng.NormFloat64() + 0.5*d*d; math.Abs(got-want) > 1e-14*math.Abs(want) {
			t.Errorf("term %d is %v, want %v", i, got, want)
		}
	}
}
