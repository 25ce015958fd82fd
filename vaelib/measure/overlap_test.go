package measure_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
)

func TestBhattacharyyaAgainstQuadrature(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	for range 20 {
		dim := 1 + rng.IntN(5)
		q, p := kl.StandardDiagonal(dim), kl.StandardDiagonal(dim)
		want := 1.0
		for i := range dim {
			q.Mu[i], p.Mu[i] = rng.NormFloat64(), rng.NormFloat64()
			q.Sigma[i], p.Sigma[i] = math.Exp(rng.NormFloat64()/2), math.Exp(rng.NormFloat64()/2)
			a, b := q.At(i), p.At(i)
			want *= quad.Fixed(func(z float64) float64 { return math.Exp((a.LogProb(z) + b.LogProb(z)) / 2) }, -40, 40, 4000, nil, 1)
		}
		got := must[float64](t)(measure.Bhattacharyya(q, p))
		near(t, "overlap", got, want, 1e-9)
		near(t, "overlap the other way", must[float64](t)(measure.Bhattacharyya(p, q)), got, 1e-15)
		near(t, "overlap with itself", must[float64](t)(measure.Bhattacharyya(q, q)), 1, 0)
	}
	one := kl.Diagonal{Mu: []float64{0}, Sigma: []float64{1e200}}
	near(t, "huge spreads", must[float64](t)(measure.Bhattacharyya(one, kl.Diagonal{Mu: []float64{2e200}, Sigma: []float64{1e200}})), math.Exp(-0.5), 1e-15)
	near(t, "far apart", must[float64](t)(measure.Bhattacharyya(kl.Diagonal{Mu: []float64{0}, Sigma: []float64{1e-9}}, kl.Diagonal{Mu: []float64{1}, Sigma: []float64{1e-9}})), 0, 0)
}

// Means at 0, 1 and 5, all of spread 1: the neighbours are 1, 0 and 1.
func TestOverlaps(t *testing.T) {
	posteriors := must[[]kl.Diagonal](t)(measure.Posteriors(column(0, 1, 5), column(0, 0, 0)))
	onCores(func(int) {
		got := must[[]float64](t)(measure.Overlaps(posteriors))
		for i, want := range []float64{math.Exp(-1.0 / 8), math.Exp(-1.0 / 8), math.Exp(-16.0 / 8)} {
			near(t, "overlap", got[i], want, 1e-15)
		}
	})
}

func TestOverlapRefuses(t *testing.T) {
	one, two := kl.StandardDiagonal(1), kl.StandardDiagonal(2)
	pair := func(q, p kl.Diagonal) error { _, err := measure.Bhattacharyya(q, p); return err }
	all := func(q ...kl.Diagonal) error { _, err := measure.Overlaps(q); return err }
	refused(t, []refusal{
		{"q has 1 dimensions and p 2", pair(one, two)},
		{"q: Mu and Sigma are empty", pair(kl.Diagonal{}, two)},
		{"p: dimension 0: Sigma is -1", pair(one, kl.Diagonal{Mu: []float64{0}, Sigma: []float64{-1}})},
		{"1 posteriors: at least 2", all(one)},
		{"posterior 1 has 2 dimensions", all(one, two)},
		{"posterior 1: dimension 0: Mu is NaN", all(one, kl.Diagonal{Mu: []float64{math.NaN()}, Sigma: []float64{1}})},
	})
}
