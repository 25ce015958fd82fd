package exercise

import (
	"math"
	"slices"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/kl"
)

// KLFromLogStd meets “the log-variance is taken for the log-std” from the other side: whose number is wrong, and why?
var KLFromLogStd = &check.Function[func(mu, logStd float64) float64]{
	Exercise: check.Exercise{
		ID: "KLFromLogStd", Notebook: 2, Title: "Name the mix-up", Minutes: 6,
		Question: "A colleague's encoder gives s = log σ, and she draws codes with σ = eˢ. At μ = 0, s = −1 her KL term says 0.184; " +
			"a million draws say 0.568. Find out what she mixed up, and write what her KL term should be, from μ and s = log σ.",
		Signature: "func KLFromLogStd(mu, logStd float64) float64",
		Hints: []string{
			"Which formula gives 0.184 at s = −1? Try ½(eˢ − 1 − s).",
			"That formula is right for s = log σ². With s = log σ, what are σ² and log σ²?",
		},
		Another: "call the function for log-variances with 2s. A formula that stands in one place can't be mixed up in another.",
		Meets:   []check.Confusion{check.LogStd},
	},
	Solve: solveKLFromLogStd,
	Truth: func(mu, logStd float64) float64 { return value(kl.LogVarParts(mu, 2*logStd)).Total() },
	Points: []check.Point[func(mu, logStd float64) float64]{
		muAndS("s", 0, -1), muAndS("s", 0, 0), muAndS("s", 2, 0), muAndS("s", 0, 1), muAndS("s", 1.5, -2), muAndS("s", -0.5, 0.7),
		muAndS("s", 3, 1.2), muAndS("s", -1, -3), muAndS("s", 1, -1000),
	},
	Tested: "s from −1000 to 1.2, against the course's own closed form; at s = −1 it is 0.568.",
	Formula: check.Formula[func(mu, logStd float64) float64]{
		Sums: []*formula.Sum{formula.OfTerms(slices.Concat([]formula.Term{
			{Coefficient: 0.5, Text: "μ²", Called: "the price of the mean"}, {Coefficient: 0.5, Text: "exp(2·s)", Called: "the variance e^(2s)"},
			{Coefficient: -0.5, Text: "1", Called: "the constant"}, {Coefficient: -1, Text: "s", Called: "the logarithm s"},
		}, confused("μ", "abs(μ)", "exp(s)", "exp(s/2)", "exp(4·s)", "exp(−s)", "s²", "abs(s)", "log(abs(s))", "μ·s", "exp(μ)"))...)},
		Lines:  formula.Parse("v := 2·s\n½·(μ·μ + exp(v) − 1 − v)"),
		Probes: pairs("μ", "s", logsToProbe...), Call: ofTwoNumbers("μ", "s"), NotNegative: neverNegative,
	},
	Mistakes: []check.Mistake[func(mu, logStd float64) float64]{
		{F: func(mu, s float64) float64 { return 0.5 * (mu*mu + math.Exp(s) - 1 - s) },
			Says: "That is her own number, 0.184 at s = −1: s is read as log σ², and it is log σ."},
		{F: func(mu, s float64) float64 { return 0.5 * (mu*mu + math.Exp(2*s) - 1 - s) },
			Says: "Half of the way: σ² is right, and log σ² is 2s, not s."},
		{F: func(mu, s float64) float64 { return 0.5 * (mu*mu + math.Exp(s) - 1 - 2*s) },
			Says: "Half of the way: log σ² is right, and σ² is (eˢ)² = e²ˢ, not eˢ."},
		{F: func(mu, s float64) float64 { return 0.5 * (mu*mu + math.Exp(s/2) - 1 - s/2) },
			Says: "Right at s = 0 only: the half went the wrong way. From log σ to log σ² it is times two."},
		{F: func(mu, s float64) float64 { return 0.5 * (mu*mu + math.Exp(4*s) - 1 - 4*s) },
			Says: "Right at s = 0 only: s has been doubled twice."},
		{F: func(mu, s float64) float64 { return 0.5 * (mu*mu + s*s - 1 - math.Log(s*s)) },
			Says: "s is taken for σ. It is the logarithm of σ."},
		{F: func(mu, s float64) float64 { return 0.5 * (mu*mu + math.Exp(2*s) - 1 - math.Log(math.Exp(2*s))) },
			Says: "Right but for very negative s, where e²ˢ is rounded to 0, and log 0 is −∞: log σ² is 2s."},
	},
}

func solveKLFromLogStd(mu, logStd float64) float64 {
	logVar := 2 * logStd // she took s for this
	return 0.5 * (mu*mu + math.Exp(logVar) - 1 - logVar)
}
