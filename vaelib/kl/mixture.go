package kl

import (
	"math"
	"math/rand/v2"

	"vaelab/vaelib/words"
)

// Mixture is a weighted sum of normal densities, Σ wᵢ N(μᵢ, σᵢ²): a curve with several humps. Weights are positive
// and are divided by their sum, so {1, 1} means half and half. Without components, as in the zero Mixture, or with another
// number of weights, it is no distribution: its methods give NaN, and [Mixture.Validate] says why.
type Mixture struct {
	Weights    []float64
	Components []Normal
}

// Validate reports lists of different lengths, a weight that isn't positive, or a component that is no normal
// distribution.
func (m Mixture) Validate() error {
	if len(m.Weights) != len(m.Components) {
		return words.Errorf("the mixture has %d weights and %d components: one weight a component is needed", len(m.Weights), len(m.Components))
	}
	if len(m.Weights) == 0 {
		return words.Errorf("the mixture is empty: at least one component is needed")
	}
	for i, w := range m.Weights {
		if !(w > 0) || math.IsInf(w, 1) {
			return words.Errorf("Weights[%d] is %v: a weight must be positive and finite", i, w)
		}
		if err := m.Components[i].Validate(); err != nil {
			return words.Errorf("Components[%d]: %w", i, err)
		}
	}
	return nil
}

// ragged reports lists that make no distribution.
func (m Mixture) ragged() bool { return len(m.Weights) == 0 || len(m.Weights) != len(m.Components) }

func (m Mixture) total() float64 {
	sum := 0.0
	for _, w := range m.Weights {
		sum += w
	}
	return sum
}

// LogProb is the log-density at x, by log-sum-exp: it stays finite far from every hump.
func (m Mixture) LogProb(x float64) float64 {
	if m.ragged() {
		return math.NaN()
	}
	most, sum := math.Inf(-1), 0.0
	for i, c := range m.Components {
		l := math.Log(m.Weights[i]) + c.LogProb(x)
		if l > most {
			sum, most = sum*math.Exp(most-l)+1, l
		} else {
			sum += math.Exp(l - most)
		}
	}
	return most + math.Log(sum) - math.Log(m.total())
}

// logProbs is LogProb of many x: the logarithms of weights and spreads are taken only once.
func (m Mixture) logProbs() func(dst, x []float64) {
	type piece struct{ mu, precision, constant float64 }
	if m.ragged() {
		return func(dst, x []float64) { fill(dst, math.NaN()) }
	}
	pieces, logTotal := make([]piece, len(m.Weights)), math.Log(m.total())
	for i, c := range m.Components {
		pieces[i] = piece{c.Mu, 1 / c.Sigma, math.Log(m.Weights[i]) - logTotal + c.LogProb(c.Mu)}
	}
	return func(dst, x []float64) {
		for j, x := range x {
			sum := 0.0
			for _, c := range pieces {
				u := (x - c.mu) * c.precision
				sum += math.Exp(c.constant - 0.5*u*u)
			}
			if sum > 1e-290 {
				dst[j] = math.Log(sum)
			} else { // far from every hump
				dst[j] = m.LogProb(x)
			}
		}
	}
}

// Prob is the density at x, in 1 over the unit of x.
func (m Mixture) Prob(x float64) float64 { return math.Exp(m.LogProb(x)) }

// CDF is the probability of a value of x or less.
func (m Mixture) CDF(x float64) float64 {
	if m.ragged() {
		return math.NaN()
	}
	sum := 0.0
	for i, c := range m.Components {
		sum += m.Weights[i] * c.CDF(x)
	}
	return sum / m.total()
}

// Quantile is the x with CDF(x) = u, by bisection between the components' own.
func (m Mixture) Quantile(u float64) float64 {
	if m.ragged() {
		return math.NaN()
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, c := range m.Components {
		x := c.Quantile(u)
		low, high = min(low, x), max(high, x)
	}
	for low < high {
		middle := low + (high-low)/2
		if middle <= low || middle >= high {
			break
		}
		if m.CDF(middle) < u {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}

// Sample fills dst with independent draws: a component by its weight, then a value from it.
func (m Mixture) Sample(dst []float64, rng *rand.Rand) {
	if m.ragged() {
		fill(dst, math.NaN())
		return
	}
	total := m.total()
	for i := range dst {
		u := rng.Float64() * total
		k := 0
		for ; k < len(m.Weights)-1 && u >= m.Weights[k]; k++ {
			u -= m.Weights[k]
		}
		c := m.Components[k]
		dst[i] = c.Mu + c.Sigma*rng.NormFloat64()
	}
}

func fill(dst []float64, x float64) {
	for i := range dst {
		dst[i] = x
	}
}
