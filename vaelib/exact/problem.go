package exact

import (
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"vaelab/datasets"
	"vaelab/vaelib/words"
)

// Problem is all that the optimum depends on: the images' mean, and their covariance by its directions. Make one
// with [Of] or [FromCovariance]. The zero Problem, and nil, has no directions: [Problem.Validate] refuses it, and so do
// Best and BestSigma.
type Problem struct {
	Mean       []float64  // m, [pixels], grey values
	Variances  []float64  // λ, eigenvalues of the covariance (divisor n), the largest first
	Directions *mat.Dense // u, eigenvectors in columns, [pixels, pixels]
}

// Of gives the problem of a set of images.
func Of(set datasets.Images) (*Problem, error) {
	n := set.Len()
	if n == 0 {
		return nil, words.Errorf("the exact optimum needs images, but there are none")
	}
	if err := set.Validate(); err != nil {
		return nil, words.Errorf("the exact optimum needs whole images: %w", err)
	}
	x := rows(set)
	mean := make([]float64, set.Width*set.Height)
	for j := range mean {
		mean[j] = stat.Mean(mat.Col(nil, j, x), nil)
	}
	for i := range n {
		row := x.RawRowView(i)
		for j := range row {
			row[j] -= mean[j]
		}
	}
	covariance := mat.NewSymDense(len(mean), nil)
	covariance.SymOuterK(1/float64(n), x.T())
	return FromCovariance(mean, covariance)
}

// FromCovariance gives the problem of data with this mean and covariance.
func FromCovariance(mean []float64, covariance *mat.SymDense) (*Problem, error) {
	if covariance == nil || covariance.IsEmpty() {
		return nil, words.Errorf("the covariance is empty: at least one dimension is needed")
	}
	d := covariance.SymmetricDim()
	if len(mean) != d {
		return nil, words.Errorf("the mean has %d numbers, but the covariance is %d×%d", len(mean), d, d)
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(covariance, true) {
		return nil, words.Errorf("the covariance has no eigenvalues: is each of its numbers finite?")
	}
	values := eigen.Values(nil) // the smallest first
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	p := &Problem{Mean: slices.Clone(mean), Directions: mat.NewDense(d, d, nil)}
	for j := range d {
		p.Variances = append(p.Variances, max(0, values[d-1-j]))
		p.Directions.SetCol(j, mat.Col(nil, d-1-j, &vectors))
	}
	return p, nil
}

// Validate reports a problem that Of or FromCovariance hasn't made.
func (p *Problem) Validate() error {
	switch {
	case p == nil || len(p.Variances) == 0:
		return words.Errorf("the problem has no directions: make it with exact.Of")
	case p.Directions == nil || len(p.Mean) != len(p.Variances):
		return words.Errorf("the problem is damaged: make it anew with exact.Of")
	}
	if rows, columns := p.Directions.Dims(); rows != len(p.Mean) || columns != len(p.Mean) {
		return words.Errorf("the problem is damaged: make it anew with exact.Of")
	}
	return nil
}

// Deaths gives the KL weight at which each of the first dimensions collapses: λ_j/σ². It gives as many as there are
// directions at most, and none of an empty problem.
func (p *Problem) Deaths(latent int, sigma float64) []float64 {
	if p == nil {
		return nil
	}
	var weights []float64
	for _, variance := range p.Variances[:max(0, min(latent, len(p.Variances)))] {
		weights = append(weights, variance/(sigma*sigma))
	}
	return weights
}

// rows are the images' grey values in [0, 1], one image a row.
func rows(set datasets.Images) *mat.Dense {
	x := make([]float64, len(set.Pixels))
	for i, grey := range set.Pixels {
		x[i] = float64(grey) / 255
	}
	return mat.NewDense(set.Len(), set.Width*set.Height, x)
}
