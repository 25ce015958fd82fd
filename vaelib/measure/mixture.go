package measure

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

// Mixture is a weighted sum of Gaussians, Σₖ wₖ N(μₖ, Σₖ): codes in several heaps. Weights are not negative and are divided by their
// sum, so {1, 1} means half and half. A Gaussian by itself is the mixture with one component. The zero Mixture has none:
// [Mixture.Validate] refuses it, and so does every method that gives an error. In one dimension there is [kl.Mixture], too, with a
// distribution function.
type Mixture struct {
	Weights    []float64
	Components []Gaussian
}

// Dim is the number of dimensions: 0 without components.
func (m Mixture) Dim() int {
	if len(m.Components) == 0 {
		return 0
	}
	return m.Components[0].Dim()
}

// Validate reports lists of different lengths, weights that can't be shares, and components that are no Gaussians or not of the same
// number of dimensions.
func (m Mixture) Validate() error {
	if len(m.Weights) != len(m.Components) {
		return words.Errorf("the mixture has %d weights and %d components: one weight a component is needed", len(m.Weights), len(m.Components))
	}
	if len(m.Components) == 0 {
		return words.Errorf("the mixture is empty: at least one component is needed")
	}
	for k, w := range m.Weights {
		if !(w >= 0) || math.IsInf(w, 1) {
			return words.Errorf("Weights[%d] is %v: a weight must be finite and not negative", k, w)
		}
		if err := m.Components[k].Validate(); err != nil {
			return words.Errorf("Components[%d]: %w", k, err)
		}
		if d := m.Components[k].Dim(); d != m.Dim() {
			return words.Errorf("Components[%d] has %d dimensions and Components[0] %d: they must have the same number", k, d, m.Dim())
		}
	}
	if sum := floats.Sum(m.Weights); !(sum > 0) || math.IsInf(sum, 1) {
		return words.Errorf("the sum of the weights is %v: it must be positive and finite", sum)
	}
	return nil
}

// Sample draws n points: a component by its weight, then a point from it. The same seed gives the same points, and the first of them
// whatever n is.
func (m Mixture) Sample(n int, seed uint64) ([][]float64, error) {
	if n < 0 {
		return nil, words.Errorf("%d points can't be drawn: ask for 0 or more", n)
	}
	if err := m.Validate(); err != nil {
		return nil, err
	}
	draw := make([]func(row []float64, rng *rand.Rand), len(m.Components))
	for k, g := range m.Components {
		var err error
		if draw[k], err = g.drawer(); err != nil {
			return nil, words.Errorf("Components[%d]: %w", k, err)
		}
	}
	if err := fits(words.Mark("points"), n, m.Dim()); err != nil {
		return nil, err
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	p := newPoints(n, m.Dim())
	for i := range n {
		draw[pick(m.Weights, rng)](p.row(i), rng)
	}
	return p.rows(), nil
}

// LogProbs is the log-density at each row, in nats; it is −Inf where a row is too far off for a float64. Every component needs a
// spread in all directions. The density, and so its logarithm, depends on the units of the rows: compare mixtures on the same rows.
func (m Mixture) LogProbs(rows [][]float64) ([]float64, error) {
	p, err := pack(words.Mark("points"), rows, 1)
	if err != nil {
		return nil, err
	}
	pieces, err := m.pieces()
	if err != nil {
		return nil, err
	}
	if p.dim != m.Dim() {
		return nil, words.Errorf("the points have %d numbers and the mixture %d dimensions: they must be as many", p.dim, m.Dim())
	}
	list := make([]float64, p.n)
	blocks(p.n, together, func(first, end int) {
		terms, room := make([]float64, len(pieces)), make([]float64, p.dim)
		for i := first; i < end; i++ {
			list[i] = logTerms(terms, pieces, p.row(i), room)
		}
	})
	return list, nil
}

// MeanLogProb is the mean log-density of at least two rows, in nats a row, with its standard error. Of rows that the mixture wasn't
// fitted to it tells how good a density it is: −MeanLogProb is what coding a row costs, but for a constant that is the same for all.
func (m Mixture) MeanLogProb(rows [][]float64) (kl.Estimate, error) {
	each, err := m.LogProbs(rows)
	if err != nil {
		return kl.Estimate{}, err
	}
	return Mean(each)
}

// pick draws an index, with a probability proportional to its weight.
func pick(weights []float64, rng *rand.Rand) int {
	u, last := rng.Float64()*floats.Sum(weights), 0
	for i, w := range weights {
		if w == 0 {
			continue
		}
		if u < w {
			return i
		}
		u, last = u-w, i
	}
	return last // by rounding alone
}
