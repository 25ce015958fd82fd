package measure_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
)

func TestFitGaussian(t *testing.T) {
	g := must[measure.Gaussian](t)(measure.FitGaussian([][]float64{{1, 10}, {2, 14}, {3, 12}}))
	for i, want := range []float64{2, 12} {
		near(t, "mean", g.Mean[i], want, 1e-15)
	}
	for _, c := range []struct {
		i, j int
		want float64
	}{{0, 0, 1}, {0, 1, 1}, {1, 1, 4}} {
		near(t, "covariance", g.Covariance.At(c.i, c.j), c.want, 1e-14)
	}
}

// What is drawn has the mean and the covariance that were asked for: each as an estimate with its standard error.
func TestGaussianSample(t *testing.T) {
	g := measure.Gaussian{
		Mean:       []float64{1, -2, 5},
		Covariance: mat.NewSymDense(3, []float64{4, 1.5, 0, 1.5, 1, 0, 0, 0, 0}), // the last dimension never changes
	}
	rows := must[[][]float64](t)(g.Sample(20_000, 7))
	agrees := func(what string, exact float64, f func(x []float64) float64) {
		t.Helper()
		terms := make([]float64, len(rows))
		for i, row := range rows {
			terms[i] = f(row)
		}
		v := must[kl.Verdict](t)(must[kl.Estimate](t)(measure.Mean(terms)).Agrees(exact, 1e-4))
		if !v.Agree {
			t.Errorf("%s: %v", what, v)
		}
	}
	for i := range 2 {
		agrees("mean", g.Mean[i], func(x []float64) float64 { return x[i] })
		for j := range 2 {
			agrees("covariance", g.Covariance.At(i, j), func(x []float64) float64 { return (x[i] - g.Mean[i]) * (x[j] - g.Mean[j]) })
		}
	}
	// Not only its moments: below its 10% quantile lies a tenth.
	tenth := distuv.Normal{Mu: 1, Sigma: 2}.Quantile(0.1)
	agrees("share", 0.1, func(x []float64) float64 {
		if x[0] < tenth {
			return 1
		}
		return 0
	})
	for _, row := range rows {
		near(t, "the dimension without spread", row[2], 5, 1e-9)
	}
	if few := must[[][]float64](t)(g.Sample(10, 7)); !reflect.DeepEqual(few, rows[:10]) {
		t.Error("10 points of the same seed are not the first 10 of many")
	}
	if other := must[[][]float64](t)(g.Sample(1, 8)); reflect.DeepEqual(other[0], rows[0]) {
		t.Error("another seed draws the same")
	}
}

func diagonal(mean []float64, variance ...float64) measure.Gaussian {
	g := measure.Gaussian{Mean: mean, Covariance: mat.NewSymDense(len(variance), nil)}
	for i, v := range variance {
		g.Covariance.SetSym(i, i, v)
	}
	return g
}

func TestFrechetKnown(t *testing.T) {
	frechet := func(a, b measure.Gaussian) float64 { return must[float64](t)(measure.Frechet(a, b)) }
	// In one dimension, and so in each of several independent ones: (μa − μb)² + (σa − σb)².
	near(t, "one dimension", frechet(diagonal([]float64{3}, 4), diagonal([]float64{-1}, 25)), 16+9, 1e-12)
	near(t, "three dimensions", frechet(diagonal([]float64{1, 2, 3}, 1, 4, 9), diagonal([]float64{1, 0, 0}, 4, 4, 0)), 0+4+9+1+0+9, 1e-12)
	rng := rand.New(rand.NewPCG(3, 4))
	for range 30 {
		a, b := random(rng, 2), random(rng, 2)
		// Of 2×2 matrices, tr √M = √(tr M + 2 √det M): no eigenvectors are needed.
		var m mat.Dense
		m.Mul(a.Covariance, b.Covariance)
		shift := math.Pow(a.Mean[0]-b.Mean[0], 2) + math.Pow(a.Mean[1]-b.Mean[1], 2)
		want := shift + mat.Trace(a.Covariance) + mat.Trace(b.Covariance) - 2*math.Sqrt(mat.Trace(&m)+2*math.Sqrt(mat.Det(&m)))
		near(t, "two dimensions", frechet(a, b), want, 1e-9)
		near(t, "the way back", frechet(b, a), want, 1e-9)
	}
	for range 10 {
		a := random(rng, 30)
		near(t, "itself", frechet(a, a), 0, 1e-11)
		// Three times as wide: each point moves by 2 (x − μ), so 2² tr Σ.
		wide := measure.Gaussian{Mean: a.Mean, Covariance: mat.NewSymDense(30, nil)}
		wide.Covariance.ScaleSym(9, a.Covariance)
		near(t, "three times as wide", frechet(a, wide), 4*mat.Trace(a.Covariance), 1e-9)
	}
	rows := normal(1, 40, 60, 0, 1) // fewer than dimensions: a singular covariance
	near(t, "a set and itself", must[float64](t)(measure.FrechetOf(rows, rows)), 0, 1e-11)
	moved := make([][]float64, len(rows))
	for i, row := range rows {
		moved[i] = append([]float64{row[0] + 3}, row[1:]...)
	}
	near(t, "a set and itself moved", must[float64](t)(measure.FrechetOf(rows, moved)), 9, 1e-11)
}

func random(rng *rand.Rand, n int) measure.Gaussian {
	g := measure.Gaussian{Mean: make([]float64, n), Covariance: mat.NewSymDense(n, nil)}
	a := mat.NewDense(n, n, nil)
	for i := range n {
		g.Mean[i] = rng.NormFloat64()
		for j := range n {
			a.Set(i, j, rng.NormFloat64())
		}
	}
	g.Covariance.SymOuterK(1, a)
	return g
}

func TestGaussianRefuses(t *testing.T) {
	fit := func(rows [][]float64) error { _, err := measure.FitGaussian(rows); return err }
	frechet := func(a, b measure.Gaussian) error { _, err := measure.Frechet(a, b); return err }
	of := func(a, b [][]float64) error { _, err := measure.FrechetOf(a, b); return err }
	draw := func(g measure.Gaussian, n int) error { _, err := g.Sample(n, 1); return err }
	one, two := diagonal([]float64{0}, 1), diagonal([]float64{0, 0}, 1, 1)
	refused(t, []refusal{
		{"1 rows: at least 2", fit(column(1))},
		{"is NaN", fit(column(1, math.NaN()))},
		{"real: the list", of(column(1), column(1, 2))},
		{"generated: the list", of(column(1, 2), nil)},
		{"a has 1 dimensions and b 2", frechet(one, two)},
		{"a: Mean is empty", frechet(measure.Gaussian{}, one)},
		{"b: Covariance is empty", frechet(one, measure.Gaussian{Mean: []float64{0}})},
		{"b: Mean has 1 dimensions and Covariance 2", frechet(one, measure.Gaussian{Mean: []float64{0}, Covariance: two.Covariance})},
		{"a: Mean[0] is +Inf", frechet(diagonal([]float64{math.Inf(1)}, 1), one)},
		{"b: Covariance[0, 0] is NaN", frechet(one, diagonal([]float64{0}, math.NaN()))},
		{"a: the matrix is no covariance: one direction has the variance -1", frechet(diagonal([]float64{0}, -1), one)},
		{"too large", frechet(diagonal([]float64{1e200}, 1), one)},
		{"no covariance", draw(diagonal([]float64{0, 0}, 1, -0.5), 3)},
		{"-1 points", draw(one, -1)},
		{"too far apart for a float64", fit(column(1e200, -1e200))},
	})
}
