package exercise

import (
	"embed"

	"vaelab/vaelib/check"
)

// solutions are the files that have a solution: one that is shown is the one that was compiled and tested.
//
//go:embed annealing.go balancedweight.go choosestyle.go codetodecode.go collapsedunits.go effectiveweight.go elbo.go
//go:embed freebits.go freenats.go greyfloor.go hiddenweight.go importanceweightedbound.go k3slope.go klfromlogstd.go
//go:embed klfromlogvar.go klgradient.go klinmanydimensions.go klinonedimension.go laplaceweight.go logweight.go readthemap.go
//go:embed reconstruction.go reparameterise.go sampledkl.go signerror.go totalcorrelation.go
var solutions embed.FS

func init() {
	check.TeachQuizzes(quizzes...)
	check.Teach(solutions, list...)
}

// list holds all exercises in the order in which the notebooks meet them.
var list = []*check.Exercise{
	&PCAAgainstAE.Exercise, &ReadTheMap.Exercise, &Reparameterise.Exercise, &FromAEToVAE.Exercise,

	&KLInOneDimension.Exercise, &SampledKL.Exercise, &SignError.Exercise, &KLGradient.Exercise,
	&KLInManyDimensions.Exercise, &KLFromLogVar.Exercise, &KLFromLogStd.Exercise,

	&ReconstructionFromLogits.Exercise, &GreyFloor.Exercise, &ELBO.Exercise, &TermsInTraining.Exercise,
	&CodeToDecode.Exercise, &writeTheLoss,

	&EffectiveWeight.Exercise, &HiddenWeight.Exercise, &RecallAtWeight4.Exercise, &WeightSweep.Exercise,
	&CollapsedUnits.Exercise, &FreeBits.Exercise, &Annealing.Exercise, &LogWeight.Exercise, &ImportanceWeightedBound.Exercise,

	&LaplaceWeight.Exercise, &ChooseStyle.Exercise, &ClipsCompared.Exercise, &FreeNats.Exercise, &BalancedWeight.Exercise,
	&PartsOfTheKL.Exercise, &TotalCorrelation.Exercise, &K3Slope.Exercise,
}

// Course describes all exercises, in the order in which the notebooks meet them.
func Course() []check.Exercise {
	all := make([]check.Exercise, len(list))
	for i, e := range list {
		all[i] = *e
	}
	return all
}

// Named is the description of an exercise.
func Named(id string) check.Exercise {
	for _, e := range list {
		if e.ID == id {
			return *e
		}
	}
	panic("there is no exercise " + id)
}
