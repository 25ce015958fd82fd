package exercise

import (
	"embed"

	"vaelab/vaelib/check"
)

// solutions are the files that have a solution: one that is shown is the one that was compiled and tested.
//
//go:embed annealing.go codetodecode.go collapsedunits.go effectiveweight.go elbo.go freebits.go
//go:embed greyfloor.go hiddenweight.go importanceweightedbound.go klfromlogstd.go klfromlogvar.go klgradient.go
//go:embed klinmanydimensions.go klinonedimension.go logweight.go readthemap.go reconstruction.go reparameterise.go
//go:embed sampledkl.go signerror.go
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
