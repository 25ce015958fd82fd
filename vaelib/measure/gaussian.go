package measure

import (
	"math"
	"math/rand/v2"

	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// Gaussian is N(Mean, Covariance) with any covariance, singular ones included: a code dimension that never changes has
// no spread. ([kl.NewFull] of g.Mean and g.Covariance asks for spread in every direction, and then gives divergences.)
// The zero Gaussian has no dimensions: [Gaussian.Validate] refuses it, and so do Sample and [Frechet].
type Gaussian struct {
	Mean       []float64
	Covariance *mat.SymDense
}

// FitGaussian gives the Gaussian with the rows' mean and covariance (divided by n − 1).
//
// Fitted to an autoencoder's codes it gives the AE a fair chance to generate: it was never asked to put its codes
// where N(0, I) is, so draw from where they are. (P. Ghosh and others, "From Variational to Deterministic
// Autoencoders", 2020, fit a density to the codes after training; one Gaussian is the simplest of theirs.)
func FitGaussian(rows [][]float64) (Gaussian, error) {
	p, err := pack(words.Mark("points"), rows, 2)
	if err != nil {
		return Gaussian{}, err
	}
	g := Gaussian{Mean: make([]float64, p.dim), Covariance: mat.NewSymDense(p.dim, nil)}
	x := p.dense()
	column := make([]float64, p.n)
	for j := range g.Mean {
		g.Mean[j] = stat.Mean(mat.Col(column, j, x), nil)
	}
	stat.CovarianceMatrix(g.Covariance, x, nil)
	if err := g.Validate(); err != nil {
		return Gaussian{}, words.Errorf("the points are too far apart for a float64: %w", err)
	}
	return g, nil
}

// Dim is the number of dimensions.
func (g Gaussian) Dim() int { return len(g.Mean) }

// Validate reports sizes that don't fit and numbers that aren't finite. That the covariance has a direction with less
// than no spread is told where its root is taken.
func (g Gaussian) Validate() error {
	if len(g.Mean) == 0 {
		return words.Errorf("Mean is empty: at least one dimension is needed")
	}
	if g.Covariance == nil || g.Covariance.IsEmpty() {
		return words.Errorf("Covariance is empty: give a symmetric matrix")
	}
	if d := g.Covariance.SymmetricDim(); d != len(g.Mean) {
		return words.Errorf("Mean has %d dimensions and Covariance %d: they must have the same number", len(g.Mean), d)
	}
	for i, x := range g.Mean {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return words.Errorf("Mean[%d] is %v: it must be a finite number", i, x)
		}
		for j := range i + 1 {
			if c := g.Covariance.At(i, j); math.IsNaN(c) || math.IsInf(c, 0) {
				return words.Errorf("Covariance[%d, %d] is %v: it must be a finite number", i, j, c)
			}
		}
	}
	return nil
}

// TotalCorrelation is KL(N(μ, Σ) ‖ Πⱼ N(μⱼ, Σⱼⱼ)), in nats: what the dimensions tell about each other. It is −½ log det R, with R the
// matrix of correlations; in two dimensions −½ log(1 − ρ²). A dimension that is another's copy makes it +∞, which is an error, and so
// is one without any spread, which has no correlation.
//
// Of codes it is what [DecomposeKL] would find if all of them together were this Gaussian.
func (g Gaussian) TotalCorrelation() (float64, error) {
	if err := g.Validate(); err != nil {
		return 0, err
	}
	r := mat.NewSymDense(g.Dim(), nil)
	for i := range g.Dim() {
		if v := g.Covariance.At(i, i); v <= 0 {
			return 0, words.Errorf("dimension %d has the variance %.3g: correlations are defined where all have a spread", i, v)
		}
		for j := range i + 1 {
			r.SetSym(i, j, g.Covariance.At(i, j)/math.Sqrt(g.Covariance.At(i, i))/math.Sqrt(g.Covariance.At(j, j)))
		}
	}
	var root mat.Cholesky
	if !root.Factorize(r) {
		return 0, words.Errorf("the correlations are not positive definite: one dimension follows from the others, and the total correlation is +∞")
	}
	return max(0, -0.5*root.LogDet()), nil
}

// Sample draws n points. The same seed gives the same points, and the first of them whatever n is.
func (g Gaussian) Sample(n int, seed uint64) ([][]float64, error) {
	if n < 0 {
		return nil, words.Errorf("%d points can't be drawn: ask for 0 or more", n)
	}
	if err := g.Validate(); err != nil {
		return nil, err
	}
	draw, err := g.drawer()
	if err != nil {
		return nil, err
	}
	if err := fits(words.Mark("points"), n, g.Dim()); err != nil {
		return nil, err
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	p := newPoints(n, g.Dim())
	for i := range n {
		draw(p.row(i), rng)
	}
	return p.rows(), nil
}

// drawer gives a function that fills a row with a point.
func (g Gaussian) drawer() (func(row []float64, rng *rand.Rand), error) {
	root, err := g.root()
	if err != nil {
		return nil, err
	}
	noise := make([]float64, g.Dim())
	return func(row []float64, rng *rand.Rand) {
		for j := range noise {
			noise[j] = rng.NormFloat64()
		}
		copy(row, g.Mean)
		for j, e := range noise {
			floats.AddScaled(row, e, root.RawRowView(j))
		}
	}, nil
}

// root is the symmetric S with S·S = Covariance: its eigenvectors, with the eigenvalues' square roots. A Cholesky
// factor would be faster to find, but a singular covariance has none.
func (g Gaussian) root() (*mat.Dense, error) {
	var eigen mat.EigenSym
	if !eigen.Factorize(g.Covariance, true) {
		return nil, words.Errorf("the covariance's eigenvalues can't be found: check that its numbers are neither huge nor tiny")
	}
	values := eigen.Values(nil)
	var v, scaled, root mat.Dense
	eigen.VectorsTo(&v)
	largest := floats.Max(values)
	for i, x := range values {
		if x < -1e-9*max(largest, -values[0]) {
			return nil, words.Errorf("the matrix is no covariance: one direction has the variance %.3g", x)
		}
		values[i] = math.Sqrt(max(x, 0)) // less than 0 only by rounding
	}
	scaled.Apply(func(_, j int, x float64) float64 { return x * values[j] }, &v)
	root.Mul(&scaled, v.T())
	return &root, nil
}
