package kl_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/floats/scalar"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/kl"
)

// must passes a value on and stops the test at an error.
func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func near(t testing.TB, what string, got, want, tolerance float64) {
	t.Helper()
	if !scalar.EqualWithinAbsOrRel(got, want, tolerance, tolerance) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// pairs gives normal distributions that are neither extreme nor alike.
func pairs(n int) (q, p []kl.Normal) {
	rng := rand.New(rand.NewPCG(9, 10))
	one := func() kl.Normal { return kl.Normal{Mu: 3 * rng.NormFloat64(), Sigma: math.Exp(rng.NormFloat64())} }
	for range n {
		q, p = append(q, one()), append(p, one())
	}
	return q, p
}

func TestKnownValues(t *testing.T) {
	is := must[float64](t)
	near(t, "D(N(0,1) ‖ N(0,1))", is(kl.Standard.KL(kl.Standard)), 0, 0)
	near(t, "D(N(2,1) ‖ N(0,1))", is(kl.Normal{Mu: 2, Sigma: 1}.KL(kl.Standard)), 2, 1e-15)
	near(t, "D(N(0,e²) ‖ N(0,1))", is(kl.Normal{Mu: 0, Sigma: math.E}.KL(kl.Standard)), (math.E*math.E-3)/2, 1e-15)
	// s = −1 read as a log-variance, and mistaken for a log-spread.
	near(t, "s = −1", must[kl.Parts](t)(kl.LogVarParts(0, -1)).Sigma, 0.5/math.E, 1e-15)
	near(t, "s = −1 taken for log σ", is(kl.Normal{Sigma: math.Exp(-1)}.KL(kl.Standard)), 0.5*(math.Exp(-2)+1), 1e-15)
}

func TestNormalAgainstGonum(t *testing.T) {
	is := must[float64](t)
	qs, ps := pairs(200)
	for i, q := range qs {
		p := ps[i]
		gq, gp := distuv.Normal{Mu: q.Mu, Sigma: q.Sigma}, distuv.Normal{Mu: p.Mu, Sigma: p.Sigma}
		near(t, "KL", is(q.KL(p)), distuv.KullbackLeibler{}.DistNormal(gq, gp), 1e-12)
		near(t, "Entropy", is(q.Entropy()), gq.Entropy(), 1e-14)
		near(t, "CrossEntropy − Entropy", is(q.CrossEntropy(p))-is(q.Entropy()), is(q.KL(p)), 1e-12)
		x := gp.Quantile(0.3)
		near(t, "LogProb", q.LogProb(x), gq.LogProb(x), 1e-13)
		near(t, "Prob", q.Prob(x), gq.Prob(x), 1e-13)
		near(t, "CDF", q.CDF(x), gq.CDF(x), 1e-14)
		near(t, "Quantile", q.Quantile(0.01), gq.Quantile(0.01), 1e-12)
	}
}

func TestLogVarianceAndSpreadSayTheSame(t *testing.T) {
	for s := -20.0; s <= 20; s += 0.37 {
		q := kl.FromLogVar(1.5, s)
		near(t, "LogVar", q.LogVar(), s, 1e-13)
		near(t, "LogVarParts", must[kl.Parts](t)(kl.LogVarParts(1.5, s)).Total(), must[float64](t)(q.KL(kl.Standard)), 1e-13)
	}
}

func TestDimensionsAddUp(t *testing.T) {
	qs, ps := pairs(20)
	var q, p kl.Diagonal
	sum := 0.0
	for i := range qs {
		q.Mu, q.Sigma = append(q.Mu, qs[i].Mu), append(q.Sigma, qs[i].Sigma)
		p.Mu, p.Sigma = append(p.Mu, ps[i].Mu), append(p.Sigma, ps[i].Sigma)
		sum += must[float64](t)(qs[i].KL(ps[i]))
	}
	near(t, "KL of 20 dimensions", must[float64](t)(q.KL(p)), sum, 1e-14)
	parts := must[[]kl.Parts](t)(q.Parts(p))
	if parts[7] != must[kl.Parts](t)(qs[7].Parts(ps[7])) {
		t.Error("dimension 7 is not its own distribution's")
	}
}

func TestAnAffineMapChangesNothing(t *testing.T) {
	qs, ps := pairs(200)
	for i, q := range qs {
		a, b := float64(i)-99.5, 3*float64(i)
		move := func(n kl.Normal) kl.Normal { return kl.Normal{Mu: a*n.Mu + b, Sigma: math.Abs(a) * n.Sigma} }
		near(t, "KL after x ↦ ax + b", must[float64](t)(move(q).KL(move(ps[i]))), must[float64](t)(q.KL(ps[i])), 1e-10)
	}
}

func TestGradientAgainstFiniteDifferences(t *testing.T) {
	qs, ps := pairs(50)
	central := &fd.Settings{Formula: fd.Central}
	for i, q := range qs {
		p := ps[i]
		g := must[kl.Gradient](t)(q.Gradient(p))
		at := func(q kl.Normal) float64 { return must[float64](t)(q.KL(p)) }
		mu := fd.Derivative(func(x float64) float64 { return at(kl.Normal{Mu: x, Sigma: q.Sigma}) }, q.Mu, central)
		logVar := fd.Derivative(func(s float64) float64 { return at(kl.FromLogVar(q.Mu, s)) }, q.LogVar(), central)
		near(t, "∂/∂μ", g.Mu, mu, 1e-6)
		near(t, "∂/∂log σ²", g.LogVar, logVar, 1e-6)
		near(t, "∂/∂σ by the chain rule", g.Sigma, 2*g.LogVar/q.Sigma, 1e-12)
	}
}

// Pinsker: the largest difference of probabilities is at most √(D/2), and never above 1.
func TestPinsker(t *testing.T) {
	qs, ps := pairs(200)
	for i, q := range qs {
		variation := 0.0 // from below, on the half-lines x ≤ c
		for u := 0.01; u < 1; u += 0.01 {
			for _, c := range []float64{q.Quantile(u), ps[i].Quantile(u)} {
				variation = max(variation, math.Abs(q.CDF(c)-ps[i].CDF(c)))
			}
		}
		if d := must[float64](t)(q.KL(ps[i])); variation > math.Sqrt(d/2) {
			t.Errorf("probabilities differ by %v, but √(D/2) is %v", variation, math.Sqrt(d/2))
		}
	}
}

func TestWhatIsNoNormalDistribution(t *testing.T) {
	good := kl.Standard
	two := kl.StandardDiagonal(2)
	for _, c := range []struct {
		say string
		run func() (float64, error)
	}{
		{"q: Sigma is 0", func() (float64, error) { return kl.Normal{}.KL(good) }},
		{"p: Sigma is -1", func() (float64, error) { return good.KL(kl.Normal{Sigma: -1}) }},
		{"Sigma is NaN", func() (float64, error) { return kl.Normal{Sigma: math.NaN()}.KL(good) }},
		{"Sigma is +Inf", func() (float64, error) { return kl.FromLogVar(0, 1e9).KL(good) }},
		{"Sigma is 0", func() (float64, error) { return kl.FromLogVar(0, -1e9).Entropy() }},
		{"Mu is NaN", func() (float64, error) { return kl.Normal{Mu: math.NaN(), Sigma: 1}.CrossEntropy(good) }},
		{"Mu is -Inf", func() (float64, error) { return good.KL(kl.Normal{Mu: math.Inf(-1), Sigma: 1}) }},
		{"too large", func() (float64, error) { return kl.Normal{Mu: 1e200, Sigma: 1}.KL(good) }},
		{"too large", func() (float64, error) { d, err := kl.LogVarParts(0, 1000); return d.Total(), err }},
		{"logVar is NaN", func() (float64, error) { d, err := kl.LogVarParts(0, math.NaN()); return d.Total(), err }},
		{"too large", func() (float64, error) { g, err := kl.Normal{Sigma: 1e200}.Gradient(good); return g.Mu, err }},
		{"Mu has 2 dimensions and Sigma 1", func() (float64, error) {
			return kl.Diagonal{Mu: []float64{0, 0}, Sigma: []float64{1}}.KL(two)
		}},
		{"q has 3 dimensions and p 2", func() (float64, error) { return kl.StandardDiagonal(3).KL(two) }},
		{"empty", func() (float64, error) { return kl.Diagonal{}.KL(kl.Diagonal{}) }},
		{"p: dimension 1: Sigma is 0", func() (float64, error) {
			return two.KL(kl.Diagonal{Mu: []float64{0, 0}, Sigma: []float64{1, 0}})
		}},
	} {
		got, err := c.run()
		if err == nil || !strings.Contains(err.Error(), c.say) {
			t.Errorf("got %v and the error %q, which should say %q", got, err, c.say)
		}
		if got != 0 {
			t.Errorf("%s: the number beside the error is %v, want 0", c.say, got)
		}
	}
}

// The divergence is 0 or more for any two normal distributions, and 0 for one and itself.
func FuzzNeverNegative(f *testing.F) {
	f.Add(0.0, 1.0, 0.0, 1.0)
	f.Add(0.0, 1+0x1p-52, 0.0, 1.0)
	f.Add(1e8, 1e-8, -1e8, 1e8)
	f.Fuzz(func(t *testing.T, mu1, sigma1, mu2, sigma2 float64) {
		q, p := kl.Normal{Mu: mu1, Sigma: sigma1}, kl.Normal{Mu: mu2, Sigma: sigma2}
		d, err := q.KL(p)
		if err == nil && !(d >= 0 && d <= math.MaxFloat64) {
			t.Errorf("D(%v ‖ %v) = %v", q, p, d)
		}
		if self, err := q.KL(q); err == nil && self != 0 {
			t.Errorf("D(%v ‖ itself) = %v", q, self)
		}
		if (q.Validate() != nil || p.Validate() != nil) && err == nil {
			t.Errorf("D(%v ‖ %v) has no error", q, p)
		}
		if parts, err := kl.LogVarParts(mu1, sigma1); err == nil && !(parts.Mu >= 0 && parts.Sigma >= 0) {
			t.Errorf("LogVarParts(%v, %v) = %v", mu1, sigma1, parts)
		}
	})
}
