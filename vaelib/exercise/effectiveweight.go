package exercise

import (
	"math"
	"slices"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

type convention = func(pixels, latent int, meanOverPixels, meanOverLatent bool) float64

// EffectiveWeight meets “a mean where a sum belongs changes the KL weight”, with the conventions of published programs.
var EffectiveWeight = &check.Function[func(pixels, latent int, meanOverPixels, meanOverLatent bool) float64]{
	Exercise: check.Exercise{
		ID: "EffectiveWeight", Notebook: 4, Title: "The KL weight that nobody chose", Minutes: 6,
		Question: "A program adds a cross-entropy, summed or averaged over the pixels, and a KL term, summed or averaged over the latent dimensions. " +
			"Which KL weight β does it really train with? (β = 1 where both are sums.)",
		Signature: "func Weight(pixels, latent int, meanOverPixels, meanOverLatent bool) float64",
		Hints: []string{
			"A mean over n things is their sum divided by n: write the loss with sums and factors.",
			"a·reconstruction + b·KL trains like reconstruction + (b/a)·KL: a common factor changes only the step.",
			"A mean over pixels makes the reconstruction term smaller, and so the weight larger: times pixels.",
		},
		Another: "write the loss as a·reconstruction + b·KL, with a = 1/pixels and b = 1/latent for means, and 1 for sums. The weight " +
			"is b/a, whatever else is in a and b.",
		Meets: []check.Confusion{check.SumOrMean, check.WeightNotApplied},
	},
	Solve: solveEffectiveWeight,
	Truth: func(pixels, latent int, meanOverPixels, meanOverLatent bool) float64 {
		l := kl.Loss{Pixels: pixels, Latent: latent, Batch: 1, ErrorFactor: 1, KLFactor: 1}
		if meanOverPixels {
			l.ErrorPixels = kl.Mean
		}
		if meanOverLatent {
			l.KLLatent = kl.Mean
		}
		return value(l.Weight())
	},
	Points: []check.Point[convention]{
		weightOf(words.Mark("a VAE of Keras's examples, July 2016"), 784, 2, true, false),
		weightOf(words.Mark("keras.io's VAE, 2020"), 784, 2, false, true),
		weightOf(words.Mark("fastai's course, 29_vae"), 784, 200, true, true),
		weightOf("", 784, 20, false, false), weightOf("", 64, 16, true, true), weightOf("", 3072, 128, true, false),
		weightOf("", 784, 16, false, true), weightOf("", 100, 3, true, true), weightOf("", 784, 2, false, false),
	},
	Tested: "three published programs, whose weights are 784, 0.5 and 3.92, and others.",
	Formula: check.Formula[convention]{
		Sums: []*formula.Sum{formula.OfFactors(1, slices.Concat([]formula.Term{
			{Coefficient: 1, Text: "if(meanOverPixels, pixels, 1)", Called: "the mean over pixels"},
			{Coefficient: -1, Text: "if(meanOverLatent, latent, 1)", Called: "the mean over dimensions"},
		}, confused("pixels", "latent", "if(meanOverLatent, pixels, 1)", "if(meanOverPixels, latent, 1)"))...)},
		Lines:  formula.Parse("start := 1\nw := if(meanOverPixels, start·pixels, start)\nif(meanOverLatent, w/latent, w)"),
		Probes: conventionsToProbe(),
		Call: func(f convention, in formula.Inputs) []float64 {
			return []float64{f(int(in["pixels"].X()), int(in["latent"].X()), in["meanOverPixels"].X() != 0, in["meanOverLatent"].X() != 0)}
		},
	},
	Mistakes: []check.Mistake[convention]{
		{F: weigh(func(p, l float64) float64 { return l / p }),
			Says: "Upside down: a mean over pixels makes the reconstruction term small, so the KL term counts more, not less."},
		{F: weigh(func(p, l float64) float64 { return p }),
			Says: "The mean over dimensions is overlooked: it divides the KL term by their number."},
		{F: weigh(func(p, l float64) float64 { return 1 / l }),
			Says: "The mean over pixels is overlooked: it divides the reconstruction term by their number, and so multiplies the weight."},
		{F: weigh(func(p, l float64) float64 { return p * l }),
			Says: "The mean over dimensions works the other way: it divides the weight."},
		{F: weigh(func(p, l float64) float64 { return math.Floor(p / l) }),
			Says: "Whole numbers were divided, and the rest was thrown away: turn them into float64 first."},
		{F: weigh(func(p, l float64) float64 { return 1 / (p * l) }),
			Says: "The mean over dimensions counts the right way. The one over pixels makes the other term smaller, so it multiplies the weight."},
		{F: func(pixels, latent int, _, _ bool) float64 { return float64(pixels) / float64(latent) },
			Says: "Right only where both are means: a sum leaves its term as it is."},
		{F: weigh(func(p, l float64) float64 { return 1 }),
			Says: "Always 1: so it would be if both were sums. A mean is a weight in disguise."},
	},
}

// weigh tells the number of pixels and of dimensions where a mean is taken over them, and else 1.
func weigh(f func(pixels, latent float64) float64) convention {
	return func(pixels, latent int, meanOverPixels, meanOverLatent bool) float64 {
		p, l := 1., 1.
		if meanOverPixels {
			p = float64(pixels)
		}
		if meanOverLatent {
			l = float64(latent)
		}
		return f(p, l)
	}
}

func weightOf(who string, pixels, latent int, meanOverPixels, meanOverLatent bool) check.Point[convention] {
	return check.Point[convention]{
		Say: func() string {
			takes := taken(pixels, latent, meanOverPixels, meanOverLatent)
			if who == "" {
				return takes
			}
			return words.Say("%s: %s", words.Text(who), takes)
		},
		Call: func(f convention) []float64 { return []float64{f(pixels, latent, meanOverPixels, meanOverLatent)} },
		Tags: tags(tag{"both are sums", !meanOverPixels && !meanOverLatent}, tag{"both are means", meanOverPixels && meanOverLatent},
			tag{"pixels are averaged", meanOverPixels}, tag{"dimensions are averaged", meanOverLatent}),
	}
}

// taken says which sums and means a program takes.
func taken(pixels, latent int, meanOverPixels, meanOverLatent bool) string {
	switch {
	case meanOverPixels && meanOverLatent:
		return words.Say("mean over %d pixels, mean over %d dimensions", pixels, latent)
	case meanOverPixels:
		return words.Say("mean over %d pixels, sum over %d dimensions", pixels, latent)
	case meanOverLatent:
		return words.Say("sum over %d pixels, mean over %d dimensions", pixels, latent)
	}
	return words.Say("sum over %d pixels, sum over %d dimensions", pixels, latent)
}

func solveEffectiveWeight(pixels, latent int, meanOverPixels, meanOverLatent bool) float64 {
	weight := 1.0
	if meanOverPixels {
		weight *= float64(pixels)
	}
	if meanOverLatent {
		weight /= float64(latent)
	}
	return weight
}
