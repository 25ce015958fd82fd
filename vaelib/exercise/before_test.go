package exercise

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"vaelab/vaelib/words/wordstest"
)

// What cells call, as they stand in notebooks that learners have begun and in assignments that teachers have handed out: these
// names stay.
var called = []any{
	PCAAgainstAE.Predict, PCAAgainstAE.Compare, ReadTheMap.Check, ReadTheMap.Hint,
	ReadTheMap.Solution, Reparameterise.Check, Reparameterise.Hint, Reparameterise.Solution,
	FromAEToVAE.Predict, FromAEToVAE.Compare, KLInOneDimension.Check, KLInOneDimension.Hint,
	KLInOneDimension.Solution, SampledKL.Check, SampledKL.Hint, SampledKL.Solution,
	SignError.Check, SignError.Hint, SignError.Solution, KLGradient.Check,
	KLGradient.Hint, KLGradient.Solution, KLInManyDimensions.Check, KLInManyDimensions.Hint,
	KLInManyDimensions.Solution, KLFromLogVar.Check, KLFromLogVar.Hint, KLFromLogVar.Solution,
	KLFromLogStd.Check, KLFromLogStd.Hint, KLFromLogStd.Solution, ReconstructionFromLogits.Check,
	ReconstructionFromLogits.Hint, ReconstructionFromLogits.Solution, GreyFloor.Check, GreyFloor.Hint,
	GreyFloor.Solution, ELBO.Check, ELBO.Hint, ELBO.Solution,
	TermsInTraining.Predict, TermsInTraining.Compare, CodeToDecode.Check, CodeToDecode.Hint,
	CodeToDecode.Solution, WeightSweep.Predict, RecallAtWeight4.Predict, WeightSweep.Compare,
	RecallAtWeight4.Compare, CollapsedUnits.Check, CollapsedUnits.Hint, CollapsedUnits.Solution,
	Annealing.Check, Annealing.Hint, Annealing.Solution, FreeBits.Check,
	FreeBits.Hint, FreeBits.Solution, EffectiveWeight.Check, EffectiveWeight.Hint,
	EffectiveWeight.Solution, HiddenWeight.Check, HiddenWeight.Hint, HiddenWeight.Solution,
	LogWeight.Check, LogWeight.Hint, LogWeight.Solution, ImportanceWeightedBound.Check,
	ImportanceWeightedBound.Hint, ImportanceWeightedBound.Solution,
	LaplaceWeight.Check, LaplaceWeight.Hint, LaplaceWeight.Solution, ChooseStyle.Check, ChooseStyle.Hint, ChooseStyle.Solution,
	ClipsCompared.Predict, ClipsCompared.Compare, FreeNats.Check, FreeNats.Hint, FreeNats.Solution,
	BalancedWeight.Check, BalancedWeight.Hint, BalancedWeight.Solution, PartsOfTheKL.Predict, PartsOfTheKL.Compare,
	TotalCorrelation.Check, TotalCorrelation.Hint, TotalCorrelation.Solution, K3Slope.Check, K3Slope.Hint, K3Slope.Solution,
	Progress, Quiz1.Ask, Quiz1.Answer, Quiz2.Ask, Quiz2.Answer, Quiz3.Ask, Quiz3.Answer, Quiz4.Ask, Quiz4.Answer, Quiz5.Ask, Quiz5.Answer,
	func(kl func(mu, sigma float64) float64) bool { return KLInOneDimension.Judge(kl).State == Right },
}

// A progress file of before is understood: what was done stays done, what was begun isn't, and what this version doesn't know is
// kept.
func TestProgressOfBefore(t *testing.T) {
	if len(called) < 60 {
		t.Errorf("%d calls", len(called))
	}
	before, err := os.ReadFile("testdata/before/progress.json")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(own(t), "progress.json")
	if err := os.WriteFile(path, before, 0o644); err != nil {
		t.Fatal(err)
	}
	// Done are the first of notebook 2, the last of 3, and the third prediction of 4; KL by sampling has a hint open.
	mustContain(t, wordstest.Printed(t, Progress), fmt.Sprintf("3 of %d exercises done", len(list)), "○○○○ ●○○○○○○ ○○○○○● ○○●", "KL by sampling")
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the file is now\n%s, %v", after, err)
	}
}
