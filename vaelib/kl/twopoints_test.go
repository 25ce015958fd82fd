package kl_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/optimize"
	"gonum.org/v1/gonum/stat"

	"vaelab/vaelib/kl"
)

// Mean, weighted median and entropy as gonum has them.
func TestBestOfTwoPoints(t *testing.T) {
	for _, share := range []float64{0, 0.1, 0.3, 0.49, 0.51, 0.7, 0.9, 1} {
		m := kl.TwoPoints{Share: share, Dim: 3}
		points, weights := []float64{-1, 1}, []float64{1 - share, share}
		for e, want := range map[kl.ReconstructionError]float64{
			kl.SquaredError:  stat.Mean(points, weights),
			kl.AbsoluteError: stat.Quantile(0.5, stat.Empirical, points, weights),
		} {
			low, high, err := m.Best(e)
			if err != nil || low != high {
				t.Errorf("%v at %v: from %v to %v (%v)", e, share, low, high, err)
			}
			near(t, e.String(), low, want, 1e-15)
			least := must[float64](t)(m.LeastError(e))
			near(t, "the least is the best's error", least, must[float64](t)(m.ExpectedError(e, low)), 0)
			for x := -1.5; x <= 1.5; x += 1. / 64 { // nothing is better
				if got := must[float64](t)(m.ExpectedError(e, x)); got < least-1e-12 {
					t.Errorf("%v at %v: %v costs %v, the best %v", e, share, x, got, least)
				}
			}
		}
		near(t, "squares, least", must[float64](t)(m.LeastError(kl.SquaredError)), 3*4*share*(1-share), 1e-14)
		near(t, "absolute, least", must[float64](t)(m.LeastError(kl.AbsoluteError)), 3*2*min(share, 1-share), 1e-14)
		near(t, "information", must[float64](t)(m.Information()), stat.Entropy(weights), 1e-15)
	}
}

// At a share of ½ every answer from −1 to 1 has the same absolute error, and none outside has as small a one; squares know one best.
func TestTieOfTwoPoints(t *testing.T) {
	m := kl.TwoPoints{Share: 0.5, Dim: 2}
	low, high, err := m.Best(kl.AbsoluteError)
	if low != -1 || high != 1 || err != nil {
		t.Errorf("from %v to %v (%v)", low, high, err)
	}
	for _, x := range []float64{-1, -0.3, 0, 0.9, 1} {
		near(t, "within", must[float64](t)(m.ExpectedError(kl.AbsoluteError, x)), 2, 1e-15)
	}
	for _, x := range []float64{-1.01, 1.01} {
		near(t, "outside", must[float64](t)(m.ExpectedError(kl.AbsoluteError, x)), 2.02, 1e-14)
	}
	low, high, err = m.Best(kl.SquaredError)
	if low != 0 || high != 0 || err != nil {
		t.Errorf("from %v to %v (%v)", low, high, err)
	}
	near(t, "log 2", must[float64](t)(m.Information()), math.Ln2, 1e-15)
}

// In d dimensions, without the knowledge that all numbers are alike: a search by gonum over whole vectors finds the same answer for
// squares, and random vectors are never better than the least.
func TestTwoPointsInManyDimensions(t *testing.T) {
	const dim = 5
	rng := rand.New(rand.NewPCG(2, 7))
	of := func(e kl.ReconstructionError, share float64, x []float64) (sum float64) {
		for _, v := range x {
			power := 1.
			if e == kl.SquaredError {
				power = 2
			}
			sum += share*math.Pow(math.Abs(1-v), power) + (1-share)*math.Pow(math.Abs(-1-v), power)
		}
		return sum
	}
	for _, share := range []float64{0.2, 0.5, 0.7} {
		m := kl.TwoPoints{Share: share, Dim: dim}
		found, err := optimize.Minimize(optimize.Problem{Func: func(x []float64) float64 { return of(kl.SquaredError, share, x) }}, make([]float64, dim), nil, &optimize.NelderMead{})
		if err != nil {
			t.Fatal(err)
		}
		best, _, _ := m.Best(kl.SquaredError)
		for _, x := range found.X {
			near(t, "a number of the best vector", x, best, 1e-3)
		}
		for _, e := range []kl.ReconstructionError{kl.SquaredError, kl.AbsoluteError} {
			least := must[float64](t)(m.LeastError(e))
			for range 1000 {
				x := make([]float64, dim)
				inside := true
				for i := range x {
					x[i] = 1.2 * rng.NormFloat64()
					inside = inside && math.Abs(x[i]) <= 1
				}
				got := of(e, share, x)
				if got < least-1e-12 {
					t.Errorf("%v at %v: %v costs %v, the best %v", e, share, x, got, least)
				}
				if e == kl.AbsoluteError && share == 0.5 && inside { // numbers that disagree are as good
					near(t, "anywhere in the cube", got, least, 1e-12)
				}
			}
		}
	}
}

func TestNoTwoPoints(t *testing.T) {
	good := kl.TwoPoints{Share: 0.5, Dim: 1}
	best := func(m kl.TwoPoints, e kl.ReconstructionError) error { _, _, err := m.Best(e); return err }
	least := func(m kl.TwoPoints, e kl.ReconstructionError) error { _, err := m.LeastError(e); return err }
	errorOf := func(x float64) error { _, err := good.ExpectedError(kl.SquaredError, x); return err }
	information := func(m kl.TwoPoints) error { _, err := m.Information(); return err }
	for _, c := range []struct {
		say string
		err error
	}{
		{"Dim is 0", best(kl.TwoPoints{}, kl.SquaredError)},
		{"Share is 1.1", least(kl.TwoPoints{Share: 1.1, Dim: 1}, kl.SquaredError)},
		{"Share is NaN", information(kl.TwoPoints{Share: math.NaN(), Dim: 1})},
		{"a cross-entropy, which has no value at −1", best(good, kl.CrossEntropyError)},
		{"ReconstructionError(9)", least(good, 9)},
		{"answer is +Inf", errorOf(math.Inf(1))},
		{"too large", errorOf(1e200)},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.say) {
			t.Errorf("the error is %v, which should say %q", c.err, c.say)
		}
	}
}
