package exercise

import (
	"math"
	"slices"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

// KLFromLogVar meets “the log-variance is taken for the log-std”, and “NaN from a log-variance”.
var KLFromLogVar = &check.Function[func(mu, logVar float64) float64]{
	Exercise: check.Exercise{
		ID: "KLFromLogVar", Notebook: 2, Title: "KL from a log-variance", Minutes: 5,
		Question:  "An encoder gives μ and s = log σ². Write the KL term from them, for every s: at s = −1600, too, it is a finite number.",
		Signature: "func KLFromLogVar(mu, logVar float64) float64",
		Hints: []string{
			"Put σ² = eˢ into ½(μ² + σ² − 1 − log σ²). What becomes of log σ²?",
			"The logarithm needn't be computed: log σ² is s itself. Who takes exp first and log afterwards, meets log 0.",
		},
		Another: "½(μ² + math.Expm1(s) − s). Expm1(s) is eˢ − 1 without the digits that are lost where s is close to 0.",
		Meets:   []check.Confusion{check.LogStd, check.NotANumber},
	},
	Solve: solveKLFromLogVar,
	Truth: func(mu, logVar float64) float64 { return value(kl.LogVarParts(mu, logVar)).Total() },
	Points: []check.Point[func(mu, logVar float64) float64]{
		logVarAt(0, 0), logVarAt(2, 0), logVarAt(-1, 0), logVarAt(0, -1), logVarAt(0, 1), logVarAt(1.5, -2), logVarAt(-0.5, 0.7),
		logVarAt(3, 2), logVarAt(0, 3), logVarAt(-1, -6), logVarAt(0, -1600), logVarAt(1, -2000),
	},
	Tested: "log-variances from −2000 to 3, against the course's own closed form.",
	Formula: check.Formula[func(mu, logVar float64) float64]{
		Sums: []*formula.Sum{formula.OfTerms(slices.Concat([]formula.Term{
			{Coefficient: 0.5, Text: "μ²", Called: "the price of the mean"}, {Coefficient: 0.5, Text: "exp(s)", Called: "the variance e^s"},
			{Coefficient: -0.5, Text: "1", Called: "the constant"}, {Coefficient: -0.5, Text: "s", Called: "the logarithm s"},
		}, confused("μ", "abs(μ)", "exp(2·s)", "exp(s/2)", "exp(−s)", "s²", "abs(s)", "log(abs(s))", "μ·s", "μ²·exp(s)", "exp(μ)", "√exp(abs(s))"))...)},
		Lines:  formula.Parse("½·(μ·μ + exp(s) − 1 − s)"),
		Probes: pairs("μ", "s", logsToProbe...), Call: ofTwoNumbers("μ", "s"), NotNegative: neverNegative,
	},
	Mistakes: []check.Mistake[func(mu, logVar float64) float64]{
		{F: func(mu, s float64) float64 { return 0.5 * (mu*mu + math.Exp(2*s) - 1 - 2*s) },
			Says: "Right at s = 0 only: s is read as log σ. It is log σ², so σ² = eˢ and log σ² = s."},
		{F: func(mu, s float64) float64 { return 0.5 * (mu*mu + math.Exp(s/2) - 1 - s) },
			Says: "Right at s = 0 only: e^(s/2) is σ, and here σ² belongs: eˢ."},
		{F: func(mu, s float64) float64 { return 0.5 * (mu*mu + math.Exp(s) - 1 - 2*s) },
			Says: "Right at s = 0 only: log σ² is s, not 2s."},
		{F: func(mu, s float64) float64 { return 0.5 * (mu*mu + math.Exp(s) - 1 - s/2) },
			Says: "Right at s = 0 only: log σ² is s, not s/2."},
		{F: func(mu, s float64) float64 { return 0.5 * (mu*mu + math.Exp(2*s) - 1 - s) },
			Says: "Right at s = 0 only: σ² is eˢ, not e²ˢ."},
		{F: func(mu, s float64) float64 { return 0.5 * (mu*mu + math.Exp(s) - s) },
			Says: "Too large by ½ at every input: the −1 is missing."},
		{F: func(mu, s float64) float64 { return 0.5 * (mu*mu + math.Exp(s) - 1 + s) },
			Says: "Right at s = 0 only: the sign of s is turned."},
		{F: func(mu, s float64) float64 { return 0.5 * (mu*mu + s - 1 - math.Log(s)) },
			Says: "s is taken for the variance. It is its logarithm, and may be negative: no logarithm can be taken of it."},
		{F: func(mu, s float64) float64 { return 0.5 * (mu*mu + s*s - 1 - math.Log(s*s)) },
			Says: "s is taken for σ. It is the logarithm of σ²."},
		{F: func(mu, s float64) float64 { return 0.5 * (mu*mu + math.Exp(s) - 1 - math.Log(math.Exp(s))) },
			Says: "Right but for very negative s, where eˢ is rounded to 0, and log 0 is −∞: use s itself for log σ²."},
	},
}

func logVarAt(mu, s float64) check.Point[func(mu, s float64) float64] {
	p := muAndS("s", mu, s)
	if s < -1000 {
		p.Tags = append(p.Tags, words.Mark("s is very negative"))
	}
	return p
}

func solveKLFromLogVar(mu, logVar float64) float64 {
	return 0.5 * (mu*mu + math.Exp(logVar) - 1 - logVar)
}
