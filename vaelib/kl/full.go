package kl

import (
	"fmt"

	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/mat"
)

// Full is a normal distribution N(μ, Σ) with any covariance Σ, kept as its Cholesky factor L, Σ = L Lᵀ.
// Make one with [NewFull] or [Diagonal.Full]. The zero Full, and nil, has no dimensions: KL and Parts answer it with an
// error.
type Full struct {
	mu    []float64
	lower *mat.TriDense
}

// NewFull gives N(mean, covariance). The covariance must be symmetric and positive definite.
func NewFull(mean []float64, covariance mat.Symmetric) (*Full, error) {
	n := len(mean)
	if n == 0 {
		return nil, words.Errorf("the mean is empty: at least one dimension is needed")
	}
	if covariance == nil {
		return nil, words.Errorf("the covariance is nil: give a symmetric matrix, or use Diagonal")
	}
	if covariance.SymmetricDim() != n {
		return nil, words.Errorf("the mean has %d dimensions and the covariance %d: they must have the same number", n, covariance.SymmetricDim())
	}
	for i := range n {
		if err := finite(fmt.Sprintf("mean[%d]", i), mean[i]); err != nil {
			return nil, err
		}
		for j := range i + 1 {
			if err := finite(fmt.Sprintf("covariance[%d, %d]", i, j), covariance.At(i, j)); err != nil {
				return nil, err
			}
		}
	}
	var chol mat.Cholesky
	if !chol.Factorize(covariance) {
		return nil, words.Errorf("the covariance is not positive definite: some direction has no spread, or less than none")
	}
	full := &Full{mu: append([]float64(nil), mean...), lower: new(mat.TriDense)}
	chol.LTo(full.lower)
	return full, nil
}

// Full is q as a normal distribution with a diagonal covariance.
func (q Diagonal) Full() (*Full, error) {
	if err := q.Validate(); err != nil {
		return nil, err
	}
	full := &Full{mu: append([]float64(nil), q.Mu...), lower: mat.NewTriDense(q.Dim(), mat.Lower, nil)}
	for i, sigma := range q.Sigma {
		full.lower.SetTri(i, i, sigma)
	}
	return full, nil
}

// Dim is the number of dimensions: 0 of a Full that NewFull hasn't made.
func (q *Full) Dim() int {
	if q == nil {
		return 0
	}
	return len(q.mu)
}

// Parts splits D_KL(q ‖ p) into what the means and what the covariances cost. With Σ = L Lᵀ and M = Lp⁻¹ Lq, which
// is lower triangular,
//
//	½[tr(Σp⁻¹Σq) − n − log det(Σp⁻¹Σq)] = Σᵢ ½(Mᵢᵢ² − 1 − log Mᵢᵢ²) + Σᵢ﹥ⱼ ½Mᵢⱼ²,
//
// a sum of terms that are never negative: one spread for each dimension, and what correlation adds.
func (q *Full) Parts(p *Full) (Parts, error) {
	if q.Dim() == 0 || p.Dim() == 0 {
		return Parts{}, words.Errorf("a distribution is nil or empty: make it with NewFull")
	}
	n := q.Dim()
	if n != p.Dim() {
		return Parts{}, words.Errorf("q has %d dimensions and p %d: they must have the same number", n, p.Dim())
	}
	var parts Parts
	column := make([]float64, n)
	for i := range column {
		column[i] = q.mu[i] - p.mu[i]
	}
	solveLower(p.lower, column)
	for _, d := range column {
		parts.Mu += 0.5 * d * d
	}
	// M − I, column by column: starting from Lq − Lp keeps its digits where q is nearly p.
	for j := range n {
		for i := range n {
			column[i] = 0
			if i >= j {
				column[i] = q.lower.At(i, j) - p.lower.At(i, j)
			}
		}
		solveLower(p.lower, column)
		parts.Sigma += spreadPart(q.lower.At(j, j)/p.lower.At(j, j), column[j])
		for _, m := range column[j+1:] {
			parts.Sigma += 0.5 * m * m
		}
	}
	if _, err := notOverflown(parts.Total()); err != nil {
		return Parts{}, err
	}
	return parts, nil
}

// KL is D_KL(q ‖ p) in nats,
//
//	½[(μq − μp)ᵀ Σp⁻¹ (μq − μp) + tr(Σp⁻¹Σq) − n − log(det Σq / det Σp)].
func (q *Full) KL(p *Full) (float64, error) {
	parts, err := q.Parts(p)
	return parts.Total(), err
}

// solveLower replaces b by L⁻¹b.
func solveLower(l *mat.TriDense, b []float64) {
	for i := range b {
		for j := range i {
			b[i] -= l.At(i, j) * b[j]
		}
		b[i] /= l.At(i, i)
	}
}
