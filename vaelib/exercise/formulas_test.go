package exercise

import (
	"math"
	"reflect"
	"testing"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
)

// The formulas by which wrong answers are explained are right themselves: at their probes they have the values of each exercise's
// truth, which was found by another way, and so have the sums of terms.
func TestFormulasAreTrue(t *testing.T) {
	for name, e := range variables {
		if about := reflect.ValueOf(e).Elem().FieldByName("Formula"); !about.IsValid() || about.FieldByName("Call").IsNil() {
			if reflect.ValueOf(e).Elem().FieldByName("Mistakes").IsValid() {
				t.Errorf("%s has no formula", name)
			}
		} else if _, ok := subjects[name]; !ok {
			t.Errorf("%s isn't mutated: mutantsdomain_test.go doesn't know it", name)
		}
	}
	formulaIsTrue(t, Reparameterise)
	formulaIsTrue(t, KLInOneDimension)
	formulaIsTrue(t, SampledKL)
	formulaIsTrue(t, SignError)
	formulaIsTrue(t, KLGradient)
	formulaIsTrue(t, KLInManyDimensions)
	formulaIsTrue(t, KLFromLogVar)
	formulaIsTrue(t, KLFromLogStd)
	formulaIsTrue(t, ReconstructionFromLogits)
	formulaIsTrue(t, GreyFloor)
	formulaIsTrue(t, ELBO)
	formulaIsTrue(t, CodeToDecode)
	formulaIsTrue(t, EffectiveWeight)
	formulaIsTrue(t, HiddenWeight)
	formulaIsTrue(t, CollapsedUnits)
	formulaIsTrue(t, FreeBits)
	formulaIsTrue(t, Annealing)
	formulaIsTrue(t, LogWeight)
	formulaIsTrue(t, ImportanceWeightedBound)
	formulaIsTrue(t, LaplaceWeight)
	formulaIsTrue(t, ChooseStyle)
	formulaIsTrue(t, FreeNats)
	formulaIsTrue(t, BalancedWeight)
	formulaIsTrue(t, TotalCorrelation)
	formulaIsTrue(t, K3Slope)
}

func formulaIsTrue[F any](t *testing.T, e *check.Function[F]) {
	t.Helper()
	about := e.Formula
	for i, in := range about.Probes {
		want, got := about.Call(e.Truth, in), about.Lines.Values(in)
		if len(want) != len(got) {
			t.Errorf("%s at %v: %v, want %v", e.ID, in, got, want)
			continue
		}
		for k := range want {
			if math.Abs(got[k]-want[k]) > 1e-9*(1+math.Abs(want[k])) {
				t.Errorf("%s at %v: %v, want %v", e.ID, in, got, want)
			}
			if len(about.Sums) == 0 {
				continue
			}
			if sum := about.Sums[k].Values([]formula.Inputs{in})[0]; math.Abs(sum-want[k]) > 1e-9*(1+math.Abs(want[k])) {
				t.Errorf("%s at probe %d: the terms' sum is %v, want %v", e.ID, i, sum, want[k])
			}
		}
	}
}
