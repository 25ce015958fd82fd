package measure

import (
	"math"

	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// piece is a component as its log-density needs it.
type piece struct {
	mean     []float64
	whiten   *mat.TriDense // L⁻¹, lower triangular, with L·Lᵀ the covariance
	constant float64       // log w, and the log-density at the mean
}

func (m Mixture) pieces() ([]piece, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	list := make([]piece, len(m.Components))
	total := floats.Sum(m.Weights)
	for k, g := range m.Components {
		var root mat.Cholesky
		if !root.Factorize(g.Covariance) {
			return nil, words.Errorf("Components[%d] has no density: some direction has no spread, or less than none", k)
		}
		list[k] = piece{g.Mean, new(mat.TriDense), math.Log(m.Weights[k]/total) - 0.5*root.LogDet() - 0.5*float64(g.Dim())*math.Log(2*math.Pi)}
		root.LTo(list[k].whiten)
		_ = list[k].whiten.InverseTri(list[k].whiten) // the error is a warning, since no number on L's diagonal is 0
	}
	return list, nil
}

// logTerms fills terms with log wₖ N(x; μₖ, Σₖ) and gives the logarithm of their sum. A term e⁻⁴⁵ times as large as another is below the
// sum's last digit: it is −Inf.
func logTerms(terms []float64, pieces []piece, x, room []float64) float64 {
	most := math.Inf(-1)
	for k, c := range pieces {
		terms[k] = c.constant - 0.5*c.squared(x, room, 2*(c.constant-most+45))
		if terms[k] < most-45 {
			terms[k] = math.Inf(-1)
		}
		most = max(most, terms[k])
	}
	if math.IsInf(most, -1) {
		return most
	}
	return floats.LogSumExp(terms)
}

// squared is (x − μ)ᵀ Σ⁻¹ (x − μ) = |L⁻¹(x − μ)|², or some number above limit where that is: the sum stops there. (A row of L⁻¹ at a time
// is quicker than to solve for L, whose rows wait for each other.)
func (c piece) squared(x, offset []float64, limit float64) float64 {
	floats.SubTo(offset, x, c.mean)
	whiten, sum := c.whiten.RawTriangular(), 0.0
	for i := range offset {
		row := whiten.Data[i*whiten.Stride:][:i+1]
		from, y := offset[:len(row)], 0.0
		for j, w := range row {
			y += w * from[j]
		}
		sum += y * y
		if sum > limit {
			return sum
		}
	}
	return sum
}
