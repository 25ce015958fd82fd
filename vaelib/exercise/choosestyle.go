package exercise

import (
	"cmp"
	"math"
	"slices"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/floats"
)

type style = func(codes, clearances []float64) float64

// ChooseStyle meets “a model is evaluated with a sample of the code or with its mean”: where two styles are even, neither will do.
var ChooseStyle = &check.Function[func(codes, clearances []float64) float64]{
	Exercise: check.Exercise{
		ID: "ChooseStyle", Notebook: 5, Title: "Choose a style that keeps clear", Minutes: 8,
		Question: "A robot has drawn codes z, at least one, and looked at their paths: clearances[i] is how far that of codes[i] stays off the obstacle. Above 0 it is clear. " +
			"Give the code to drive with: of those with a clear path the one where N(0, 1) has its highest density, and if no path is clear the one with the largest clearance.",
		Signature: "func Choose(codes, clearances []float64) float64",
		Hints: []string{
			"N(0, 1) is highest at 0, and falls with |z| on both sides: the most probable code is the one with the smallest |z|.",
			"Go through the codes and keep the best so far. A clear path beats one that isn't, whatever the codes.",
			"A single number says it all: e^(−½z²), which is above 0, where the path is clear, and elsewhere the clearance, which isn't. The largest wins.",
		},
		Another: "without an exponential, case by case: a clear path beats one that isn't, of two clear ones the smaller |z| wins, and " +
			"of two that aren't the larger clearance.",
		Meets: []check.Confusion{check.SampleOrMean},
	},
	Solve: solveChooseStyle,
	Truth: func(codes, clearances []float64) float64 {
		rank := func(i int) (clear int, by float64) {
			if clearances[i] > 0 {
				return 1, kl.Standard.LogProb(codes[i])
			}
			return 0, clearances[i]
		}
		return codes[slices.MaxFunc(placesOf(codes), func(i, j int) int {
			clearI, byI := rank(i)
			clearJ, byJ := rank(j)
			return cmp.Or(cmp.Compare(clearI, clearJ), cmp.Compare(byI, byJ))
		})]
	},
	Points: stylesOf(
		[2][]float64{{0.9, 0.1, -0.6}, {0.02, -0.2, 0.09}}, [2][]float64{{1.3}, {0.1}}, [2][]float64{{-0.4}, {-0.1}},
		[2][]float64{{0.3, -1.2, 2}, {-0.2, -0.05, -0.1}}, [2][]float64{{0.2, 1.1, -1.4}, {0, 0.05, 0.12}}, [2][]float64{{-2.1, -0.5, 0.7, 1.8}, {0.11, 0.03, 0.08, 0.2}},
		[2][]float64{{1.5, -0.7, 0.1, -1.9, 0.8}, {0.14, 0.01, -0.12, 0.17, 0.06}}, [2][]float64{{0.5, -0.3}, {0, -0.01}}, [2][]float64{{-1.1, 0.2, 0.9, -0.2}, {-0.02, -0.3, -0.01, -0.25}},
		[2][]float64{{2.2, 0.6, 1.4}, {0.19, 0.07, 0.13}}),
	Tested: "1 to 5 codes: some with several clear paths, some with none, some with a path that touches.",
	Formula: check.Formula[style]{
		Lines:  formula.Parse("score := if(clearance > 0, exp(−(z·z/2)), clearance)\nΣ(if(score = largest(score), z, 0))"),
		Probes: stylesToProbe(), Call: ofTwoLists("z", "clearance"),
	},
	Mistakes: []check.Mistake[style]{
		{F: func(_, _ []float64) float64 { return 0 },
			Says: "Always 0, the prior's mean: that is what ACT takes, and where two styles are even it leads between them, into the obstacle. Choose one of the codes."},
		{F: func(codes, _ []float64) float64 { return bestOf(codes, probability(codes)) },
			Says: "That is the code nearest to 0, whether its path is clear or not: the clearances don't count yet."},
		{F: func(codes, clearances []float64) float64 { return bestOf(codes, clearances) },
			Says: "That is the largest clearance, whatever the code. Such a code may lie where the prior has hardly any, and the decoder has never been: among clear paths the prior decides."},
		{F: choosing(func(z float64) float64 { return -z }, positive, byClearance),
			Says: "Of the clear paths it takes the smallest z, the most negative: the prior falls on both sides of 0, so the smallest |z| counts."},
		{F: choosing(func(z float64) float64 { return z }, positive, byClearance),
			Says: "Of the clear paths it takes the largest z. The prior falls on both sides of 0: the smallest |z| counts."},
		{F: choosing(math.Abs, positive, byClearance),
			Says: "Of the clear paths it takes the largest |z|: that is the least probable code. N(0, 1) is highest at 0."},
		{F: choosing(nearest, func(c float64) bool { return c >= 0 }, byClearance),
			Says: "At a clearance of 0 the path touches, and that isn't clear: it must be above 0."},
		{F: choosing(nearest, func(c float64) bool { return c < 0 }, byClearance),
			Says: "It prefers the paths that collide: below 0 is inside the obstacle, and above 0 is clear."},
		{F: choosing(nearest, positive, func(codes, _ []float64) float64 { return 0 }),
			Says: "Right where some path is clear. Where none is, it gives 0: take the code whose path comes nearest to being clear."},
		{F: choosing(nearest, positive, func(codes, _ []float64) float64 { return codes[0] }),
			Says: "Right where some path is clear. Where none is, it gives the first code: take the one with the largest clearance."},
		{F: choosing(nearest, positive, func(codes, _ []float64) float64 { return bestOf(codes, probability(codes)) }),
			Says: "Right where some path is clear. Where none is, it takes the most probable code: there the largest clearance counts, since no code is safe."},
		{F: choosing(func(float64) float64 { return 0 }, positive, byClearance),
			Says: "That is the first code with a clear path: go on, a later one may have a smaller |z|, and be more probable."},
		{F: func(codes, clearances []float64) float64 {
			return float64(slices.Index(codes, solveChooseStyle(codes, clearances)))
		},
			Says: "That is the place of the right code in the list, counted from 0: the code itself is asked for."},
		{F: func(codes, clearances []float64) float64 {
			clear := codesWhere(codes, clearances, positive)
			if len(clear) == 0 {
				return byClearance(codes, clearances)
			}
			return average(clear)
		},
			Says: "That is the mean of the codes with clear paths: a new code, whose path nobody has looked at. Between left and right it goes through the middle."},
	},
}

func positive(clearance float64) bool { return clearance > 0 }

func nearest(z float64) float64 { return -math.Abs(z) }

func byClearance(codes, clearances []float64) float64 { return bestOf(codes, clearances) }

func probability(codes []float64) []float64 {
	list := make([]float64, len(codes))
	for i, z := range codes {
		list[i] = kl.Standard.LogProb(z)
	}
	return list
}

// bestOf is the code with the highest score.
func bestOf(codes, scores []float64) float64 { return codes[floats.MaxIdx(scores)] }

func codesWhere(codes, clearances []float64, holds func(clearance float64) bool) (list []float64) {
	for i, z := range codes {
		if holds(clearances[i]) {
			list = append(list, z)
		}
	}
	return list
}

// choosing takes the best code of those whose clearance passes; where none does, it asks otherwise.
func choosing(score func(z float64) float64, passes func(clearance float64) bool, otherwise style) style {
	return func(codes, clearances []float64) float64 {
		passed := codesWhere(codes, clearances, passes)
		if len(passed) == 0 {
			return otherwise(codes, clearances)
		}
		scores := make([]float64, len(passed))
		for i, z := range passed {
			scores[i] = score(z)
		}
		return bestOf(passed, scores)
	}
}

// placesOf are the places of a list, from 0.
func placesOf(list []float64) (order []int) {
	for i := range list {
		order = append(order, i)
	}
	return order
}

func stylesOf(list ...[2][]float64) (points []check.Point[style]) {
	for _, at := range list {
		clear := len(codesWhere(at[0], at[1], positive))
		p := twoLists("", at[0], at[1], tags(tag{"no path is clear", clear == 0}, tag{"a path touches", slices.Contains(at[1], 0)},
			tag{"there is one code", len(at[0]) == 1}, tag{"all paths are clear", clear == len(at[0])})...)
		p.Say = func() string {
			return words.Say("z = %s, clearances %s", words.Coordinates(at[0]), words.Coordinates(at[1]))
		}
		points = append(points, p)
	}
	return points
}

func solveChooseStyle(codes, clearances []float64) float64 {
	best, top := 0.0, math.Inf(-1)
	for i, z := range codes {
		score := clearances[i]
		if score > 0 {
			score = math.Exp(-z * z / 2)
		}
		if score > top {
			best, top = z, score
		}
	}
	return best
}
