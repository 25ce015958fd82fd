package kl

import (
	"errors"
	"fmt"
	"math"

	"vaelab/vaelib/words"
)

// Verdict compares an estimate with a number that is claimed to be exact; see [Estimate.Agrees]. The zero Verdict stands
// beside an error and has compared nothing.
type Verdict struct {
	Estimate   Estimate
	Exact      float64 // the claim
	Agree      bool    // P ≥ FalseAlarm: nothing speaks against the claim
	Z          float64 // (estimate − claim) in standard errors
	P          float64 // how often chance alone brings a |Z| this large, if the claim is right
	FalseAlarm float64 // how often a right claim is refused
}

// Agrees tests whether the estimate could have come about by chance if exact were right. falseAlarm is the share of
// right claims that the test refuses: 0.001 is once in a thousand. A wrong claim can pass: only more samples, and so
// a smaller standard error, tell it apart.
//
// By the central limit theorem Z is about N(0, 1) for a right claim, so P = 2 Φ(−|Z|). That needs terms with a
// variance, and a few hundred samples of them.
func (e Estimate) Agrees(exact, falseAlarm float64) (Verdict, error) {
	if err := errors.Join(finite("exact", exact), finite(words.Say("the estimate"), e.Value), finite(words.Say("its standard error"), e.StdErr)); err != nil {
		return Verdict{}, err
	}
	if !(falseAlarm > 0 && falseAlarm < 1) {
		return Verdict{}, words.Errorf("falseAlarm is %v: it is a probability between 0 and 1 (0.001 is once in a thousand)", falseAlarm)
	}
	if e.N < 2 {
		return Verdict{}, words.Errorf("the estimate has %d samples: at least 2 are needed to tell its standard error", e.N)
	}
	// Terms that are all alike (q = p) have no spread; what is left is rounding.
	const rounding = 0x1p-50
	stdErr := max(e.StdErr, rounding*math.Abs(e.Value), rounding*math.Abs(exact))
	v := Verdict{Estimate: e, Exact: exact, FalseAlarm: falseAlarm}
	if e.Value != exact {
		v.Z = (e.Value - exact) / stdErr
	}
	v.P = math.Erfc(math.Abs(v.Z) / math.Sqrt2)
	v.Agree = v.P >= falseAlarm
	return v, nil
}

// String tells the estimate with its standard error.
func (e Estimate) String() string {
	return words.Say("%.6g ± %.2g (standard error of %s samples)", e.Value, e.StdErr, words.Thousands(e.N))
}

// String tells the verdict in words.
func (v Verdict) String() string {
	apart := fmt.Sprintf("%.1f", math.Abs(v.Z))
	if math.Abs(v.Z) >= 1000 && math.Abs(v.Z) < 1e15 {
		apart = words.Thousands(int(math.Round(math.Abs(v.Z))))
	}
	chance := words.Say("in fewer than one run in a million")
	if v.P >= 1e-6 {
		chance = words.Say("in %s of runs", words.Percent(v.P))
	}
	if !v.Agree {
		return words.Say("%.6g differs from the estimate %v: %s standard errors apart, which chance alone brings %s. "+
			"This test refuses a right number in %s of runs.", v.Exact, v.Estimate, apart, chance, words.Percent(v.FalseAlarm))
	}
	return words.Say("%.6g agrees with the estimate %v: %s standard errors apart, which chance alone brings %s. "+
		"This test refuses a right number in %s of runs.", v.Exact, v.Estimate, apart, chance, words.Percent(v.FalseAlarm))
}
