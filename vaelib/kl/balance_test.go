package kl_test

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/kl"
)

func diagonal(list []kl.Normal) (d kl.Diagonal) {
	for _, n := range list {
		d.Mu, d.Sigma = append(d.Mu, n.Mu), append(d.Sigma, n.Sigma)
	}
	return d
}

// sum is the divergence by gonum.
func sum(q, p []kl.Normal) (d float64) {
	for i := range q {
		d += distuv.KullbackLeibler{}.DistNormal(distuv.Normal{Mu: q[i].Mu, Sigma: q[i].Sigma}, distuv.Normal{Mu: p[i].Mu, Sigma: p[i].Sigma})
	}
	return d
}

// moved is a list with one of its distributions changed.
func moved(list []kl.Normal, i int, to kl.Normal) []kl.Normal {
	changed := append([]kl.Normal(nil), list...)
	changed[i] = to
	return changed
}

// differences are a function's slopes in the parameters of a normal distribution.
func differences(at kl.Normal, f func(kl.Normal) float64) kl.Gradient {
	central := &fd.Settings{Formula: fd.Central}
	return kl.Gradient{
		Mu:     fd.Derivative(func(m float64) float64 { return f(kl.Normal{Mu: m, Sigma: at.Sigma}) }, at.Mu, central),
		Sigma:  fd.Derivative(func(s float64) float64 { return f(kl.Normal{Mu: at.Mu, Sigma: s}) }, at.Sigma, central),
		LogVar: fd.Derivative(func(s float64) float64 { return f(kl.FromLogVar(at.Mu, s)) }, at.LogVar(), central),
	}
}

func nearGradient(t *testing.T, what string, got, want kl.Gradient) {
	t.Helper()
	near(t, what+", ∂/∂μ", got.Mu, want.Mu, 1e-6)
	near(t, what+", ∂/∂σ", got.Sigma, want.Sigma, 1e-6)
	near(t, what+", ∂/∂log σ²", got.LogVar, want.LogVar, 1e-6)
}

func TestPriorGradientAgainstFiniteDifferences(t *testing.T) {
	qs, ps := pairs(50)
	for i, q := range qs {
		got := must[kl.Gradient](t)(q.PriorGradient(ps[i]))
		nearGradient(t, "p's gradient", got, differences(ps[i], func(p kl.Normal) float64 { return sum([]kl.Normal{q}, []kl.Normal{p}) }))
		if self := must[kl.Gradient](t)(q.PriorGradient(q)); self != (kl.Gradient{}) {
			t.Errorf("q is pulled away from itself: %v", self)
		}
	}
}

// Each side's slopes are those of its own term, with the other side held; a clip above the divergence silences both.
func TestBalanceAgainstFiniteDifferences(t *testing.T) {
	qs, ps := pairs(12)
	for n := 0; n+3 <= len(qs); n += 3 {
		q, p := qs[n:n+3], ps[n:n+3]
		for _, b := range []kl.Balance{{0.8, 0.2, 0}, {1, 0.1, 1}, {1, 0.1, 1e6}, {0, 4, 0.5}, {3, 0, 0}} {
			got := must[kl.Balanced](t)(b.At(diagonal(q), diagonal(p)))
			clipped := func(x float64) float64 { return max(x, b.Free) }
			near(t, "KL", got.KL, sum(q, p), 1e-12)
			near(t, "charge", got.Charge, b.Prior*clipped(sum(q, p))+b.Posterior*clipped(sum(q, p)), 1e-12)
			for j := range q {
				nearGradient(t, "q's gradient", got.Posterior[j], differences(q[j], func(to kl.Normal) float64 { return b.Posterior * clipped(sum(moved(q, j, to), p)) }))
				nearGradient(t, "p's gradient", got.Prior[j], differences(p[j], func(to kl.Normal) float64 { return b.Prior * clipped(sum(q, moved(p, j, to))) }))
			}
			want := [2]float64{b.Posterior, b.Prior}
			if b.Free == 1e6 {
				want = [2]float64{}
			}
			if got := [2]float64{got.PosteriorWeight, got.PriorWeight}; got != want {
				t.Errorf("the weights are %v, want %v", got, want)
			}
		}
	}
}

// With a prior of its own, any Prior weight ends where plain β = Posterior does. Three codes share one prior; what they restore
// pulls each of them to a mean and a spread of its own.
func TestBalanceEndsWherePlainBetaDoes(t *testing.T) {
	wanted := []kl.Normal{{Mu: 2, Sigma: 0.5}, {Mu: -1, Sigma: 0.3}, {Mu: 0.5, Sigma: 0.9}}
	end := func(b kl.Balance) (q []kl.Normal, p kl.Normal) {
		q, p = []kl.Normal{kl.Standard, kl.Standard, kl.Standard}, kl.Standard
		for range 8000 {
			var pull kl.Gradient
			for i, w := range wanted {
				g := must[kl.Balanced](t)(b.At(diagonal(q[i:i+1]), diagonal([]kl.Normal{p})))
				q[i].Mu -= 0.05 * (g.Posterior[0].Mu + q[i].Mu - w.Mu)
				q[i].Sigma -= 0.05 * (g.Posterior[0].Sigma + q[i].Sigma - w.Sigma)
				pull.Mu, pull.Sigma = pull.Mu+g.Prior[0].Mu, pull.Sigma+g.Prior[0].Sigma
			}
			p.Mu -= 0.01 * pull.Mu
			p.Sigma -= 0.01 * pull.Sigma
		}
		return q, p
	}
	plainQ, plainP := end(kl.Balance{Prior: 0.4, Posterior: 0.4})
	balancedQ, balancedP := end(kl.Balance{Prior: 4, Posterior: 0.4})
	otherQ, _ := end(kl.Balance{Prior: 4, Posterior: 4})
	for i, q := range append(plainQ, plainP) {
		b := append(balancedQ, balancedP)[i]
		near(t, "μ", b.Mu, q.Mu, 1e-9)
		near(t, "σ", b.Sigma, q.Sigma, 1e-9)
	}
	if math.Abs(otherQ[0].Mu-plainQ[0].Mu) < 0.1 {
		t.Error("with ten times the posterior's weight codes end at the same place: the test sees nothing")
	}
}

func TestWhatIsNoBalance(t *testing.T) {
	one := kl.StandardDiagonal(1)
	for say, run := range map[string]func() error{
		"Prior is -1":         func() error { _, err := kl.Balance{Prior: -1}.At(one, one); return err },
		"Posterior is NaN":    func() error { _, err := kl.Balance{Posterior: math.NaN()}.At(one, one); return err },
		"Free is +Inf":        func() error { _, err := kl.Balance{Free: math.Inf(1)}.At(one, one); return err },
		"q has 1 dimensions":  func() error { _, err := kl.Balance{}.At(one, kl.StandardDiagonal(2)); return err },
		"p: Mu and Sigma are": func() error { _, err := kl.Balance{}.At(one, kl.Diagonal{}); return err },
		"p: Sigma is 0":       func() error { _, err := kl.Standard.PriorGradient(kl.Normal{}); return err },
		"too large":           func() error { _, err := kl.Balance{Prior: 1e308, Posterior: 1e308, Free: 9}.At(one, one); return err },
	} {
		if err := run(); err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("the error is %v, which should say %q", err, say)
		}
	}
}
