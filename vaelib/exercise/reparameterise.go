package exercise

import (
	"fmt"
	"math"
	"slices"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/stat"
)

type draw = func(mu, sigma, noise float64) float64

// Reparameterise asks for a draw that training can see through: chance comes from outside.
var Reparameterise = &check.Function[func(mu, sigma, noise float64) float64]{
	Exercise: check.Exercise{
		ID: "Reparameterise", Notebook: 1, Title: "Draw a code that has slopes", Minutes: 5,
		Question: "noise is one draw from N(0, 1). Make of it a draw from N(μ, σ²), such that the result says how it would change with μ and with σ: " +
			"∂z/∂μ = 1 and ∂z/∂σ = noise.",
		Signature: "func Draw(mu, sigma, noise float64) float64",
		Hints: []string{
			"Moving all draws by μ moves their mean by μ. What makes their spread σ times as large?",
			"Chance is handed in, so none is to be drawn inside: stretch the noise, then move it.",
		},
		Another: "the quantile of N(μ, σ²) at Φ(noise), with Φ the area of N(0, 1) up to noise, is the same number. So whatever has a " +
			"quantile with slopes can be drawn like this.",
	},
	Solve:     solveReparameterise,
	Truth:     func(mu, sigma, noise float64) float64 { return math.FMA(sigma, noise, mu) },
	Tolerance: check.Tolerance{Relative: 1e-4, Absolute: 1e-4},
	Points:    drawsOf([3]float64{1, 2, 0.5}, [3]float64{1, 2, -0.5}, [3]float64{0, 1, 1.5}, [3]float64{-2, 0.3, -1}, [3]float64{3, 1, 0}, [3]float64{0, 0.5, -2}),
	Tested:    "single draws; mean and spread of 20,000; and the slopes for μ and σ by a small step.",
	Formula: check.Formula[draw]{
		Sums: []*formula.Sum{formula.OfTerms(slices.Concat([]formula.Term{
			{Coefficient: 1, Text: "μ", Called: "the move by μ"}, {Coefficient: 1, Text: "σ·noise", Called: "the stretched noise"},
		}, confused("1", "σ", "noise", "σ²·noise", "√σ·noise", "exp(σ)·noise", "exp(σ/2)·noise", "noise/σ", "log σ·noise", "σ·noise²", "σ·abs(noise)",
			"σ²", "μ·noise", "μ·σ", "μ²", "abs(μ)", "noise²"))...)},
		Lines:  formula.Parse("μ + σ·noise"),
		Probes: drawsToProbe(),
		Call: func(f draw, in formula.Inputs) []float64 {
			return []float64{f(in["μ"].X(), in["σ"].X(), in["noise"].X())}
		},
	},
	Mistakes: []check.Mistake[draw]{
		{F: func(mu, sigma, noise float64) float64 { return mu + sigma*sigma*noise },
			Says: "The noise is stretched by σ², and the spread comes out as σ²: the variance is σ² if the stretch is σ."},
		{F: func(mu, sigma, noise float64) float64 { return mu + math.Sqrt(sigma)*noise },
			Says: "The noise is stretched by √σ: sigma is the spread already, no root is needed."},
		{F: func(mu, sigma, noise float64) float64 { return mu + math.Exp(sigma)*noise },
			Says: "The noise is stretched by e^σ, as if sigma were log σ. Here it is the spread itself."},
		{F: func(mu, sigma, noise float64) float64 { return mu + math.Exp(sigma/2)*noise },
			Says: "The noise is stretched by e^(σ/2), as if sigma were the log-variance. Here it is the spread itself."},
		{F: func(mu, sigma, noise float64) float64 { return mu },
			Says: "The mean is right, and there is no spread: noise is not used. That is an autoencoder's code."},
		{F: func(mu, sigma, noise float64) float64 { return mu + sigma },
			Says: "That is μ + σ, the same each time: σ is to be multiplied by the noise."},
		{F: func(mu, sigma, noise float64) float64 { return mu + noise },
			Says: "Right at σ = 1 only: σ is not used, so every cloud has the spread 1."},
		{F: func(mu, sigma, noise float64) float64 { return sigma * noise },
			Says: "Right at μ = 0 only: the spread is right, and the cloud isn't moved to μ."},
		{F: func(mu, sigma, noise float64) float64 { return sigma * (mu + noise) },
			Says: "μ is stretched along with the noise: stretch first, then move."},
		{F: func(mu, sigma, noise float64) float64 { return sigma + mu*noise },
			Says: "μ and σ have changed places."},
		{F: func(mu, sigma, noise float64) float64 { return mu - sigma*noise },
			Says: "As a draw that is as good: its mean and spread are right. But the slope for σ is −noise; the usual form has a plus."},
	},
	Symptoms: []check.Symptom[draw]{
		func(f draw) string {
			if f(1, 2, 0.5) != f(1, 2, -0.5) {
				return ""
			}
			return words.Say("The result doesn't change with noise: chance is to come from outside, by the argument noise.")
		},
	},
}

// drawsOf looks at single draws (μ, σ, ε), at the slopes there, and at many draws from one cloud.
func drawsOf(list ...[3]float64) (points []check.Point[draw]) {
	add := func(say func() string, at func(f draw) float64, tags ...string) {
		points = append(points, check.Point[draw]{Say: say, Call: func(f draw) []float64 { return []float64{at(f)} }, Tags: tags})
	}
	for _, at := range list {
		mu, sigma, noise := at[0], at[1], at[2]
		input := fmt.Sprintf("μ = %s, σ = %s, noise = %s", words.Number(mu), words.Number(sigma), words.Number(noise))
		special := tags(tag{"σ = 1", sigma == 1}, tag{"μ = 0", mu == 0}, tag{"noise = 0", noise == 0})
		const h = 1. / 16
		add(func() string { return input }, func(f draw) float64 { return f(mu, sigma, noise) }, special...)
		add(func() string { return words.Say("slope for μ at %s", input) },
			func(f draw) float64 { return (f(mu+h, sigma, noise) - f(mu-h, sigma, noise)) / (2 * h) }, special...)
		add(func() string { return words.Say("slope for σ at %s", input) },
			func(f draw) float64 { return (f(mu, sigma+h, noise) - f(mu, sigma-h, noise)) / (2 * h) }, special...)
	}
	noise := normals(seeded(1), 20_000, 0, 1)
	many := func(f draw) []float64 {
		z := make([]float64, len(noise))
		for i, e := range noise {
			z[i] = f(-1, 0.4, e)
		}
		return z
	}
	add(func() string { return words.Say("mean of 20,000 draws at μ = −1, σ = 0.4") }, func(f draw) float64 { return stat.Mean(many(f), nil) })
	add(func() string { return words.Say("spread of 20,000 draws at μ = −1, σ = 0.4") }, func(f draw) float64 { return stat.StdDev(many(f), nil) })
	return points
}

func solveReparameterise(mu, sigma, noise float64) float64 {
	return mu + sigma*noise
}
