package kl_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/kl"
)

var humps = kl.Mixture{Weights: []float64{1, 2, 3}, Components: []kl.Normal{
	{Mu: -3, Sigma: 0.5}, {Mu: 0, Sigma: 0.2}, {Mu: 2, Sigma: 0.8},
}}

func TestQuadratureAgreesWithTheFormulas(t *testing.T) {
	is := must[float64](t)
	qs, ps := pairs(100)
	worst := 0.0
	for i, q := range qs {
		p, exact := ps[i], is(qs[i].KL(ps[i]))
		got := is(kl.Quadrature(q, p))
		worst = max(worst, math.Abs(got-exact)/exact)
		near(t, "Quadrature", got, exact, 1e-10)
		near(t, "Entropy", is(kl.Entropy(q)), is(q.Entropy()), 1e-11)
		near(t, "CrossEntropy", is(kl.CrossEntropy(q, p)), is(q.CrossEntropy(p)), 1e-11)
		near(t, "CrossEntropy − Entropy", is(kl.CrossEntropy(q, p))-is(kl.Entropy(q)), exact, 1e-10)
	}
	t.Logf("Quadrature of normal distributions: worst relative error %.1g", worst)
	near(t, "narrow", is(kl.Quadrature(kl.Normal{Mu: 1, Sigma: 1e-8}, kl.Standard)), is(kl.Normal{Mu: 1, Sigma: 1e-8}.KL(kl.Standard)), 1e-6)
	near(t, "wide", is(kl.Quadrature(kl.Normal{Mu: 1, Sigma: 1e8}, kl.Standard)), is(kl.Normal{Mu: 1, Sigma: 1e8}.KL(kl.Standard)), 1e-10)
}

func TestQuadratureOfOtherDistributions(t *testing.T) {
	is := must[float64](t)
	near(t, "exponential", is(kl.Quadrature(distuv.Exponential{Rate: 2}, distuv.Exponential{Rate: 0.5})), math.Log(4)+0.25-1, 1e-10)
	near(t, "beta", is(kl.Quadrature(distuv.Beta{Alpha: 3, Beta: 2}, distuv.Beta{Alpha: 2, Beta: 4})),
		distuv.KullbackLeibler{}.DistBeta(distuv.Beta{Alpha: 3, Beta: 2}, distuv.Beta{Alpha: 2, Beta: 4}), 1e-9)
	near(t, "uniform in normal", is(kl.CrossEntropy(distuv.Uniform{Min: -1, Max: 1}, kl.Standard)), 1./6+0.5*math.Log(2*math.Pi), 1e-12)
	near(t, "Laplace entropy", is(kl.Entropy(distuv.Laplace{Mu: 1, Scale: 3})), distuv.Laplace{Mu: 1, Scale: 3}.Entropy(), 1e-10)
	if _, err := kl.Quadrature(kl.Standard, distuv.Uniform{Min: -1, Max: 1}); !errors.Is(err, kl.ErrInfinite) {
		t.Errorf("the error is %v, want ErrInfinite", err)
	}
}

func TestMixture(t *testing.T) {
	is := must[float64](t)
	near(t, "mass", quad.Fixed(humps.Prob, -8, 8, 400, nil, 0), 1, 1e-12)
	for x := -5.0; x < 5; x += 0.7 {
		want := distuv.Normal{Mu: -3, Sigma: 0.5}.Prob(x)/6 + distuv.Normal{Mu: 0, Sigma: 0.2}.Prob(x)/3 + distuv.Normal{Mu: 2, Sigma: 0.8}.Prob(x)/2
		near(t, "density", humps.Prob(x), want, 1e-13)
	}
	for _, u := range []float64{1e-9, 0.1, 1. / 6, 0.5, 0.999} {
		near(t, "CDF of its quantile", humps.CDF(humps.Quantile(u)), u, 1e-12)
	}
	if far := humps.LogProb(1e4); math.IsInf(far, 0) || far > -1e7 {
		t.Errorf("far out the log-density is %v", far)
	}
	// An estimator's way to the log-density of many x is LogProb's, to rounding.
	same := must[kl.Estimate](t)(kl.LogRatio(humps, logProbOf{humps}).Estimate(50_000, 12))
	if math.Abs(same.Value) > 1e-14 || same.StdErr > 1e-14 {
		t.Errorf("one by one and many at once differ by %v", same)
	}
	// One component, or two alike, are that component.
	one := kl.Normal{Mu: 1, Sigma: 2}
	near(t, "itself", is(kl.Quadrature(kl.Mixture{Weights: []float64{2, 5}, Components: []kl.Normal{one, one}}, one)), 0, 1e-12)
	// Sampling and quadrature are two witnesses of the same number, in both directions.
	for name, e := range map[string]struct {
		estimator kl.Estimator
		exact     float64
	}{
		"from the humps":             {kl.LogRatio(humps, kl.Standard), is(kl.Quadrature(humps, kl.Standard))},
		"from one bell":              {kl.LogRatio(kl.Standard, humps), is(kl.Quadrature(kl.Standard, humps))},
		"by inversion":               {kl.LogRatio(kl.Inverse(humps), kl.Standard), is(kl.Quadrature(humps, kl.Standard))},
		"by weights from a wide one": {kl.Importance(humps, kl.Standard, kl.Normal{Mu: 0, Sigma: 4}), is(kl.Quadrature(humps, kl.Standard))},
	} {
		estimate := must[kl.Estimate](t)(e.estimator.Estimate(50_000, 11))
		if v := must[kl.Verdict](t)(estimate.Agrees(e.exact, 1e-6)); !v.Agree {
			t.Errorf("%s: %v", name, v)
		}
	}
}

func TestJensenShannon(t *testing.T) {
	is := must[float64](t)
	near(t, "of one and itself", is(kl.JensenShannon(kl.Standard, kl.Standard)), 0, 1e-14)
	far := kl.Normal{Mu: 1000, Sigma: 1}
	near(t, "far apart", is(kl.JensenShannon(kl.Standard, far)), math.Ln2, 1e-12)
	qs, ps := pairs(30)
	for i, q := range qs {
		there, back := is(kl.JensenShannon(q, ps[i])), is(kl.JensenShannon(ps[i], q))
		near(t, "the other way round", there, back, 1e-10)
		if !(there > 0 && there < math.Ln2+1e-12) {
			t.Errorf("JensenShannon(%v, %v) = %v", q, ps[i], there)
		}
		m := kl.Mixture{Weights: []float64{1, 1}, Components: []kl.Normal{q, ps[i]}}
		near(t, "by a mixture", there, 0.5*is(kl.Quadrature(q, m))+0.5*is(kl.Quadrature(ps[i], m)), 1e-10)
	}
}

func TestIntegrand(t *testing.T) {
	q := kl.Normal{Mu: 1, Sigma: 0.5}
	if y := kl.Integrand(q, kl.Standard, -0.5); y >= 0 {
		t.Errorf("where p is above q the integrand is %v, want below 0", y)
	}
	near(t, "area", quad.Fixed(func(x float64) float64 { return kl.Integrand(q, kl.Standard, x) }, -4, 6, 200, nil, 0), must[float64](t)(q.KL(kl.Standard)), 1e-10)
	box := distuv.Uniform{Min: 0, Max: 1}
	if kl.Integrand(box, q, 2) != 0 || !math.IsInf(kl.Integrand(q, box, 2), 1) {
		t.Error("the integrand outside a density's support is not 0 or +Inf")
	}
}

func TestWhatCannotBeIntegrated(t *testing.T) {
	good, bad := kl.Standard, kl.Normal{}
	for _, c := range []struct {
		say string
		run func() (float64, error)
	}{
		{"q: Sigma is 0", func() (float64, error) { return kl.Quadrature(bad, good) }},
		{"p: Sigma is 0", func() (float64, error) { return kl.CrossEntropy(good, bad) }},
		{"Sigma is 0", func() (float64, error) { return kl.Entropy(bad) }},
		{"p: Sigma is 0", func() (float64, error) { return kl.JensenShannon(good, bad) }},
		{"q is nil", func() (float64, error) { return kl.Quadrature(nil, good) }},
		{"quantile", func() (float64, error) { return kl.Quadrature(distuv.Normal{Sigma: -1}, good) }},
		{"no number", func() (float64, error) { return kl.Quadrature(good, distuv.Normal{Sigma: -1}) }},
		{"one weight a component", func() (float64, error) { return kl.Entropy(kl.Mixture{Weights: []float64{1}}) }},
		{"empty", func() (float64, error) { return kl.Entropy(kl.Mixture{}) }},
		{"Weights[0] is 0", func() (float64, error) {
			return kl.Entropy(kl.Mixture{Weights: []float64{0}, Components: []kl.Normal{good}})
		}},
		{"Components[0]: Sigma is 0", func() (float64, error) {
			return kl.Entropy(kl.Mixture{Weights: []float64{1}, Components: []kl.Normal{bad}})
		}},
		{"does not settle", func() (float64, error) { return kl.CrossEntropy(good, rough{}) }},
	} {
		got, err := c.run()
		if err == nil || !strings.Contains(err.Error(), c.say) || got != 0 {
			t.Errorf("got %v and the error %q, which should say %q", got, err, c.say)
		}
	}
}

// logProbOf hides all of a density but its LogProb.
type logProbOf struct{ kl.Density }

// rough is a density with a log too jagged for any rule.
type rough struct{}

func (rough) LogProb(x float64) float64 { return 1e3 * math.Sin(1e9*x) }
