package live

import (
	"math"
	"math/rand/v2"

	"vaelab/vaelib/kl"
)

// Fine gives the two parts of D_KL(N(μ, σ²) ‖ N(0, 1)), in nats: what the mean costs, and what the spread costs. Both are NaN where
// the numbers aren't finite, or the divergence isn't.
func Fine(mu, logVar float64) (forMu, forSigma float64) {
	parts, err := kl.LogVarParts(mu, logVar)
	if err != nil {
		return math.NaN(), math.NaN()
	}
	return parts.Mu, parts.Sigma
}

// Bell is the density of N(μ, σ²) at n places from a to b, ends included.
func Bell(mu, logVar, a, b float64, n int) []float64 {
	q := kl.FromLogVar(mu, logVar)
	heights := make([]float64, n)
	for i := range heights {
		heights[i] = q.Prob(a + (b-a)*float64(i)/float64(max(n-1, 1)))
	}
	return heights
}

// Draws gives n draws of N(μ, σ²), and after each the mean so far of log q(x) − log p(x), in nats: the Monte Carlo estimate of the
// divergence from N(0, 1). The noise hangs on the seed alone, so that the draws move with the bell. se is the standard error of the
// last mean, NaN for fewer than 2 draws.
func Draws(mu, logVar float64, seed uint64, n int) (x, means []float64, se float64) {
	q := kl.FromLogVar(mu, logVar)
	rng := rand.New(rand.NewPCG(seed, 0))
	x, means = make([]float64, n), make([]float64, n)
	var mean, squares float64 // Welford's, so that nothing cancels
	for i := range x {
		x[i] = q.Mu + q.Sigma*rng.NormFloat64()
		ratio := q.LogProb(x[i]) - kl.Standard.LogProb(x[i])
		step := ratio - mean
		mean += step / float64(i+1)
		squares += step * (ratio - mean)
		means[i] = mean
	}
	if n < 2 {
		return x, means, math.NaN()
	}
	return x, means, math.Sqrt(squares / float64(n-1) / float64(n))
}

// Landscape is the divergence of N(μ, σ²) from N(0, 1), in nats, on a grid of columns from μ = −limit to limit and rows from the
// largest log σ² down to the least, row by row.
func Landscape(limit, least, largest float64, columns, rows int) []float64 {
	nats := make([]float64, 0, columns*rows)
	for j := range rows {
		logVar := largest + (least-largest)*float64(j)/float64(max(rows-1, 1))
		for i := range columns {
			forMu, forSigma := Fine(-limit+2*limit*float64(i)/float64(max(columns-1, 1)), logVar)
			nats = append(nats, forMu+forSigma)
		}
	}
	return nats
}
