package exercise

import (
	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

type hidden = func(pixels int, sigma float64) float64

// HiddenWeight meets “a squared error with a fixed σ is a KL weight in disguise”.
var HiddenWeight = &check.Function[func(pixels int, sigma float64) float64]{
	Exercise: check.Exercise{
		ID: "HiddenWeight", Notebook: 4, Title: "The KL weight in a squared error", Minutes: 8,
		Question: "A program's loss is the mean squared error over the pixels plus the KL term, summed over dimensions. Its author believes in Gaussian pixels with " +
			"the spread σ, whose nats are Σ (x − x̂)²/(2σ²) and a constant. Which KL weight β does she train with?",
		Signature: "func HiddenWeight(pixels int, sigma float64) float64",
		Hints: []string{
			"Write the mean squared error as a factor times the nats: Σ (x − x̂)² = 2σ² · nats.",
			"The loss is (2σ²/pixels)·nats + KL. Divide by what stands before the nats.",
		},
		Another: "(σ₁/σ)², with σ₁ = √(pixels/2). That is the spread for which her loss is the negative ELBO, but for a constant: 19.8 for 784 pixels, whose " +
			"values lie between 0 and 1.",
		Meets: []check.Confusion{check.FixedSigma, check.SumOrMean},
	},
	Solve: solveHiddenWeight,
	Truth: func(pixels int, sigma float64) float64 {
		l := kl.Loss{Pixels: pixels, Latent: 1, Batch: 1, Error: kl.SquaredError, Sigma: sigma, ErrorFactor: 1, ErrorPixels: kl.Mean, KLFactor: 1}
		return value(l.Weight())
	},
	Points: hiddenAt(hiddenInput{784, 0.5}, hiddenInput{784, 1}, hiddenInput{1, 0.3}, hiddenInput{784, 0.1}, hiddenInput{12288, 1}, hiddenInput{1, 1}, hiddenInput{64, 2}),
	Tested: "1 to 12,288 pixels, σ from 0.1 to 2: with 784 pixels and σ = 0.1 the weight is 39,200.",
	Formula: check.Formula[hidden]{
		Sums:   []*formula.Sum{formula.OfFactors(0.5, formula.Term{Coefficient: 1, Text: "pixels"}, formula.Term{Coefficient: -2, Text: "σ"})},
		Lines:  formula.Parse("pixels/(2·σ·σ)"),
		Probes: pairs("pixels", "σ", [2]float64{784, 0.5}, [2]float64{49, 0.3}, [2]float64{784, 0.1}, [2]float64{12288, 1.3}, [2]float64{64, 2}, [2]float64{3, 0.7}, [2]float64{100, 0.2}, [2]float64{16, 3}, [2]float64{5, 1.7}),
		Call:   func(f hidden, in formula.Inputs) []float64 { return []float64{f(int(in["pixels"].X()), in["σ"].X())} },
	},
	Mistakes: []check.Mistake[hidden]{
		{F: func(pixels int, sigma float64) float64 { return 1 / (2 * sigma * sigma) },
			Says: "Right for one pixel only: that is for a sum over pixels, and here it is their mean."},
		{F: func(pixels int, sigma float64) float64 { return 2 * sigma * sigma / float64(pixels) },
			Says: "Upside down: that is the factor before the nats. The KL term's weight is 1 over it."},
		{F: func(pixels int, sigma float64) float64 { return 2 * sigma * sigma * float64(pixels) },
			Says: "σ works the other way: a small σ makes many nats of an error, so the loss counts them too little, and the weight is large."},
		{F: func(pixels int, sigma float64) float64 { return float64(pixels) / (2 * sigma) },
			Says: "Right at σ = 1 only: the nats have the variance σ² in them."},
		{F: func(pixels int, sigma float64) float64 { return float64(pixels) },
			Says: "σ doesn't count yet: an error is worth 1/(2σ²) as many nats."},
		{F: func(pixels int, sigma float64) float64 { return 1 / (2 * sigma * sigma) / float64(pixels) },
			Says: "The mean over pixels works the other way: it makes the error small, and so the KL weight large."},
		{F: func(pixels int, sigma float64) float64 { return float64(pixels) * sigma * sigma / 2 },
			Says: "σ works the other way: divide by σ²."},
		{F: func(pixels int, sigma float64) float64 { return 1 },
			Says: "Always 1: only if the error were the nats themselves, that is with a sum and σ = 1/√2."},
	},
}

type hiddenInput struct {
	pixels int
	sigma  float64
}

func hiddenAt(list ...hiddenInput) (points []check.Point[hidden]) {
	for _, at := range list {
		points = append(points, check.Point[hidden]{
			Say:  func() string { return words.Say("%d pixels, σ = %s", at.pixels, words.Number(at.sigma)) },
			Call: func(f hidden) []float64 { return []float64{f(at.pixels, at.sigma)} },
			Tags: tags(tag{"σ = 1", at.sigma == 1}, tag{"there is one pixel", at.pixels == 1}),
		})
	}
	return points
}

func solveHiddenWeight(pixels int, sigma float64) float64 {
	return float64(pixels) / (2 * sigma * sigma)
}
