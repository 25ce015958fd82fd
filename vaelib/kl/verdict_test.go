package kl_test

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/kl"
)

func TestVerdict(t *testing.T) {
	e := kl.Estimate{Value: 10, StdErr: 0.5, N: 1000, ESS: 1000}
	for _, c := range []struct {
		exact, alarm float64
		agree        bool
	}{{10, 0.999, true}, {10.9, 0.05, true}, {11, 0.05, false}, {11, 0.01, true}, {9, 0.05, false}, {-10, 1e-9, false}} {
		v := must[kl.Verdict](t)(e.Agrees(c.exact, c.alarm))
		near(t, "Z", v.Z, (10-c.exact)/0.5, 1e-15)
		near(t, "P", v.P, 2*distuv.UnitNormal.CDF(-math.Abs(v.Z)), 1e-12)
		if v.Agree != c.agree {
			t.Errorf("%v at a false-alarm rate of %v: Agree is %v", c.exact, c.alarm, v.Agree)
		}
	}
}

func TestVerdictWithoutSpread(t *testing.T) {
	same := must[kl.Estimate](t)(kl.LogRatio(kl.Standard, kl.Standard).Estimate(1000, 1))
	if v := must[kl.Verdict](t)(same.Agrees(0, 0.001)); !v.Agree || v.Z != 0 {
		t.Errorf("q = p: %v", v)
	}
	if v := must[kl.Verdict](t)(same.Agrees(0.1, 0.001)); v.Agree {
		t.Errorf("q = p, and a claim of 0.1: %v", v)
	}
	tenth := must[kl.Estimate](t)(kl.Expectation(kl.Standard, func(float64) float64 { return 0.1 }).Estimate(100_000, 1))
	if v := must[kl.Verdict](t)(tenth.Agrees(0.1, 0.001)); !v.Agree {
		t.Errorf("a constant: %v", v)
	}
}

func TestVerdictReads(t *testing.T) {
	e := kl.Estimate{Value: 0.5103, StdErr: 0.0003, N: 1_000_000, ESS: 1_000_000}
	for _, c := range []struct {
		exact float64
		say   []string
	}{
		{0.5104, []string{"0.5104 agrees with the estimate 0.5103 ± 0.0003", "1,000,000 samples", "0.3 standard errors apart", "in 74% of runs", "0.1% of runs"}},
		{-0.5104, []string{"-0.5104 differs from", "3,402 standard errors apart", "fewer than one run in a million", "0.1% of runs"}},
	} {
		words := must[kl.Verdict](t)(e.Agrees(c.exact, 0.001)).String()
		for _, say := range c.say {
			if !strings.Contains(words, say) {
				t.Errorf("%q doesn't say %q", words, say)
			}
		}
	}
}

func TestWhatHasNoVerdict(t *testing.T) {
	e := kl.Estimate{Value: 1, StdErr: 1, N: 100}
	for _, c := range []struct {
		e            kl.Estimate
		exact, alarm float64
		say          string
	}{
		{e, math.NaN(), 0.01, "exact is NaN"}, {e, math.Inf(1), 0.01, "exact is +Inf"},
		{e, 1, 0, "falseAlarm is 0"}, {e, 1, 1, "falseAlarm is 1"}, {e, 1, math.NaN(), "falseAlarm is NaN"},
		{kl.Estimate{}, 1, 0.01, "0 samples"}, {kl.Estimate{N: 5, Value: math.NaN()}, 1, 0.01, "estimate is NaN"},
	} {
		if _, err := c.e.Agrees(c.exact, c.alarm); err == nil || !strings.Contains(err.Error(), c.say) {
			t.Errorf("the error is %q, which should say %q", err, c.say)
		}
	}
}
