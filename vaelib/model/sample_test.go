package model_test

import (
	"math"
	"testing"

	. "github.com/gomlx/gomlx/core/graph"
	"gonum.org/v1/gonum/stat"

	"vaelab/vaelib/model"
)

// 20,000 samples have the mean μ and the spread σ that were asked for, within five standard errors.
func TestSampleHasTheMeanAndSpread(t *testing.T) {
	const n, mean, sigma = 20_000, 1.5, 0.4
	rng := seeded(6)
	noise := grid(n, 1, rng.NormFloat64)
	means := grid(n, 1, func() float64 { return mean })
	logVar := grid(n, 1, func() float64 { return 2 * math.Log(sigma) })
	on(t, func(t *testing.T, compute computer) {
		z := compute(func(in []*Node) []*Node { return []*Node{model.Sample(in[0], in[1], in[2])} }, means, logVar, noise)[0]
		m, s := stat.MeanStdDev(z, nil)
		if e := sigma / math.Sqrt(n); math.Abs(m-mean) > 5*e {
			t.Errorf("the mean is %v, want %v ± %v", m, mean, e)
		}
		if e := sigma / math.Sqrt(2*n); math.Abs(s-sigma) > 5*e {
			t.Errorf("the spread is %v, want %v ± %v", s, sigma, e)
		}
	})
}

// Gradients pass through the sample: ∂z/∂μ = 1 and ∂z/∂s = ½ σ ε.
func TestSampleGradients(t *testing.T) {
	mean, logVar, noise := [][]float32{{0, 1, -2}}, [][]float32{{0, -4, 2}}, [][]float32{{1, -0.5, 0.25}}
	want := make([]float64, 3)
	for j := range want {
		want[j] = 0.5 * math.Exp(float64(logVar[0][j])/2) * float64(noise[0][j])
	}
	on(t, func(t *testing.T, compute computer) {
		got := compute(func(in []*Node) []*Node {
			return Gradient(ReduceAllSum(model.Sample(in[0], in[1], in[2])), in[0], in[1])
		}, mean, logVar, noise)
		close32(t, "∂z/∂μ", got[0], []float64{1, 1, 1})
		close32(t, "∂z/∂s", got[1], want)
	})
}
