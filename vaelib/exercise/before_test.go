package exercise_test

import (
	"testing"

	"vaelab/vaelib/check"
	"vaelab/vaelib/exercise"
)

// What cells call, as they stand in notebooks that learners have begun and in assignments that teachers have handed out: these
// names stay.
var called = []any{
	exercise.PCAAgainstAE.Predict, exercise.PCAAgainstAE.Compare, exercise.ReadTheMap.Check, exercise.ReadTheMap.Hint,
	exercise.ReadTheMap.Solution, exercise.Reparameterise.Check, exercise.Reparameterise.Hint, exercise.Reparameterise.Solution,
	exercise.FromAEToVAE.Predict, exercise.FromAEToVAE.Compare, exercise.KLInOneDimension.Check, exercise.KLInOneDimension.Hint,
	exercise.KLInOneDimension.Solution, exercise.SampledKL.Check, exercise.SampledKL.Hint, exercise.SampledKL.Solution,
	exercise.SignError.Check, exercise.SignError.Hint, exercise.SignError.Solution, exercise.KLGradient.Check,
	exercise.KLGradient.Hint, exercise.KLGradient.Solution, exercise.KLInManyDimensions.Check, exercise.KLInManyDimensions.Hint,
	exercise.KLInManyDimensions.Solution, exercise.KLFromLogVar.Check, exercise.KLFromLogVar.Hint, exercise.KLFromLogVar.Solution,
	exercise.KLFromLogStd.Check, exercise.KLFromLogStd.Hint, exercise.KLFromLogStd.Solution, exercise.ReconstructionFromLogits.Check,
	exercise.ReconstructionFromLogits.Hint, exercise.ReconstructionFromLogits.Solution, exercise.GreyFloor.Check, exercise.GreyFloor.Hint,
	exercise.GreyFloor.Solution, exercise.ELBO.Check, exercise.ELBO.Hint, exercise.ELBO.Solution,
	exercise.TermsInTraining.Predict, exercise.TermsInTraining.Compare, exercise.CodeToDecode.Check, exercise.CodeToDecode.Hint,
	exercise.CodeToDecode.Solution, exercise.WeightSweep.Predict, exercise.RecallAtWeight4.Predict, exercise.WeightSweep.Compare,
	exercise.RecallAtWeight4.Compare, exercise.CollapsedUnits.Check, exercise.CollapsedUnits.Hint, exercise.CollapsedUnits.Solution,
	exercise.Annealing.Check, exercise.Annealing.Hint, exercise.Annealing.Solution, exercise.FreeBits.Check,
	exercise.FreeBits.Hint, exercise.FreeBits.Solution, exercise.EffectiveWeight.Check, exercise.EffectiveWeight.Hint,
	exercise.EffectiveWeight.Solution, exercise.HiddenWeight.Check, exercise.HiddenWeight.Hint, exercise.HiddenWeight.Solution,
	exercise.LogWeight.Check, exercise.LogWeight.Hint, exercise.LogWeight.Solution, exercise.ImportanceWeightedBound.Check,
	exercise.ImportanceWeightedBound.Hint, exercise.ImportanceWeightedBound.Solution,
	exercise.Progress, exercise.Right,
}

// A progress file of before is understood: what was done stays done.
func TestProgressOfBefore(t *testing.T) {
	t.Setenv("VAELAB_RUNS", "testdata/before")
	done, err := check.Done()
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]bool{"KLInOneDimension": true, "losses.WriteTheLoss": true, "SampledKL": false, "RecallAtWeight4": true} {
		if done[id] != want {
			t.Errorf("that %s is done is %v", id, done[id])
		}
	}
	if len(called) < 60 {
		t.Errorf("%d calls", len(called))
	}
}
