package exercise

import (
	"math"
	"slices"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/floats"
)

type bound = func(logWeights []float64) float64

// ImportanceWeightedBound meets infinities once more: exponentials of −800.
var ImportanceWeightedBound = &check.Function[func(logWeights []float64) float64]{
	Exercise: check.Exercise{
		ID: "ImportanceWeightedBound", Notebook: 4, Title: "The importance-weighted bound", Minutes: 8,
		Question: "logWeights are the log w of k draws. Write the importance-weighted bound, log (1/k Σ w), in nats. " +
			"Log-weights near −800 are common, and e^−800 is 0 to a computer.",
		Signature: "func Bound(logWeights []float64) float64",
		Hints: []string{
			"log Σ e^a = m + log Σ e^(a − m), whatever m is. Which m keeps every exponential between 0 and 1?",
			"With m the largest log-weight, at least one term is e⁰ = 1, so the logarithm never meets 0.",
			"Don't forget the 1/k: its logarithm is −log k.",
		},
		Another: "gonum's floats.LogSumExp(logWeights) − math.Log(k). It takes the largest log-weight out, as you do.",
		Meets:   []check.Confusion{check.NotANumber},
	},
	Solve:  solveImportanceWeightedBound,
	Truth:  func(list []float64) float64 { return floats.LogSumExp(list) - math.Log(float64(len(list))) },
	Points: weightLists(),
	Tested: "1 to 50 draws, with log-weights from −2,000 to 900, against gonum's LogSumExp.",
	Formula: check.Formula[bound]{
		Lines:  formula.Parse("m := largest(a)\nm + log(Σ exp(a − m)/count(a))"),
		Probes: boundsToProbe(),
		Call:   func(f bound, in formula.Inputs) []float64 { return []float64{f(in["a"].Copy())} },
	},
	Mistakes: []check.Mistake[bound]{
		{F: func(list []float64) float64 { return average(list) },
			Says: "That is the mean of the logarithms, the ELBO. The bound is the logarithm of the mean, which is never smaller."},
		{F: func(list []float64) float64 {
			return math.Log(sumOf(list, math.Exp) / float64(len(list)))
		},
			Says: "Right for moderate log-weights. At −800 every e^a is rounded to 0, and log 0 is −∞: take the largest log-weight out first."},
		{F: floats.LogSumExp,
			Says: "Too large by log k: that is the logarithm of the sum, and of the mean is asked."},
		{F: func(list []float64) float64 { return math.Log(sumOf(list, math.Exp)) },
			Says: "That is the logarithm of the sum, where the mean is asked for; and at −800 it breaks down, since every e^a is rounded to 0."},
		{F: func(list []float64) float64 { return slices.Max(list) },
			Says: "Right for one draw only: that is the largest log-weight alone. The others count, too."},
		{F: func(list []float64) float64 { return slices.Max(list) - math.Log(float64(len(list))) },
			Says: "That is the largest log-weight less log k: the other draws count, too."},
		{F: floats.Sum,
			Says: "Right for one draw only: that is the sum of the logarithms. Go back to the weights by exp before you add."},
		{F: func(list []float64) float64 { return floats.LogSumExp(list) + math.Log(float64(len(list))) },
			Says: "log k has the wrong sign: the mean is the sum divided by k."},
		{F: func(list []float64) float64 { return floats.LogSumExp(list) / float64(len(list)) },
			Says: "Right for one draw only: k belongs under the logarithm. Take log k off instead of dividing by k."},
		{F: func(list []float64) float64 { return sumOf(list, math.Exp) / float64(len(list)) },
			Says: "That is the mean of the weights; the last logarithm is missing."},
		{F: func(list []float64) float64 {
			return floats.LogSumExp(list) - math.Log(float64(len(list))) - slices.Max(list)
		},
			Says: "The largest log-weight has been taken out and not been put back."},
	},
}

func sumOf(list []float64, f func(float64) float64) (sum float64) {
	for _, x := range list {
		sum += f(x)
	}
	return sum
}

func weightLists() (points []check.Point[bound]) {
	rng := seeded(8)
	for _, list := range [][]float64{{-1, -2, 0.5}, {-3}, {0, 0, 0, 0}, {-2, 1}, normals(rng, 10, -5, 2), normals(rng, 50, 1, 1),
		{-800, -801, -805}, normals(rng, 20, -1000, 3), {900, 890},
		{-2000, -5, -900}, {300, -600, 400}} {
		points = append(points, check.Point[bound]{
			Say:  func() string { return "log w = " + words.Coordinates(list) }, // of a long list the numbers are counted
			Call: func(f bound) []float64 { return []float64{f(slices.Clone(list))} },
			Tags: tags(tag{"there is one draw", len(list) == 1}, tag{"the log-weights are far from 0", slices.Max(list) < -700 || slices.Max(list) > 700}),
		})
	}
	return points
}

func solveImportanceWeightedBound(logWeights []float64) float64 {
	largest := slices.Max(logWeights)
	sum := 0.0
	for _, a := range logWeights {
		sum += math.Exp(a - largest)
	}
	return largest + math.Log(sum/float64(len(logWeights)))
}
