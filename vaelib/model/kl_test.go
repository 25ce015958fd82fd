package model_test

import (
	"math"
	"testing"

	. "github.com/gomlx/gomlx/core/graph"
	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/model"
)

func klGraph(in []*Node) []*Node { return []*Node{model.KLToStandardNormal(in[0], in[1])} }

func TestKLOfKnownPosteriors(t *testing.T) {
	cases := []struct{ mean, logVar, nats float64 }{
		{0, 0, 0},        // the prior itself
		{2, 0, 2},        // ½ μ²
		{-2, 0, 2},       // the sign of μ doesn't count
		{0, 2, 2.194528}, // σ = e: ½ (e² − 1 − 2)
		{0, -1, 0.18394}, // ½ (1/e − 1 + 1); reading s as log σ would give 0.5677
		{1, 0, 0.5},
		{3, -10, 9.0000227},
	}
	on(t, func(t *testing.T, compute computer) {
		for _, c := range cases {
			got := compute(klGraph, [][]float32{{float32(c.mean)}}, [][]float32{{float32(c.logVar)}})
			close32(t, "KL", got[0], []float64{c.nats})
		}
	})
}

// Against gonum's own closed form between two normal distributions, summed over dimensions, one value an image.
func TestKLAgainstDistuv(t *testing.T) {
	rng := seeded(1)
	const images, latent = 40, 5
	mean := grid(images, latent, func() float64 { return 3 * rng.NormFloat64() })
	logVar := grid(images, latent, func() float64 { return 20*rng.Float64() - 10 })
	want := make([]float64, images)
	for i := range want {
		for j := range latent {
			posterior := distuv.Normal{Mu: float64(mean[i][j]), Sigma: math.Exp(float64(logVar[i][j]) / 2)}
			want[i] += distuv.KullbackLeibler{}.DistNormal(posterior, distuv.UnitNormal)
		}
	}
	on(t, func(t *testing.T, compute computer) {
		close32(t, "KL of image", compute(klGraph, mean, logVar)[0], want)
	})
}

// Against the definition, ∫ q (log q − log p), by quadrature.
func TestKLAgainstItsIntegral(t *testing.T) {
	on(t, func(t *testing.T, compute computer) {
		for _, c := range [][2]float64{{0, 0}, {1.5, -2}, {-0.5, 1}, {2, 2}} {
			q := distuv.Normal{Mu: c[0], Sigma: math.Exp(c[1] / 2)}
			integrand := func(z float64) float64 { return q.Prob(z) * (q.LogProb(z) - distuv.UnitNormal.LogProb(z)) }
			want := quad.Fixed(integrand, q.Mu-12*q.Sigma, q.Mu+12*q.Sigma, 400, nil, 0)
			got := compute(klGraph, [][]float32{{float32(c[0])}}, [][]float32{{float32(c[1])}})
			close32(t, "KL", got[0], []float64{want})
		}
	})
}

// ∂KL/∂μ = μ and ∂KL/∂s = ½ (e^s − 1).
func TestKLGradients(t *testing.T) {
	rng := seeded(2)
	mean := grid(6, 3, func() float64 { return 2 * rng.NormFloat64() })
	logVar := grid(6, 3, func() float64 { return 20*rng.Float64() - 10 })
	var wantMean, wantLogVar []float64
	for i := range mean {
		for j := range mean[i] {
			wantMean = append(wantMean, float64(mean[i][j]))
			wantLogVar = append(wantLogVar, 0.5*math.Expm1(float64(logVar[i][j])))
		}
	}
	on(t, func(t *testing.T, compute computer) {
		got := compute(func(in []*Node) []*Node {
			return Gradient(ReduceAllSum(model.KLToStandardNormal(in[0], in[1])), in[0], in[1])
		}, mean, logVar)
		close32(t, "∂KL/∂μ", got[0], wantMean)
		close32(t, "∂KL/∂s", got[1], wantLogVar)
	})
}
