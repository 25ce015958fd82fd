package exercise

import (
	"math"
	"slices"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/words"
)

type nats = func(pixels, logits []float64) float64

// ReconstructionFromLogits meets infinities from the logarithm of a probability that has been rounded to 0 or 1.
var ReconstructionFromLogits = &check.Function[func(pixels, logits []float64) float64]{
	Exercise: check.Exercise{
		ID: "ReconstructionFromLogits", Notebook: 3, Title: "The reconstruction term from logits", Minutes: 10,
		Question: "For each pixel the decoder gives a logit l, and the probability of white is x̂ = 1/(1 + e⁻ˡ). Write the cross-entropy " +
			"Σ −x log x̂ − (1 − x) log(1 − x̂) of grey pixels x in nats, summed over pixels. It must be right at l = ±100, too.",
		Signature: "func Reconstruction(pixels, logits []float64) float64",
		Hints: []string{
			"At l = 100 the probability is rounded to 1, and log(1 − x̂) is −∞. So don't compute x̂: work out the formula in l.",
			"−log x̂ = log(1 + e⁻ˡ) and −log(1 − x̂) = log(1 + eˡ). Their difference is l.",
			"For each pixel log(1 + eˡ) − x·l, and log(1 + eˡ) = max(l, 0) + log(1 + e^−|l|), where nothing can overflow.",
		},
		Another: "a case for each sign: (1 − x)·l + log(1 + e⁻ˡ) where l is above 0, and −x·l + log(1 + eˡ) elsewhere. No exponential " +
			"is then of a number above 0.",
		Meets: []check.Confusion{check.NotANumber, check.SumOrMean},
	},
	Solve:  solveReconstruction,
	Truth:  overPixels(func(x, l float64) float64 { return x*surprise(l) + (1-x)*surprise(-l) }),
	Points: logitsAt(),
	Tested: "pictures of 1 to 60 pixels, black, white and grey, logits from −1000 to 1000.",
	Formula: check.Formula[nats]{
		Sums: []*formula.Sum{formula.OfTerms(slices.Concat([]formula.Term{
			{Coefficient: 1, Text: "Σ(max(l, 0))"}, {Coefficient: 1, Text: "Σ(log1p(exp(−abs(l))))", Called: "the logarithm"}, {Coefficient: -1, Text: "Σ(x·l)"},
		}, confused("1", "count(l)", "Σ l", "Σ x", "Σ(abs(l))", "Σ(x²)", "Σ(l²)", "Σ(x·abs(l))", "Σ(x²·l)", "Σ(sigmoid(l))", "Σ(exp(−abs(l)))", "mean(x·l)",
			"mean(max(l, 0))", "mean(log1p(exp(−abs(l))))", "largest(l)", "Σ(max(x, l))"))...)},
		Lines:  formula.Parse("Σ(max(l, 0) + log1p(exp(−abs(l))) − x·l)"),
		Probes: logitsToProbe(), Call: ofTwoLists("x", "l"), NotNegative: "A cross-entropy of black, white and grey pixels is never negative.",
	},
	Mistakes: []check.Mistake[nats]{
		{F: overPixels(func(x, l float64) float64 { p := sigmoid(l); return -x*math.Log(p) - (1-x)*math.Log(1-p) }),
			Says: "Right for moderate logits. Where l is large, x̂ is rounded to 0 or 1, and its logarithm is −∞, or 0 · ∞: work with l itself."},
		{F: overPixels(func(x, l float64) float64 { return math.Log(1+math.Exp(l)) - x*l }),
			Says: "Right for moderate logits. At l = 1000 the exponential overflows: log(1 + eˡ) = max(l, 0) + log(1 + e^−|l|)."},
		{F: overPixels(clipped(1e-7)), Says: cutOff},
		{F: overPixels(clipped(1e-8)), Says: cutOff},
		{F: overPixels(clipped(1e-6)), Says: cutOff},
		{F: overPixels(clipped(1e-10)), Says: cutOff},
		{F: overPixels(clipped(1e-12)), Says: cutOff},
		{F: func(x, l []float64) float64 { return exactNats(x, l) / float64(len(x)) },
			Says: "Right for one pixel only: that is the mean over pixels. The KL term would weigh 784 times as much beside it."},
		{F: overPixels(func(x, l float64) float64 { return x * surprise(l) }),
			Says: "Only −x log x̂ is there: black pixels, x = 0, say nothing about a wrong x̂. The half with 1 − x is missing."},
		{F: overPixels(func(x, l float64) float64 { return surprise(l) + x*l }),
			Says: "The sign of l is turned: a logit far above 0 means white."},
		{F: overPixels(func(x, l float64) float64 { return surprise(-l) + x*l }),
			Says: "The sign before x·l is turned: a white pixel is to be cheaper, the larger l is."},
		{F: overPixels(func(x, l float64) float64 { d := x - sigmoid(l); return d * d }),
			Says: "That is the squared error: the nats of another decoder, with Gaussian pixels, times 2σ²."},
		{F: overPixels(func(x, l float64) float64 { x = math.Round(x); return surprise(-l) - x*l }),
			Says: "Right for black and white only: grey pixels are rounded. Grey counts as a probability here."},
		{F: overPixels(func(x, l float64) float64 { return surprise(-l) }),
			Says: "Right for black pixels only: x doesn't count. The part −x·l is missing."},
	},
}

var cutOff = words.Mark("Right for moderate logits. Where l is large, x̂ is cut off, so a decoder that is sure and wrong pays no more than the cut: " +
	"at l = 100 a black pixel costs 100 nats.")

// surprise is −log sigmoid(l), without overflow: log(1 + e⁻ˡ).
func surprise(l float64) float64 {
	if l < 0 {
		return -l + math.Log1p(math.Exp(l))
	}
	return math.Log1p(math.Exp(-l))
}

func sigmoid(l float64) float64 { return 1 / (1 + math.Exp(-l)) }

// clipped is the cross-entropy of a probability that has been kept away from 0 and 1.
func clipped(by float64) func(x, l float64) float64 {
	return func(x, l float64) float64 {
		p := min(max(sigmoid(l), by), 1-by)
		return -x*math.Log(p) - (1-x)*math.Log(1-p)
	}
}

var exactNats = overPixels(func(x, l float64) float64 { return x*surprise(l) + (1-x)*surprise(-l) })

func overPixels(f func(x, l float64) float64) nats {
	return func(pixels, logits []float64) float64 { return eachDimension(pixels, logits, f) }
}

func logitsAt() []check.Point[nats] {
	rng := seeded(5)
	picture := func(n int, spread float64) (x, l []float64) {
		for range n {
			x = append(x, []float64{0, 1, rng.Float64()}[rng.IntN(3)])
		}
		return x, normals(rng, n, 0, spread)
	}
	var points []check.Point[nats]
	add := func(x, l []float64) {
		points = append(points, twoNamed("x", "l", x, l,
			tag{words.Mark("there is one pixel"), len(x) == 1},
			tag{words.Mark("the logits are far from 0"), slices.ContainsFunc(l, func(l float64) bool { return math.Abs(l) >= 100 })},
			tag{words.Mark("all pixels are black or white"), !slices.ContainsFunc(x, func(x float64) bool { return x != 0 && x != 1 })}))
	}
	add([]float64{1}, []float64{0.5})
	add([]float64{0}, []float64{0.5})
	add([]float64{0.3}, []float64{-2})
	add([]float64{0.8}, []float64{0})
	add([]float64{0, 1, 0.25, 0.6}, []float64{-3, 2, 1, -0.4})
	for _, n := range []int{3, 20, 60} {
		add(picture(n, 2))
	}
	add([]float64{1}, []float64{-100})
	add([]float64{0}, []float64{100})
	add([]float64{1, 0, 0.5}, []float64{100, -100, 100})
	add([]float64{0, 1}, []float64{1000, 1000})
	add([]float64{0, 1, 0.3}, []float64{-1000, 1000, -1000})
	return points
}

func solveReconstruction(pixels, logits []float64) float64 {
	sum := 0.0
	for i, l := range logits {
		sum += math.Max(l, 0) + math.Log1p(math.Exp(-math.Abs(l))) - pixels[i]*l
	}
	return sum
}
