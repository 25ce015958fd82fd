package exercise

import (
	"math"
	"slices"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/stat"
)

type sampledKL = func(mu, sigma float64, z []float64) (mean, standardError float64)

// SampledKL meets “the closed form disagrees with the sampled estimate”: a mean without its standard error can't disagree.
var SampledKL = &check.Function[func(mu, sigma float64, z []float64) (mean, standardError float64)]{
	Exercise: check.Exercise{
		ID: "SampledKL", Notebook: 2, Title: "KL by sampling, with its standard error", Minutes: 10,
		Question: "z holds draws from q = N(μ, σ²). Estimate D_KL(q ‖ N(0, 1)) by the mean of log q(z) − log p(z), and say how far off " +
			"such a mean typically is: its standard error, the terms' spread (squared deviations divided by n − 1) over √n.",
		Signature: "func SampledKL(mu, sigma float64, z []float64) (mean, standardError float64)",
		Hints: []string{
			"log q(z) = −½((z − μ)/σ)² − log σ − ½ log 2π, and log p(z) = −½z² − ½ log 2π. The last parts cancel.",
			"The terms' variance is the sum of (term − mean)², divided by n − 1: one degree of freedom went into the mean.",
			"The standard error is the root of variance/n: more draws make the mean better, not the terms.",
		},
		Another: "gonum has both halves: stat.MeanStdDev(terms, nil) gives the mean and the spread, and stat.StdErr(spread, n) the " +
			"standard error.",
		Meets: []check.Confusion{check.SamplesDisagree},
	},
	Solve:   solveSampledKL,
	Truth:   sampled(logRatio, math.Sqrt),
	Outputs: []string{"mean", "standard error"},
	Points:  drawsFor([][3]float64{{0.5, 0.8, 5}, {0, 2, 12}, {2, 0.5, 30}, {-1, 1, 100}, {1, 0.6, 400}, {0.3, 0.05, 2}}),
	Tested:  "2 to 400 draws, mean and standard error to four digits.",
	Formula: check.Formula[sampledKL]{
		Lines: formula.Parse(`
			n := count(z)
			u := (z − μ)/σ
			t := ½·z·z − ½·u·u − log σ
			m := Σ(t/n)
			m
			v := Σ((t − m)·(t − m)/(n − 1))
			√(v/n)`),
		Probes: samplesToProbe(),
		Call: func(f sampledKL, in formula.Inputs) []float64 {
			mean, se := f(in["μ"].X(), in["σ"].X(), in["z"].Copy())
			return []float64{mean, se}
		},
	},
	Mistakes: []check.Mistake[sampledKL]{
		{F: biased(logRatio),
			Says: "The mean is right, and the standard error a little too small: divide the squared deviations by n − 1, not by n."},
		{F: sampled(logRatio, func(n float64) float64 { return 1 }),
			Says: "The mean is right, and the second number is the spread of the terms: divide it by √n for the standard error of their mean."},
		{F: sampled(logRatio, func(n float64) float64 { return n }),
			Says: "The mean is right, and the standard error too small: divide the spread by √n, not by n."},
		{F: func(mu, sigma float64, z []float64) (float64, float64) {
			m, se := sampled(logRatio, math.Sqrt)(mu, sigma, z)
			return m, se * se
		}, Says: "The mean is right, and the second number is the standard error's square: take the root."},
		{F: sampled(func(q kl.Normal, z float64) float64 { return -logRatio(q, z) }, math.Sqrt),
			Says: "The sign is turned: log q(z) − log p(z), the draws' own bell first."},
		{F: sampled(func(q kl.Normal, z float64) float64 { return logRatio(q, z) + math.Log(q.Sigma) }, math.Sqrt),
			Says: "Right at σ = 1 only: log q(z) has a − log σ in it."},
		{F: sampled(func(q kl.Normal, z float64) float64 { return q.LogProb(z) }, math.Sqrt),
			Says: "That is the mean of log q(z) alone: log p(z) is to be taken from it."},
		{F: sampled(func(q kl.Normal, z float64) float64 { r := math.Exp(-logRatio(q, z)); return r - 1 - math.Log(r) }, math.Sqrt),
			Says: "That is the other estimator, (r − 1) − log r: its expectation is the same, its values aren't. Here the plain one is asked for."},
		{F: sampled(func(q kl.Normal, z float64) float64 { return math.Exp(q.LogProb(z)) * logRatio(q, z) }, math.Sqrt),
			Says: "Each term is weighed by q(z). The draws come from q already, so that would count it twice."},
		{F: func(mu, sigma float64, z []float64) (float64, float64) {
			_, se := sampled(logRatio, math.Sqrt)(mu, sigma, z)
			return klOf(mu, sigma), se
		}, Says: "The mean is the closed form's value. Here the draws are to speak, so that they can be a witness."},
	},
}

func logRatio(q kl.Normal, z float64) float64 { return q.LogProb(z) - kl.Standard.LogProb(z) }

// sampled is the mean of terms, and their spread over the divisor.
func sampled(term func(q kl.Normal, z float64) float64, divisor func(n float64) float64) sampledKL {
	return func(mu, sigma float64, z []float64) (float64, float64) {
		terms := make([]float64, len(z))
		for i := range z {
			terms[i] = term(kl.Normal{Mu: mu, Sigma: sigma}, z[i])
		}
		mean, deviation := stat.MeanStdDev(terms, nil)
		return mean, deviation / divisor(float64(len(z)))
	}
}

func biased(term func(q kl.Normal, z float64) float64) sampledKL {
	return sampled(term, func(n float64) float64 { return n / math.Sqrt(n-1) })
}

// drawsFor are draws from N(μ, σ²), given as (μ, σ, n).
func drawsFor(settings [][3]float64) (points []check.Point[sampledKL]) {
	rng := seeded(4)
	for _, s := range settings {
		z := normals(rng, int(s[2]), s[0], s[1])
		points = append(points, check.Point[sampledKL]{
			Say: func() string {
				return words.Say("μ = %s, σ = %s, %d draws: %s", words.Number(s[0]), words.Number(s[1]), len(z), words.Numbers(z))
			},
			Call: func(f sampledKL) []float64 {
				mean, se := f(s[0], s[1], slices.Clone(z))
				return []float64{mean, se}
			},
			Tags: tags(tag{"σ = 1", s[1] == 1}, tag{"μ = 0", s[0] == 0}),
		})
	}
	return points
}

func solveSampledKL(mu, sigma float64, z []float64) (mean, standardError float64) {
	n := float64(len(z))
	terms := make([]float64, len(z))
	for i, z := range z {
		u := (z - mu) / sigma
		terms[i] = 0.5*z*z - 0.5*u*u - math.Log(sigma)
		mean += terms[i] / n
	}
	variance := 0.0
	for _, t := range terms {
		variance += (t - mean) * (t - mean) / (n - 1)
	}
	return mean, math.Sqrt(variance / n)
}
