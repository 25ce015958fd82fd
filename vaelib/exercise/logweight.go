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

type logWeight = func(logLikelihood, z, mu, sigma float64) float64

// LogWeight meets the closed form where it doesn't belong: in the importance-weighted bound.
var LogWeight = &check.Function[func(logLikelihood, z, mu, sigma float64) float64]{
	Exercise: check.Exercise{
		ID: "LogWeight", Notebook: 4, Title: "The weight of one draw", Minutes: 6,
		Question: "For the importance-weighted bound each draw z from the posterior q = N(μ, σ²) gets the weight w = p(x|z) p(z)/q(z), with the prior p = N(0, 1). " +
			"Write log w from log p(x|z), z, μ and σ, in one dimension. (The closed-form KL has no place here: why?)",
		Signature: "func LogWeight(logLikelihood, z, mu, sigma float64) float64",
		Hints: []string{
			"The logarithm of a product is a sum: log p(x|z) + log p(z) − log q(z).",
			"log q(z) = −½((z − μ)/σ)² − log σ − ½ log 2π, and log p(z) the same with μ = 0, σ = 1. The last parts cancel.",
			"The closed form is an average over all z, and each draw needs its own weight: the bound takes the logarithm of a mean.",
		},
		Another: "from densities that are there already, log p(x|z) + kl.Standard.LogProb(z) − kl.Normal{Mu: mu, Sigma: " +
			"sigma}.LogProb(z). Both contain ½ log 2π, and it cancels.",
		Meets: []check.Confusion{check.SamplesDisagree},
	},
	Solve: solveLogWeight,
	Truth: func(logLikelihood, z, mu, sigma float64) float64 {
		return logLikelihood + kl.Standard.LogProb(z) - kl.Normal{Mu: mu, Sigma: sigma}.LogProb(z)
	},
	Points: weightsAt([4]float64{-230, 0.4, 0.5, 0.8}, [4]float64{-100, 1.3, 1, 0.2}, [4]float64{-100, -0.5, 0, 1}, [4]float64{-3, 0.7, -1, 1},
		[4]float64{-800, 2.5, 3, 0.5}, [4]float64{-50, 0, 0, 0.1}, [4]float64{0, 1, 0.3, 2}, [4]float64{-100, 45, 44, 0.5}),
	Tested: "draws from eight posteriors, one of them far from the prior, with log-likelihoods from −800 to 0.",
	Formula: check.Formula[logWeight]{
		Sums: []*formula.Sum{formula.OfTerms(slices.Concat([]formula.Term{
			{Coefficient: 1, Text: "l", Called: "the log-likelihood l"}, {Coefficient: -0.5, Text: "z²", Called: "the prior's part −½z²"},
			{Coefficient: 0.5, Text: "((z − μ)/σ)²", Called: "the posterior's part ½((z − μ)/σ)²"}, {Coefficient: 1, Text: "log σ", Called: "the posterior's log σ"},
		}, confused("1", "z", "μ", "μ²", "σ", "σ²", "(z − μ)/σ", "(z − μ)²", "(z − μ)²/σ", "((z − μ)·σ)²", "((z + μ)/σ)²", "z²/σ²", "μ²/σ²", "abs(z)", "exp(l/100)"))...)},
		Lines:  formula.Parse("u := (z − μ)/σ\nl − ½·z·z + ½·u·u + log σ"),
		Probes: weightsToProbe(),
		Call: func(f logWeight, in formula.Inputs) []float64 {
			return []float64{f(in["l"].X(), in["z"].X(), in["μ"].X(), in["σ"].X())}
		},
	},
	Mistakes: []check.Mistake[logWeight]{
		{F: func(l, z, mu, sigma float64) float64 { return l - klOf(mu, sigma) },
			Says: "That is log p(x|z) less the closed form, which is an average over all z and the same for each draw. The bound takes the logarithm of a mean, so each draw needs its own log p(z) − log q(z)."},
		{F: func(l, z, mu, sigma float64) float64 {
			return l - kl.Standard.LogProb(z) + kl.Normal{Mu: mu, Sigma: sigma}.LogProb(z)
		},
			Says: "Prior and posterior have changed places: p(z) stands above, q(z) below."},
		{F: func(l, z, mu, sigma float64) float64 {
			return l + kl.Standard.LogProb(z) + kl.Normal{Mu: mu, Sigma: sigma}.LogProb(z)
		},
			Says: "log q(z) is added. It stands below, so it is taken off."},
		{F: func(l, z, mu, sigma float64) float64 { return l + kl.Standard.LogProb(z) },
			Says: "log q(z) is missing: that the draws come from q, and not from the prior, must be made up for."},
		{F: func(l, z, mu, sigma float64) float64 { return l - kl.Normal{Mu: mu, Sigma: sigma}.LogProb(z) },
			Says: "log p(z) is missing: the prior says how common the code is."},
		{F: func(l, z, mu, sigma float64) float64 { return l },
			Says: "That is the likelihood alone: then the draws would have to come from the prior."},
		{F: func(l, z, mu, sigma float64) float64 {
			return l + kl.Standard.LogProb(z) - kl.Normal{Mu: mu, Sigma: sigma}.LogProb(z) - math.Log(sigma)
		},
			Says: "Right at σ = 1 only: log q(z) has a − log σ in it."},
		{F: func(l, z, mu, sigma float64) float64 {
			return math.Exp(l + kl.Standard.LogProb(z) - kl.Normal{Mu: mu, Sigma: sigma}.LogProb(z))
		},
			Says: "That is the weight itself: at −800 nats it is 0 to a computer. Its logarithm is asked for."},
	},
}

func weightsAt(list ...[4]float64) (points []check.Point[logWeight]) {
	for _, at := range list {
		points = append(points, check.Point[logWeight]{
			Input: fmt.Sprintf("log p(x|z) = %s, z = %s, μ = %s, σ = %s", words.Number(at[0]), words.Number(at[1]), words.Number(at[2]), words.Number(at[3])),
			Call:  func(f logWeight) []float64 { return []float64{f(at[0], at[1], at[2], at[3])} },
			Tags:  tags(tag{"σ = 1", at[3] == 1}, tag{"μ = 0", at[2] == 0}),
		})
	}
	return points
}

func solveLogWeight(logLikelihood, z, mu, sigma float64) float64 {
	u := (z - mu) / sigma
	return logLikelihood - 0.5*z*z + 0.5*u*u + math.Log(sigma)
}
