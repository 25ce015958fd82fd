package measure_test

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
)

func split(t *testing.T, posteriors []kl.Diagonal, images int) measure.KLSplit {
	t.Helper()
	s := must[measure.KLSplit](t)(measure.SplitKL(posteriors, images, 1))
	agrees(t, "Information + Marginal − KL", s.Residual, 0)
	near(t, "the sum", s.Information.Value+s.Marginal.Value, s.KL.Value+s.Residual.Value, 1e-9)
	near(t, "the ceiling", s.Ceiling, math.Log(float64(len(posteriors))), 1e-12)
	return s
}

// A linear-Gaussian encoder: x ~ N(0, I), and q(z|x) = N(a x, s²) in each dimension. Then q(z) = N(0, a² + s²), the
// mutual information is Σ ½ log(1 + a²/s²), and KL(q(z) ‖ p(z)) is that of two normal distributions.
func TestLinearGaussianEncoder(t *testing.T) {
	a, s := []float64{0.9, 0.5, 0}, []float64{0.6, 0.8, 1}
	rng := rand.New(rand.NewPCG(1, 2))
	posteriors := make([]kl.Diagonal, 6000)
	for i := range posteriors {
		q := kl.Diagonal{Mu: make([]float64, 3), Sigma: s}
		for j := range a {
			q.Mu[j] = a[j] * rng.NormFloat64()
		}
		posteriors[i] = q
	}
	// In order of what each costs: whoever picks the first few sees only cheap ones.
	slices.SortFunc(posteriors, func(p, q kl.Diagonal) int { return cmp.Compare(math.Abs(p.Mu[0]), math.Abs(q.Mu[0])) })
	information, marginal := 0.0, 0.0
	for j := range a {
		information += 0.5 * math.Log1p(a[j]*a[j]/(s[j]*s[j]))
		marginal += must[float64](t)(kl.Normal{Mu: 0, Sigma: math.Hypot(a[j], s[j])}.KL(kl.Standard))
	}
	got := split(t, posteriors, len(posteriors))
	agrees(t, "information", got.Information, information)
	agrees(t, "marginal", got.Marginal, marginal)
	agrees(t, "mean KL", got.KL, information+marginal)
	if got.Information.StdErr > 0.02 {
		t.Errorf("the standard error is %v: too large to tell anything", got.Information.StdErr)
	}
	// A tenth of the images, against all posteriors: the same numbers, less surely.
	few := split(t, posteriors, 600)
	agrees(t, "information by 600 images", few.Information, information)
	agrees(t, "marginal by 600 images", few.Marginal, marginal)
	agrees(t, "mean KL of 600 images", few.KL, information+marginal)
}

// Two posteriors, many times over: the aggregate is a mixture of two, which numerical integration knows.
func TestSplitAgainstQuadrature(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	pair := []kl.Normal{{Mu: -0.8, Sigma: 0.5}, {Mu: 1, Sigma: 0.9}}
	mixture := kl.Mixture{Weights: []float64{1, 1}, Components: pair}
	information := 0.0
	var posteriors []kl.Diagonal
	for _, q := range pair {
		information += must[float64](t)(kl.Quadrature(q, mixture)) / 2
		posteriors = append(posteriors, slices.Repeat([]kl.Diagonal{{Mu: []float64{q.Mu}, Sigma: []float64{q.Sigma}}}, 3000)...)
	}
	s := split(t, posteriors, len(posteriors))
	agrees(t, "information", s.Information, information)
	agrees(t, "marginal", s.Marginal, must[float64](t)(kl.Quadrature(mixture, kl.Standard)))
}

func TestSplitAtItsEnds(t *testing.T) {
	// Posteriors that don't overlap: a code tells which of the n images it was, log n nats.
	apart := make([]kl.Diagonal, 500)
	for i := range apart {
		apart[i] = kl.Diagonal{Mu: []float64{float64(i), 3}, Sigma: []float64{1e-6, 1e-6}}
	}
	s := split(t, apart, 500)
	near(t, "information of codes apart", s.Information.Value, math.Log(500), 1e-9)
	// A collapsed encoder: the code tells nothing, and costs nothing.
	collapsed := slices.Repeat([]kl.Diagonal{kl.StandardDiagonal(4)}, 500)
	s = split(t, collapsed, 500)
	near(t, "information of a collapsed encoder", s.Information.Value, 0, 1e-12)
	near(t, "its marginal", s.Marginal.Value, 0, 1e-12)
	near(t, "its KL", s.KL.Value, 0, 0)
	// All codes in one place, but not the prior's: still no information, and the whole KL is the marginal's.
	aside := slices.Repeat([]kl.Diagonal{{Mu: []float64{2}, Sigma: []float64{0.5}}}, 5000)
	s = split(t, aside, 5000)
	near(t, "information of one place", s.Information.Value, 0, 1e-12)
	agrees(t, "its marginal", s.Marginal, must[float64](t)(kl.Normal{Mu: 2, Sigma: 0.5}.KL(kl.Standard)))
}

func TestSplitIsSeeded(t *testing.T) {
	var posteriors []kl.Diagonal
	for _, mean := range normal(3, 300, 5, 0, 1) {
		posteriors = append(posteriors, kl.Diagonal{Mu: mean, Sigma: []float64{0.1, 0.2, 0.5, 1, 2}})
	}
	want := split(t, posteriors, 200)
	onCores(func(cores int) {
		if got := split(t, posteriors, 200); got != want {
			t.Errorf("on %d cores: %v, want %v", cores, got, want)
		}
	})
	if got := must[measure.KLSplit](t)(measure.SplitKL(posteriors, 200, 2)); got == want {
		t.Error("another seed gives the same")
	}
}

func TestActiveUnits(t *testing.T) {
	// Variances 1, 0.01 − a little, 0.01 + a little, 0.
	means := [][]float64{{0, 0, 0, 7}, {1, 0.0999, 0.1001, 7}, {2, 0.1998, 0.2002, 7}}
	active, variance, err := measure.ActiveUnits(means)
	if err != nil || active != 2 {
		t.Errorf("%d units are active (%v), want 2", active, err)
	}
	for i, want := range []float64{1, 0.0999 * 0.0999, 0.1001 * 0.1001, 0} {
		near(t, "variance", variance[i], want, 1e-15)
	}
}

func TestMean(t *testing.T) {
	e := must[kl.Estimate](t)(measure.Mean([]float64{1, 2, 3, 6}))
	near(t, "mean", e.Value, 3, 1e-15)
	near(t, "standard error", e.StdErr, math.Sqrt(14.0/3/4), 1e-15)
	if e.N != 4 || e.ESS != 4 {
		t.Errorf("%d values with an effective number of %v", e.N, e.ESS)
	}
}

func TestAggregateRefuses(t *testing.T) {
	one := kl.StandardDiagonal(1)
	divide := func(images int, q ...kl.Diagonal) error { _, err := measure.SplitKL(q, images, 1); return err }
	units := func(means [][]float64) error { _, _, err := measure.ActiveUnits(means); return err }
	mean := func(x ...float64) error { _, err := measure.Mean(x); return err }
	refused(t, []refusal{
		{"1 posteriors: at least 2", divide(1, one)},
		{"0 posteriors", divide(2)},
		{"images is 1", divide(1, one, one)},
		{"images is 3", divide(3, one, one)},
		{"posterior 1 has 2 dimensions", divide(2, one, kl.StandardDiagonal(2))},
		{"posterior 0: dimension 0: Sigma is 0", divide(2, kl.Diagonal{Mu: []float64{1}, Sigma: []float64{0}}, one)},
		{"too large", divide(2, kl.Diagonal{Mu: []float64{1e200}, Sigma: []float64{1}}, one)},
		{"1 rows: at least 2", units(column(1))},
		{"is +Inf", units(column(1, math.Inf(1)))},
		{"1 values", mean(1)},
		{"no finite spread", mean(1, math.NaN())},
	})
}
