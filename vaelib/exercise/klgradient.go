package exercise

import (
	"fmt"
	"math"
	"slices"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

type gradient = func(mu, sigma float64) (dMu, dSigma float64)

// KLGradient asks for the slopes that training follows, and meets “the sign is turned” as the direction of training.
var KLGradient = &check.Function[func(mu, sigma float64) (dMu, dSigma float64)]{
	Exercise: check.Exercise{
		ID: "KLGradient", Notebook: 2, Title: "The gradient by hand", Minutes: 6,
		Question:  "How does D_KL(N(μ, σ²) ‖ N(0, 1)) change with μ, and with σ itself (not with log σ², as on the map)? Write both slopes.",
		Signature: "func Gradient(mu, sigma float64) (dMu, dSigma float64)",
		Hints: []string{
			"Take ½(μ² + σ² − 1) − log σ, and ask for each slope with the other number held still.",
			"The slope of ½x² is x, and the slope of log x is 1/x.",
		},
		Another: "for s = log σ² the slope is ½(σ² − 1), and s has the slope 2/σ in σ. Their product is the slope for σ: the chain " +
			"rule, which automatic differentiation applies step by step.",
		Meets: []check.Confusion{check.TurnedSign},
	},
	Solve: solveKLGradient,
	Truth: func(mu, sigma float64) (float64, float64) {
		g := value(kl.Normal{Mu: mu, Sigma: sigma}.Gradient(kl.Standard))
		return g.Mu, g.Sigma
	},
	Outputs: []string{"slope for μ", "slope for σ"},
	Points: slopesAt([2]float64{1, 2}, [2]float64{0, 1}, [2]float64{2, 1}, [2]float64{-1.5, 1}, [2]float64{0, 0.5}, [2]float64{0.3, 0.2},
		[2]float64{-2, 3}, [2]float64{5, 0.05}),
	Tested: "spreads from 0.05 to 3, against the course's own gradient.",
	Formula: check.Formula[gradient]{
		Sums: []*formula.Sum{
			formula.OfTerms(slices.Concat([]formula.Term{{Coefficient: 1, Text: "μ"}},
				confused("1", "μ²", "abs(μ)", "σ", "σ²", "1/σ", "μ·σ", "μ/σ", "μ/σ²", "log σ"))...),
			formula.OfTerms(slices.Concat([]formula.Term{{Coefficient: 1, Text: "σ", Called: "the slope of ½σ²"}, {Coefficient: -1, Text: "1/σ", Called: "the slope of the logarithm"}},
				confused("1", "σ²", "1/σ²", "√σ", "log σ", "μ", "μ²", "exp(σ)"))...),
		},
		Lines:  formula.Parse("μ\nσ − 1/σ"),
		Probes: pairs("μ", "σ", spreadsToProbe...),
		Call: func(f gradient, in formula.Inputs) []float64 {
			dMu, dSigma := f(in["μ"].X(), in["σ"].X())
			return []float64{dMu, dSigma}
		},
	},
	Mistakes: []check.Mistake[gradient]{
		{F: func(mu, sigma float64) (float64, float64) { return mu, 0.5 * (sigma*sigma - 1) },
			Says: "The slope for σ is the one for log σ², ½(σ² − 1). Here σ itself moves."},
		{F: func(mu, sigma float64) (float64, float64) { return mu, sigma*sigma - 1 },
			Says: "The slope for σ is the one for log σ, σ² − 1. Here σ itself moves."},
		{F: func(mu, sigma float64) (float64, float64) { return mu, 0.5 * (1 - 1/(sigma*sigma)) },
			Says: "The slope for σ is the one for the variance σ², ½(1 − 1/σ²). Here σ itself moves."},
		{F: func(mu, sigma float64) (float64, float64) { return mu, sigma },
			Says: "The slope for μ is right. In the one for σ the logarithm's part is missing, 1/σ: so σ would shrink to 0."},
		{F: func(mu, sigma float64) (float64, float64) { return mu, sigma + 1/sigma },
			Says: "The slope for μ is right. In the one for σ the logarithm has the wrong sign: it is taken off, and its slope too."},
		{F: func(mu, sigma float64) (float64, float64) { return mu, sigma - 1/(2*sigma) },
			Says: "The slope for μ is right. In the one for σ, ½ log σ² is log σ, with the slope 1/σ, not 1/(2σ)."},
		{F: func(mu, sigma float64) (float64, float64) { return mu, sigma - 2/sigma },
			Says: "The slope for μ is right. In the one for σ, ½ log σ² is log σ, with the slope 1/σ, not 2/σ: the ½ is still to be applied."},
		{F: func(mu, sigma float64) (float64, float64) { return mu, 1/sigma - sigma },
			Says: "The slope for σ has its sign turned: above σ = 1 the fine rises with σ."},
		{F: func(mu, sigma float64) (float64, float64) { return mu, sigma - 1/(sigma*sigma) },
			Says: "The slope for μ is right. In the one for σ, the slope of log σ is 1/σ, not 1/σ²."},
		{F: func(mu, sigma float64) (float64, float64) { return mu * mu / 2, sigma*sigma/2 - math.Log(sigma) },
			Says: "These are the parts of the fine itself; their slopes are asked for."},
	},
}

func slopesAt(list ...[2]float64) (points []check.Point[gradient]) {
	for _, at := range list {
		points = append(points, check.Point[gradient]{
			Input: fmt.Sprintf("μ = %s, σ = %s", words.Number(at[0]), words.Number(at[1])),
			Call: func(f gradient) []float64 {
				dMu, dSigma := f(at[0], at[1])
				return []float64{dMu, dSigma}
			},
			Tags: tags(tag{"σ = 1", at[1] == 1}, tag{"μ = 0", at[0] == 0}),
		})
	}
	return points
}

func solveKLGradient(mu, sigma float64) (dMu, dSigma float64) {
	return mu, sigma - 1/sigma
}
