package exercise

import (
	"math"
	"slices"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/kl"
)

// KLInOneDimension asks for the closed form, and meets “a ½ is missing”.
var KLInOneDimension = &check.Function[func(mu, sigma float64) float64]{
	Exercise: check.Exercise{
		ID: "KLInOneDimension", Notebook: 2, Title: "KL in one dimension", Minutes: 5,
		Question:  "Write D_KL(N(μ, σ²) ‖ N(0, 1)) in nats, from μ and σ.",
		Signature: "func KL(mu, sigma float64) float64",
		Hints: []string{
			"It has a part for μ, which grows with μ², and a part for σ. Both are 0 for N(0, 1) itself.",
			"The table of section 5 has every line that you need: take the entropy from the cross-entropy.",
			"½(μ² + σ² − 1 − log σ²), and log σ² = 2 log σ.",
		},
		Another: "with s = log σ², ½(μ² + eˢ − 1 − s): no logarithm is taken, and no σ can be negative. That is why encoders give s.",
		Meets:   []check.Confusion{check.SamplesDisagree},
	},
	Solve: solveKLInOneDimension,
	Truth: klOf,
	Points: []check.Point[func(mu, sigma float64) float64]{
		muSigma(0, 1), muSigma(2, 1), muSigma(-1.5, 1), muSigma(0, 0.5), muSigma(0, 3), muSigma(1, 0.6), muSigma(-2, 0.3),
		muSigma(0.5, 1.6), muSigma(3, 2), muSigma(-0.1, 0.9), muSigma(0, 0.01), muSigma(10, 0.05), muSigma(-4, 20),
	},
	Tested: "means from −4 to 10, spreads from 0.01 to 20, against the course's own closed form.",
	Formula: check.Formula[func(mu, sigma float64) float64]{
		Sums: []*formula.Sum{formula.OfTerms(slices.Concat([]formula.Term{
			{Coefficient: 0.5, Text: "μ²", Called: "the price of the mean"}, {Coefficient: 0.5, Text: "σ²", Called: "the part with σ²"},
			{Coefficient: -0.5, Text: "1", Called: "the constant"}, {Coefficient: -0.5, Text: "log σ²", Called: "the logarithm"},
		}, confused("μ", "abs(μ)", "σ", "√σ", "1/σ", "1/σ²", "(log σ)²", "exp(σ)", "exp(σ/2)", "μ·σ", "μ²·σ²", "μ²/σ²", "σ²·σ²", "σ·log σ"))...)},
		Lines:  formula.Parse("½·(μ·μ + σ·σ − 1 − 2·log σ)"),
		Probes: pairs("μ", "σ", spreadsToProbe...), Call: ofTwoNumbers("μ", "σ"), NotNegative: neverNegative,
	},
	Mistakes: []check.Mistake[func(mu, sigma float64) float64]{
		{F: func(mu, sigma float64) float64 { return 0.5 * (mu*mu + sigma*sigma - 1 - math.Log(sigma)) },
			Says: "Right at σ = 1 only: the logarithm is of σ², and log σ² is 2 log σ."},
		{F: func(mu, sigma float64) float64 { return 0.5 * (mu*mu + sigma - 1 - math.Log(sigma)) },
			Says: "Right at σ = 1 only: σ is taken for the variance. The formula wants σ² in both places."},
		{F: func(mu, sigma float64) float64 { return 0.5 * (mu*mu + sigma - 1 - 2*math.Log(sigma)) },
			Says: "Right at σ = 1 only: the first σ wants a square."},
		{F: func(mu, sigma float64) float64 { return 0.5 * (mu*mu + math.Exp(sigma) - 1 - sigma) },
			Says: "σ is taken for the log-variance: here it is the spread itself."},
		{F: func(mu, sigma float64) float64 { return 0.5 * (mu*mu + sigma*sigma - 2*math.Log(sigma)) },
			Says: "Too large by ½ at every input: the −1 is missing, so that N(0, 1) itself would pay."},
		{F: func(mu, sigma float64) float64 { return 0.5 * (mu*mu + sigma*sigma + 1 - 2*math.Log(sigma)) },
			Says: "Too large by 1 at every input: +1 stands where −1 belongs."},
		{F: func(mu, sigma float64) float64 { return 0.5 * (mu*mu + sigma*sigma - 1 + 2*math.Log(sigma)) },
			Says: "Right at σ = 1 only: the logarithm's sign is turned. It must raise the price of a σ below 1."},
		{F: func(mu, sigma float64) float64 { return 0.5*mu*mu + sigma*sigma - 1 - 2*math.Log(sigma) },
			Says: "Right at σ = 1 only: the ½ reaches the μ part alone. Put brackets around the whole sum."},
		{F: func(mu, sigma float64) float64 { return mu*mu + 0.5*(sigma*sigma-1-2*math.Log(sigma)) },
			Says: "Right at μ = 0 only: the ½ reaches the σ part alone. μ² wants it too."},
		{F: func(mu, sigma float64) float64 { return 0.5 * (sigma*sigma - 1 - 2*math.Log(sigma)) },
			Says: "Right at μ = 0 only: the price of the mean, ½μ², is missing."},
		{F: func(mu, sigma float64) float64 { return 0.5 * mu * mu },
			Says: "Right at σ = 1 only: the price of the spread is missing."},
		{F: func(mu, sigma float64) float64 { return 0.5 * (math.Abs(mu) + sigma*sigma - 1 - 2*math.Log(sigma)) },
			Says: "The μ part wants a square, not an absolute value."},
		{F: func(mu, sigma float64) float64 { return value(kl.Standard.KL(kl.Normal{Mu: mu, Sigma: sigma})) },
			Says: "That is the other direction, D_KL(N(0, 1) ‖ N(μ, σ²)): the encoder's bell comes first."},
	},
}

func solveKLInOneDimension(mu, sigma float64) float64 {
	return 0.5 * (mu*mu + sigma*sigma - 1 - 2*math.Log(sigma))
}

func klOf(mu, sigma float64) float64 { return value(kl.Normal{Mu: mu, Sigma: sigma}.KL(kl.Standard)) }
