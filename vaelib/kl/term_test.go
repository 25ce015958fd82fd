package kl_test

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/kl"
)

var terms = []kl.Term{kl.K1, kl.K2, kl.K3}

// byHand is a term at one draw, from gonum's log-densities.
func byHand(k kl.Term, q, p kl.Normal, x float64) float64 {
	logR := distuv.Normal{Mu: p.Mu, Sigma: p.Sigma}.LogProb(x) - distuv.Normal{Mu: q.Mu, Sigma: q.Sigma}.LogProb(x)
	return map[kl.Term]float64{kl.K1: -logR, kl.K2: 0.5 * logR * logR, kl.K3: math.Exp(logR) - 1 - logR}[k]
}

// draws are those of an estimator with this seed.
func draws(t *testing.T, q kl.Normal, n int, seed uint64) []float64 {
	return must[[]float64](t)(kl.Expectation(q, func(x float64) float64 { return x }).Terms(n, seed))
}

// wide gives pairs for which every term has a variance.
func wide(n int) (q, p []kl.Normal) {
	qs, ps := pairs(20 * n)
	for i := range qs {
		if r, d := qs[i].Sigma/ps[i].Sigma, (qs[i].Mu-ps[i].Mu)/ps[i].Sigma; r > 0.9 && math.Abs(d) < 1.2 && len(q) < n {
			q, p = append(q, qs[i]), append(p, ps[i])
		}
	}
	return q, p
}

func TestTermsByHand(t *testing.T) {
	q, p := kl.Normal{Mu: 0.7, Sigma: 1.2}, kl.Normal{Mu: -0.2, Sigma: 0.9}
	for _, k := range terms {
		got := must[[]float64](t)(k.Estimator(q, p).Terms(1000, 3))
		for i, x := range draws(t, q, 1000, 3) {
			near(t, k.String(), got[i], byHand(k, q, p, x), 1e-12)
		}
	}
}

// Mean and spread against numerical integration.
func TestMeanAndDeviationOfTerms(t *testing.T) {
	qs, ps := wide(30)
	for i, q := range qs {
		p := ps[i]
		for _, k := range terms {
			mean := expect(q, func(x float64) float64 { return byHand(k, q, p, x) })
			square := expect(q, func(x float64) float64 { d := byHand(k, q, p, x) - mean; return d * d })
			near(t, k.String()+"'s mean", must[float64](t)(k.Mean(q, p)), mean, 1e-7)
			near(t, k.String()+"'s deviation", must[float64](t)(k.Deviation(q, p)), math.Sqrt(square), 1e-5)
		}
	}
	// Equal spreads: K2's mean is D + ½D².
	for _, mu := range []float64{1e-3, 0.5, 2, 5} {
		d := mu * mu / 2
		near(t, "K2's mean", must[float64](t)(kl.K2.Mean(kl.Normal{Mu: mu, Sigma: 1}, kl.Standard)), d+d*d/2, 1e-12)
	}
	for _, sigma := range []float64{0.5, 0.7} {
		if got := must[float64](t)(kl.K3.Deviation(kl.Normal{Sigma: sigma}, kl.Standard)); !math.IsInf(got, 1) {
			t.Errorf("at σ = %v k3's deviation is %v", sigma, got)
		}
	}
	for _, k := range terms {
		near(t, k.String()+" of q and itself", must[float64](t)(k.Deviation(qs[0], qs[0])), 0, 1e-7)
	}
}

// expect integrates f over q by the trapezoid rule, which is exact to rounding for smooth curves that vanish at both ends.
func expect(q kl.Normal, f func(x float64) float64) float64 {
	const step = 1. / 64
	sum := 0.0
	for e := -14.0; e <= 14; e += step {
		x := q.Mu + q.Sigma*e
		sum += step * distuv.UnitNormal.Prob(e) * f(x)
	}
	return sum
}

// N(2, 1) against N(0, 1): the truth is 2 nats.
func TestTermsOfTwoStandardDeviations(t *testing.T) {
	q := kl.Normal{Mu: 2, Sigma: 1}
	for k, want := range map[kl.Term]struct{ mean, deviation float64 }{
		kl.K1: {2, 2}, kl.K2: {4, math.Sqrt(24)}, kl.K3: {2, math.Sqrt(math.Exp(4) - 5)},
	} {
		near(t, k.String(), must[float64](t)(k.Mean(q, kl.Standard)), want.mean, 1e-14)
		near(t, k.String()+"'s deviation", must[float64](t)(k.Deviation(q, kl.Standard)), want.deviation, 1e-14)
		e := must[kl.Estimate](t)(k.Estimator(q, kl.Standard).Estimate(1_000_000, 5))
		if v := must[kl.Verdict](t)(e.Agrees(want.mean, 1e-4)); !v.Agree {
			t.Errorf("%v: %v", k, v)
		}
		t.Logf("%v: %v, deviation %.2f (exactly %.2f)", k, e, e.StdErr*1000, want.deviation)
	}
}

// Each term's mean over held draws, as a function of q's parameters, by finite differences.
func TestSampledSlopeIsTheSlopeOverHeldDraws(t *testing.T) {
	qs, ps := wide(10)
	central := &fd.Settings{Formula: fd.Central}
	for i, q := range qs {
		p := ps[i]
		xs := draws(t, q, 400, uint64(i))
		for _, k := range terms {
			over := func(q kl.Normal) float64 {
				values := make([]float64, len(xs))
				for j, x := range xs {
					values[j] = byHand(k, q, p, x)
				}
				return stat.Mean(values, nil)
			}
			got := must[kl.GradientEstimate](t)(k.SampledSlope(q, p, len(xs), uint64(i)))
			near(t, k.String()+", ∂/∂μ", got.Mu.Value, fd.Derivative(func(m float64) float64 { return over(kl.Normal{Mu: m, Sigma: q.Sigma}) }, q.Mu, central), 1e-6)
			near(t, k.String()+", ∂/∂σ", got.Sigma.Value, fd.Derivative(func(s float64) float64 { return over(kl.Normal{Mu: q.Mu, Sigma: s}) }, q.Sigma, central), 1e-6)
			near(t, k.String()+", ∂/∂log σ²", got.LogVar.Value, fd.Derivative(func(s float64) float64 { return over(kl.FromLogVar(q.Mu, s)) }, q.LogVar(), central), 1e-6)
		}
	}
}

// The expected slopes: 0, the true divergence's and the other one's, each by finite differences and by sampling.
func TestSlopesOfTerms(t *testing.T) {
	qs, ps := wide(20)
	central := &fd.Settings{Formula: fd.Central}
	for i, q := range qs {
		p := ps[i]
		for k, truth := range map[kl.Term]func(q kl.Normal) float64{
			kl.K1: func(kl.Normal) float64 { return 0 },
			kl.K2: func(q kl.Normal) float64 { return must[float64](t)(q.KL(p)) },
			kl.K3: func(q kl.Normal) float64 { return must[float64](t)(p.KL(q)) },
		} {
			g := must[kl.Gradient](t)(k.Slope(q, p))
			near(t, k.String()+", ∂/∂μ", g.Mu, fd.Derivative(func(m float64) float64 { return truth(kl.Normal{Mu: m, Sigma: q.Sigma}) }, q.Mu, central), 1e-6)
			near(t, k.String()+", ∂/∂σ", g.Sigma, fd.Derivative(func(s float64) float64 { return truth(kl.Normal{Mu: q.Mu, Sigma: s}) }, q.Sigma, central), 1e-6)
			near(t, k.String()+", ∂/∂log σ²", g.LogVar, fd.Derivative(func(s float64) float64 { return truth(kl.FromLogVar(q.Mu, s)) }, q.LogVar(), central), 1e-6)
			e := must[kl.GradientEstimate](t)(k.SampledSlope(q, p, 50_000, 7))
			for name, one := range map[string]struct {
				e     kl.Estimate
				exact float64
			}{"∂/∂μ": {e.Mu, g.Mu}, "∂/∂σ": {e.Sigma, g.Sigma}, "∂/∂log σ²": {e.LogVar, g.LogVar}} {
				if v := must[kl.Verdict](t)(one.e.Agrees(one.exact, 1e-6)); !v.Agree {
					t.Errorf("%v, %s, q %v, p %v: %v", k, name, q, p, v)
				}
			}
		}
	}
}

// N(0, 0.8²) against N(0, 1): along σ the divergence falls by 0.45 nats for each unit.
func TestSlopesAtFourFifths(t *testing.T) {
	q := kl.Normal{Sigma: 0.8}
	near(t, "the true slope", must[kl.Gradient](t)(q.Gradient(kl.Standard)).Sigma, -0.45, 1e-14)
	for k, want := range map[kl.Term]float64{kl.K1: 0, kl.K2: -0.45, kl.K3: 1.25 - 1/0.512} {
		near(t, k.String(), must[kl.Gradient](t)(k.Slope(q, kl.Standard)).Sigma, want, 1e-14)
		e := must[kl.GradientEstimate](t)(k.SampledSlope(q, kl.Standard, 1_000_000, 5)).Sigma
		if math.Abs(e.Value-want) > 5*e.StdErr {
			t.Errorf("%v: %v, want %v", k, e, want)
		}
		t.Logf("%v: %v (exactly %.4f)", k, e, want)
	}
}

func TestNegativeShare(t *testing.T) {
	near(t, "at 0.045 nats", must[float64](t)(kl.NegativeShare(kl.Normal{Mu: 0.3, Sigma: 1}, kl.Standard)), distuv.UnitNormal.CDF(-0.15), 1e-14)
	near(t, "of q and itself", must[float64](t)(kl.NegativeShare(kl.Standard, kl.Standard)), 0, 0)
	// Narrower than p by a factor 2: log q/p = log 2 − ⅜ε², negative outside ±√(8/3 · log 2).
	near(t, "narrow", must[float64](t)(kl.NegativeShare(kl.Normal{Sigma: 0.5}, kl.Standard)), 2*distuv.UnitNormal.CDF(-math.Sqrt(8./3*math.Ln2)), 1e-14)
	// Wider: 1½ε² − log 2, negative inside ±√(⅔ log 2).
	near(t, "wide", must[float64](t)(kl.NegativeShare(kl.Normal{Sigma: 2}, kl.Standard)), 1-2*distuv.UnitNormal.CDF(-math.Sqrt(2./3*math.Ln2)), 1e-14)
	qs, ps := pairs(30)
	for i, q := range append(qs, kl.Normal{Mu: 3, Sigma: 1 + 1e-12}, kl.Normal{Mu: 1e-5, Sigma: 1 + 1e-12}) {
		p := append(ps, kl.Standard, kl.Standard)[i]
		share := must[float64](t)(kl.NegativeShare(q, p))
		const n = 100_000
		below := 0.0
		for _, x := range must[[]float64](t)(kl.LogRatio(q, p).Terms(n, 9)) {
			if x < 0 {
				below++
			}
		}
		if off := math.Abs(below/n - share); off > 5*math.Sqrt(share*(1-share)/n)+1e-4 {
			t.Errorf("q %v, p %v: %v of the terms are negative, said to be %v", q, p, below/n, share)
		}
	}
}

func TestNoTerm(t *testing.T) {
	for _, k := range []kl.Term{0, 4, -1} {
		_, mean := k.Mean(kl.Standard, kl.Standard)
		_, deviation := k.Deviation(kl.Standard, kl.Standard)
		_, slope := k.Slope(kl.Standard, kl.Standard)
		_, sampled := k.SampledSlope(kl.Standard, kl.Standard, 10, 1)
		_, estimate := k.Estimator(kl.Standard, kl.Standard).Estimate(10, 1)
		for _, err := range []error{mean, deviation, slope, sampled, estimate} {
			if err == nil || !strings.Contains(err.Error(), "write kl.K1, kl.K2 or kl.K3") {
				t.Errorf("the error is %v", err)
			}
		}
	}
	for _, k := range terms {
		_, slope := k.Slope(kl.Normal{}, kl.Standard)
		_, sampled := k.SampledSlope(kl.Standard, kl.Normal{Sigma: -1}, 10, 1)
		_, few := k.SampledSlope(kl.Standard, kl.Standard, 1, 1)
		_, share := kl.NegativeShare(kl.Standard, kl.Normal{})
		for say, err := range map[string]error{"q: Sigma is 0": slope, "p: Sigma is -1": sampled, "at least 2": few, "p: Sigma is 0": share} {
			if err == nil || !strings.Contains(err.Error(), say) {
				t.Errorf("the error is %v, which should say %q", err, say)
			}
		}
	}
}
