package live_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/cmd/internal/site/live"
)

// TestBellAgainstDistuv: density, fine and draws are those of gonum's normal distribution.
func TestBellAgainstDistuv(t *testing.T) {
	for _, c := range [][2]float64{{0, 0}, {1.5, -1}, {-3, 2}, {0.2, -4}} {
		mu, logVar := c[0], c[1]
		q := distuv.Normal{Mu: mu, Sigma: math.Exp(logVar / 2)}
		for i, p := range live.Bell(mu, logVar, -5, 5, 11) {
			if z := float64(i) - 5; math.Abs(p-q.Prob(z)) > 1e-12 {
				t.Errorf("N(%g, e^%g) at %g is %g, want %g", mu, logVar, z, p, q.Prob(z))
			}
		}
		forMu, forSigma := live.Fine(mu, logVar)
		want := distuv.KullbackLeibler{}.DistNormal(q, distuv.UnitNormal)
		if math.Abs(forMu-mu*mu/2) > 1e-12 || math.Abs(forMu+forSigma-want) > 1e-12 {
			t.Errorf("the fine of (%g, %g) is %g + %g, want %g together", mu, logVar, forMu, forSigma, want)
		}
		const n = 20_000
		x, means, se := live.Draws(mu, logVar, 1, n)
		if off := (means[n-1] - want) / se; math.Abs(off) > 4 && math.Abs(means[n-1]-want) > 1e-12 {
			t.Errorf("the mean of %d draws of (%g, %g) is %g, which is %.1f standard errors from %g", n, mu, logVar, means[n-1], off, want)
		}
		var sum float64
		for i, z := range x[:100] {
			if sum += q.LogProb(z) - distuv.UnitNormal.LogProb(z); math.Abs(means[i]-sum/float64(i+1)) > 1e-9 {
				t.Fatalf("after %d draws of (%g, %g) the mean is %g, want %g", i+1, mu, logVar, means[i], sum/float64(i+1))
			}
		}
	}
}

// TestDrawsMoveWithTheBell: the noise is the seed's alone.
func TestDrawsMoveWithTheBell(t *testing.T) {
	a, _, _ := live.Draws(0, 0, 7, 50)
	b, _, _ := live.Draws(2, math.Log(9), 7, 50)
	other, _, _ := live.Draws(0, 0, 8, 50)
	for i := range a {
		if math.Abs(b[i]-(2+3*a[i])) > 1e-12 {
			t.Fatalf("draw %d is %g and %g, want the second at 2 + 3 of the first", i, a[i], b[i])
		}
	}
	if a[0] == other[0] {
		t.Error("another seed draws the same")
	}
	if _, means, se := live.Draws(0, 0, 1, 1); len(means) != 1 || !math.IsNaN(se) {
		t.Errorf("one draw has the means %v with the standard error %g", means, se)
	}
}

// TestLandscape: each place has the fine of its μ and log σ², the first row that of the largest log σ².
func TestLandscape(t *testing.T) {
	nats := live.Landscape(3, -4, 2, 7, 4)
	for j, logVar := range []float64{2, 0, -2, -4} {
		for i := range 7 {
			forMu, forSigma := live.Fine(float64(i)-3, logVar)
			if got := nats[7*j+i]; math.Abs(got-forMu-forSigma) > 1e-12 {
				t.Errorf("column %d of row %d is %g, want %g", i, j, got, forMu+forSigma)
			}
		}
	}
	if a, b := live.Fine(math.NaN(), 0); !math.IsNaN(a) || !math.IsNaN(b) {
		t.Errorf("the fine of NaN is %g + %g", a, b)
	}
}
