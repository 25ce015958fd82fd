package kl

import (
	"math"

	"vaelab/vaelib/words"
)

// Diagonal is a normal distribution with independent dimensions: N(Mu[i], Sigma[i]²) in dimension i. It is the
// form of a VAE's posterior. Sigma holds standard deviations. The zero Diagonal has no dimensions: [Diagonal.Validate]
// refuses it, and so does every method that gives an error.
type Diagonal struct{ Mu, Sigma []float64 }

// StandardDiagonal is N(0, I) in n dimensions. If n is below 1 it has no dimensions, and [Diagonal.Validate] refuses it.
func StandardDiagonal(n int) Diagonal {
	n = max(n, 0)
	d := Diagonal{Mu: make([]float64, n), Sigma: make([]float64, n)}
	for i := range d.Sigma {
		d.Sigma[i] = 1
	}
	return d
}

// DiagonalFromLogVar is FromLogVar in each dimension.
func DiagonalFromLogVar(mu, logVar []float64) Diagonal {
	d := Diagonal{Mu: mu, Sigma: make([]float64, len(logVar))}
	for i, s := range logVar {
		d.Sigma[i] = math.Exp(s / 2)
	}
	return d
}

// Dim is the number of dimensions.
func (q Diagonal) Dim() int { return len(q.Mu) }

// At is dimension i by itself. Where there is no such dimension it is the zero [Normal], which [Normal.Validate] refuses.
func (q Diagonal) At(i int) Normal {
	if i < 0 || i >= min(len(q.Mu), len(q.Sigma)) {
		return Normal{}
	}
	return Normal{Mu: q.Mu[i], Sigma: q.Sigma[i]}
}

// Validate reports lists of different lengths, or the first dimension that is no normal distribution.
func (q Diagonal) Validate() error {
	if len(q.Mu) != len(q.Sigma) {
		return words.Errorf("Mu has %d dimensions and Sigma %d: they must have the same number", len(q.Mu), len(q.Sigma))
	}
	if len(q.Mu) == 0 {
		return words.Errorf("Mu and Sigma are empty: at least one dimension is needed")
	}
	for i := range q.Mu {
		if err := q.At(i).Validate(); err != nil {
			return words.Errorf("dimension %d: %w", i, err)
		}
	}
	return nil
}

// Parts splits D_KL(q ‖ p) by dimension and cause. The whole is the sum over dimensions, not their mean:
// independent surprises add up.
func (q Diagonal) Parts(p Diagonal) ([]Parts, error) {
	return eachDimension(q, p, Normal.Parts)
}

// KL is D_KL(q ‖ p) in nats, summed over dimensions.
func (q Diagonal) KL(p Diagonal) (float64, error) {
	parts, err := q.Parts(p)
	if err != nil {
		return 0, err
	}
	sum := 0.0
	for _, d := range parts {
		sum += d.Total()
	}
	return notOverflown(sum)
}

// Gradient of D_KL(q ‖ p) with respect to q's parameters in each dimension.
func (q Diagonal) Gradient(p Diagonal) ([]Gradient, error) {
	return eachDimension(q, p, Normal.Gradient)
}

func eachDimension[T any](q, p Diagonal, f func(q, p Normal) (T, error)) ([]T, error) {
	if err := q.Validate(); err != nil {
		return nil, words.Errorf("q: %w", err)
	}
	if err := p.Validate(); err != nil {
		return nil, words.Errorf("p: %w", err)
	}
	if q.Dim() != p.Dim() {
		return nil, words.Errorf("q has %d dimensions and p %d: they must have the same number", q.Dim(), p.Dim())
	}
	out := make([]T, q.Dim())
	for i := range out {
		var err error
		if out[i], err = f(q.At(i), p.At(i)); err != nil {
			return nil, words.Errorf("dimension %d: %w", i, err)
		}
	}
	return out, nil
}
