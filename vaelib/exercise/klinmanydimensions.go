package exercise

import (
	"math"
	"slices"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

// KLInManyDimensions meets “a mean where a sum belongs”.
var KLInManyDimensions = &check.Function[func(mu, sigma []float64) float64]{
	Exercise: check.Exercise{
		ID: "KLInManyDimensions", Notebook: 2, Title: "KL in many dimensions", Minutes: 5,
		Question:  "A code has many independent dimensions, with their means in mu and their spreads in sigma. Write the KL divergence of the whole from N(0, I), in nats.",
		Signature: "func KLOfCode(mu, sigma []float64) float64",
		Hints: []string{
			"Each dimension pays its own fine. What do independent surprises do?",
			"They add up: a loop over the dimensions, and a sum, not a mean.",
		},
		Another: "½(Σμ² + Σσ² − n) − log Πσ. The last part is half the logarithm of the covariance's determinant, which is how it reads " +
			"for bells that lean.",
		Meets: []check.Confusion{check.SumOrMean},
	},
	Solve: solveKLInManyDimensions,
	Truth: func(mu, sigma []float64) float64 {
		return value(kl.Diagonal{Mu: mu, Sigma: sigma}.KL(kl.StandardDiagonal(len(mu))))
	},
	Points: codesOf(1, 1, 2, 3, 8, 32),
	Tested: "codes of 1 to 32 dimensions, against the course's own closed form.",
	Formula: check.Formula[func(mu, sigma []float64) float64]{
		Sums: []*formula.Sum{formula.OfTerms(slices.Concat([]formula.Term{
			{Coefficient: 0.5, Text: "Σ(μ²)", Called: "the price of the means"}, {Coefficient: 0.5, Text: "Σ(σ²)", Called: "the part with σ²"},
			{Coefficient: -0.5, Text: "count(μ)", Called: "the constant, one for each dimension,"}, {Coefficient: -0.5, Text: "Σ(log σ²)", Called: "the logarithm"},
		}, confused("1", "Σ μ", "Σ(abs(μ))", "Σ σ", "Σ(√σ)", "Σ(1/σ)", "mean(μ²)", "mean(σ²)", "mean(log σ²)", "(Σ μ)²", "(Σ σ)²", "log(Σ σ)", "log(Σ(σ²))",
			"largest(μ²)", "largest(σ²)", "first(μ²)", "first(σ²)", "last(μ²)", "last(σ²)", "first(log σ²)", "last(log σ²)", "Σ(exp(σ))", "Σ(μ·σ)"))...)},
		Lines:  formula.Parse("Σ(½·(μ·μ + σ·σ − 1 − 2·log σ))"),
		Probes: codesToProbe("σ", math.Exp), Call: ofTwoLists("μ", "σ"), NotNegative: neverNegative,
	},
	Mistakes: []check.Mistake[func(mu, sigma []float64) float64]{
		{F: func(mu, sigma []float64) float64 { return eachDimension(mu, sigma, klOf) / float64(len(mu)) },
			Says: "Right in one dimension only: that is the mean over dimensions, and nats add up. With a mean, the KL weight would be 1 over the number of dimensions."},
		{F: func(mu, sigma []float64) float64 { return klOf(mu[0], sigma[0]) },
			Says: "Right in one dimension only: the first dimension pays, and the others ride free."},
		{F: func(mu, sigma []float64) float64 { return klOf(mu[len(mu)-1], sigma[len(mu)-1]) },
			Says: "Right in one dimension only: the last dimension's fine replaces the others'. Is there an = where += belongs?"},
		{F: func(mu, sigma []float64) float64 {
			return eachDimension(mu, sigma, func(mu, sigma float64) float64 { return 0.5 * (mu*mu + sigma*sigma - 2*math.Log(sigma)) }) - 0.5
		},
			Says: "Right in one dimension only: the 1 is taken off once, and each dimension has its own."},
		{F: func(mu, sigma []float64) float64 {
			return eachDimension(mu, sigma, func(mu, sigma float64) float64 { return 0.5 * (mu*mu + sigma*sigma - 2*math.Log(sigma)) })
		},
			Says: "Too large by ½ for each dimension: the −1 is missing."},
		{F: func(mu, sigma []float64) float64 {
			return eachDimension(mu, sigma, func(mu, sigma float64) float64 { return 0.5 * (mu*mu + sigma*sigma - 1 - math.Log(sigma)) })
		},
			Says: "log σ stands where log σ² belongs."},
		{F: func(mu, sigma []float64) float64 {
			return eachDimension(mu, sigma, func(mu, sigma float64) float64 { return 0.5 * (mu*mu + sigma - 1 - math.Log(sigma)) })
		},
			Says: "sigma is taken for the variances: it holds the spreads."},
		{F: func(mu, sigma []float64) float64 {
			return eachDimension(mu, sigma, func(mu, sigma float64) float64 { return 0.5 * (mu*mu + math.Exp(sigma) - 1 - sigma) })
		},
			Says: "sigma is taken for the log-variances: it holds the spreads."},
	},
}

// codesOf are codes with so many dimensions.
func codesOf(dims ...int) (points []check.Point[func(mu, sigma []float64) float64]) {
	rng := seeded(3)
	for _, n := range dims {
		mu, sigma := normals(rng, n, 0, 1.5), make([]float64, n)
		for j := range sigma {
			sigma[j] = math.Exp(0.8 * rng.NormFloat64())
		}
		points = append(points, twoNamed("μ", "σ", mu, sigma, tag{words.Mark("there is one dimension"), n == 1}))
	}
	return points
}

func eachDimension(a, b []float64, f func(a, b float64) float64) (sum float64) {
	for j := range a {
		sum += f(a[j], b[j])
	}
	return sum
}

func solveKLInManyDimensions(mu, sigma []float64) float64 {
	sum := 0.0
	for j := range mu {
		sum += 0.5 * (mu[j]*mu[j] + sigma[j]*sigma[j] - 1 - 2*math.Log(sigma[j]))
	}
	return sum
}
