package exercise

import (
	"math"
	"slices"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/stat"
)

type pixels = func(pixels []float64) float64

// GreyFloor meets “the cross-entropy of grey pixels does not go down to 0”.
var GreyFloor = &check.Function[func(pixels []float64) float64]{
	Exercise: check.Exercise{
		ID: "GreyFloor", Notebook: 3, Title: "Grey or binarised: the floor of the reconstruction term", Minutes: 6,
		Question: "A perfect decoder gives x̂ = x at every pixel. Write the cross-entropy Σ −x log x̂ − (1 − x) log(1 − x̂) that is left, in nats: " +
			"no decoder gets below it. For pixels that are all 0 or 1 it is 0.",
		Signature: "func Floor(pixels []float64) float64",
		Hints: []string{
			"Put x̂ = x into the formula: that is the pixels' own entropy.",
			"At x = 0 the computer says 0 · log 0 = NaN. The limit of x log x is 0.",
		},
		Another: "gonum's stat.Entropy([]float64{x, 1 − x}), pixel by pixel: it knows that 0 · log 0 counts as 0.",
		Meets:   []check.Confusion{check.GreyPixels, check.NotANumber},
	},
	Solve: solveGreyFloor,
	Truth: func(pixels []float64) (sum float64) {
		for _, x := range pixels {
			sum += stat.Entropy([]float64{x, 1 - x})
		}
		return sum
	},
	Points: picturesOf([]float64{0.5}, []float64{0.2}, []float64{0.5, 0.9}, []float64{0.1, 0.2, 0.3, 0.4},
		[]float64{0}, []float64{1}, []float64{0, 1, 1, 0, 0}, []float64{0, 0.25, 1, 0.7, 0, 0.99}),
	Tested: "grey pictures, binarised ones, and mixed ones, against gonum's entropy.",
	Formula: check.Formula[pixels]{
		Sums: []*formula.Sum{formula.OfTerms(slices.Concat([]formula.Term{
			{Coefficient: -1, Text: "Σ(xlog(x))", Called: "the half with x"}, {Coefficient: -1, Text: "Σ(xlog(1 − x))", Called: "the half with 1 − x"},
		}, confused("1", "count(x)", "Σ x", "Σ(x²)", "Σ(x·(1 − x))", "mean(xlog(x))", "mean(xlog(1 − x))", "Σ(log1p(x))", "Σ(xlog(x)·x)", "Σ(√x)"))...)},
		Lines:  formula.Parse("−Σ(if(and(x > 0, x < 1), x·log x + (1 − x)·log(1 − x), 0))"),
		Probes: greysToProbe(), NotNegative: "An entropy of pixels is never negative.",
		Call: func(f pixels, in formula.Inputs) []float64 { return []float64{f(in["x"].Copy())} },
	},
	Mistakes: []check.Mistake[pixels]{
		{F: eachPixel(entropy), Says: "Right for grey pixels. At 0 and at 1 it is NaN: the computer's 0 · log 0. The limit of x log x is 0, so leave such a part out."},
		{F: eachPixel(func(x float64) float64 { return zeroLog(x) }),
			Says: "The half with 1 − x is missing."},
		{F: eachPixel(func(x float64) float64 { return -x * math.Log(x) }),
			Says: "The half with 1 − x is missing, and at x = 0 it is NaN: the computer's 0 · log 0."},
		{F: func(list []float64) float64 { return eachPixel(wholeEntropy)(list) / float64(len(list)) },
			Says: "Right for one pixel only: that is the mean over pixels. Nats an image are a sum."},
		{F: func([]float64) float64 { return 0 },
			Says: "Always 0: so it is for black and white. A grey pixel costs nats even when it is restored perfectly."},
		{F: eachPixel(func(x float64) float64 { return 2 * x * (1 - x) }),
			Says: "That is twice the variance x(1 − x), which is shaped much like it. Nats need logarithms."},
		{F: eachPixel(func(x float64) float64 { return x * (1 - x) }),
			Says: "That is the variance x(1 − x), which is shaped much like it. Nats need logarithms."},
		{F: eachPixel(func(x float64) float64 { return math.Ln2 }),
			Says: "That is log 2 for each pixel, what a coin costs: the floor of a decoder that knows nothing."},
	},
}

func entropy(x float64) float64 { return -x*math.Log(x) - (1-x)*math.Log(1-x) }

// zeroLog is −x log x with its limit at 0.
func zeroLog(x float64) float64 {
	if x == 0 {
		return 0
	}
	return -x * math.Log(x)
}

func wholeEntropy(x float64) float64 { return zeroLog(x) + zeroLog(1-x) }

func eachPixel(f func(x float64) float64) pixels {
	return func(list []float64) (sum float64) {
		for _, x := range list {
			sum += f(x)
		}
		return sum
	}
}

func picturesOf(list ...[]float64) (points []check.Point[pixels]) {
	for _, x := range list {
		points = append(points, check.Point[pixels]{
			Say:  func() string { return words.Say("pixels %s", words.Coordinates(x)) },
			Call: func(f pixels) []float64 { return []float64{f(slices.Clone(x))} },
			Tags: tags(tag{"there is one pixel", len(x) == 1},
				tag{"a pixel is 0 or 1", slices.ContainsFunc(x, func(x float64) bool { return x == 0 || x == 1 })},
				tag{"all pixels are 0 or 1", !slices.ContainsFunc(x, func(x float64) bool { return x != 0 && x != 1 })}),
		})
	}
	return points
}

func solveGreyFloor(pixels []float64) float64 {
	sum := 0.0
	for _, x := range pixels {
		if x > 0 && x < 1 { // 0 and 1 cost nothing
			sum -= x*math.Log(x) + (1-x)*math.Log(1-x)
		}
	}
	return sum
}
