package exercise

import (
	"math"
	"slices"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

// SignError meets “the KL divergence is printed with its sign turned”.
var SignError = &check.Function[func(mu, logVar []float64) float64]{
	Exercise: check.Exercise{
		ID: "SignError", Notebook: 2, Title: "Find the sign error", Minutes: 5,
		Question: "The function computes the article's formula as it is printed, ½ Σ (1 + log σ² − μ² − σ²), from means and log-variances. " +
			"Correct it: with as little change as you can.",
		Signature: "func Corrected(mu, logVar []float64) float64",
		Hints: []string{
			"A KL divergence is never negative. What does the printed formula give for μ = 2, log σ² = 0?",
			"Is one of the four terms wrong, or all of them?",
		},
		Another: "turn the four signs one by one, ½ Σ (μ² + σ² − 1 − log σ²). Then one sees that it can't be negative, since log σ² is " +
			"never above σ² − 1.",
		Meets: []check.Confusion{check.TurnedSign},
	},
	Solve: solveSignError,
	Truth: func(mu, logVar []float64) float64 {
		return value(kl.DiagonalFromLogVar(mu, logVar).KL(kl.StandardDiagonal(len(mu))))
	},
	Points: logVarCodes([][2][]float64{
		{{2}, {0}}, {{0}, {-1}}, {{0}, {1}}, {{0, 0}, {0, 0}}, {{1, -1}, {0, 0}}, {{1, -0.5, 0}, {-2, 0.3, 1}}, {{-1, 2, 0.1, 0}, {0.5, -3, 0, 2}},
	}),
	Tested: "codes of 1 to 4 dimensions, against the course's own closed form.",
	Formula: check.Formula[func(mu, logVar []float64) float64]{
		Sums: []*formula.Sum{formula.OfTerms(slices.Concat([]formula.Term{
			{Coefficient: 0.5, Text: "Σ(μ²)", Called: "the price of the means"}, {Coefficient: 0.5, Text: "Σ(exp(s))", Called: "the variance e^s"},
			{Coefficient: -0.5, Text: "count(μ)", Called: "the 1, one for each dimension,"}, {Coefficient: -0.5, Text: "Σ s", Called: "the logarithm s"},
		}, confused("1", "Σ μ", "Σ(abs(μ))", "Σ(abs(s))", "Σ(s²)", "Σ(exp(2·s))", "Σ(exp(s/2))", "Σ(exp(−s))", "mean(μ²)", "mean(exp(s))", "mean(s)",
			"(Σ μ)²", "exp(Σ s)", "first(μ²)", "last(μ²)", "first(s)", "last(s)", "first(exp(s))", "last(exp(s))"))...)},
		Lines:  formula.Parse("−½·Σ(1 + s − μ·μ − exp(s))"),
		Probes: codesToProbe("s", func(s float64) float64 { return s }), Call: ofTwoLists("μ", "s"), NotNegative: neverNegative,
	},
	Mistakes: []check.Mistake[func(mu, logVar []float64) float64]{
		{F: func(mu, s []float64) float64 {
			return eachDimension(mu, s, func(mu, s float64) float64 { return 0.5 * (1 + s - mu*mu - math.Exp(s)) })
		},
			Untouched: true, Says: "The formula is still as printed, and gives numbers below 0, which no KL divergence can be."},
		{F: func(mu, s []float64) float64 {
			return eachDimension(mu, s, func(mu, s float64) float64 { return 0.5 * (1 + s + mu*mu - math.Exp(s)) })
		},
			Says: "The μ part is right now, and the σ part isn't: the sign of every term is turned, not of μ² alone."},
		{F: func(mu, s []float64) float64 {
			return eachDimension(mu, s, func(mu, s float64) float64 { return 0.5 * (1 + s - mu*mu + math.Exp(s)) })
		},
			Says: "Now σ² counts the right way, and the other terms don't: the sign of every term is turned."},
		{F: func(mu, s []float64) float64 {
			return eachDimension(mu, s, func(mu, s float64) float64 { return 0.5 * (1 - s + mu*mu + math.Exp(s)) })
		},
			Says: "Three of the four signs are right: the 1 is still to be taken off. N(0, I) pays nothing."},
		{F: func(mu, s []float64) float64 {
			return eachDimension(mu, s, func(mu, s float64) float64 { return 0.5 * (1 - s - mu*mu - math.Exp(s)) })
		},
			Says: "log σ² has the right sign now; so must the other three terms."},
		{F: func(mu, s []float64) float64 {
			return eachDimension(mu, s, func(mu, s float64) float64 { return 0.5 * (mu*mu + math.Exp(s) - 1 + s) })
		},
			Says: "Three of the four signs are right: log σ² is to be taken off."},
		{F: func(mu, s []float64) float64 {
			return eachDimension(mu, s, func(mu, s float64) float64 { return max(0, 0.5*(1+s-mu*mu-math.Exp(s))) })
		},
			Says: "Cutting off at 0 hides the mistake: the printed formula is never above 0, so now every code is free."},
		{F: func(mu, s []float64) float64 {
			return eachDimension(mu, s, func(mu, s float64) float64 { return 0.5 * (mu*mu + math.Exp(s) - 1 - s) }) / float64(len(mu))
		},
			Says: "The sign is right now, and the sum has become a mean over dimensions: fines add up."},
	},
}

// logVarCodes are codes given by their means and log-variances.
func logVarCodes(list [][2][]float64) (points []check.Point[func(mu, logVar []float64) float64]) {
	for _, c := range list {
		zero := func(list []float64) bool {
			for _, x := range list {
				if x != 0 {
					return false
				}
			}
			return true
		}
		points = append(points, twoNamed("μ", "log σ²", c[0], c[1], tag{words.Mark("all σ = 1"), zero(c[1])}, tag{words.Mark("all μ = 0"), zero(c[0])},
			tag{words.Mark("there is one dimension"), len(c[0]) == 1}))
	}
	return points
}

func solveSignError(mu, logVar []float64) float64 {
	sum := 0.0
	for j := range mu {
		sum += 1 + logVar[j] - mu[j]*mu[j] - math.Exp(logVar[j])
	}
	return -0.5 * sum // the minus was missing
}
