package measure

import (
	"math"

	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/mat"
)

// Frechet is the squared Fréchet distance between two Gaussians, the number known from FID:
//
//	|μa − μb|² + tr Σa + tr Σb − 2 tr (Σa^½ Σb Σa^½)^½.
//
// It is the least mean squared distance by which points of one can be moved to make the other, so its unit is the
// features' squared; 0 only for equal Gaussians.
//
// The last trace is the sum of the singular values of Sa·Sb, where S is the symmetric root of Σ. Found that way,
// the distance of a Gaussian from itself is 0 up to the last digits of tr Σ; squaring first loses half of them.
//
// M. Heusel, H. Ramsauer, T. Unterthiner, B. Nessler, S. Hochreiter, "GANs Trained by a Two Time-Scale Update Rule
// Converge to a Local Nash Equilibrium", 2017; the formula is by D. Dowson and B. Landau, 1982.
func Frechet(a, b Gaussian) (float64, error) {
	if err := a.Validate(); err != nil {
		return 0, words.Errorf("a: %w", err)
	}
	if err := b.Validate(); err != nil {
		return 0, words.Errorf("b: %w", err)
	}
	if a.Dim() != b.Dim() {
		return 0, words.Errorf("a has %d dimensions and b %d: they must have the same number", a.Dim(), b.Dim())
	}
	rootA, err := a.root()
	if err != nil {
		return 0, words.Errorf("a: %w", err)
	}
	rootB, err := b.root()
	if err != nil {
		return 0, words.Errorf("b: %w", err)
	}
	var product mat.Dense
	product.Mul(rootA, rootB)
	var svd mat.SVD
	if !svd.Factorize(&product, mat.SVDNone) {
		return 0, words.Errorf("the root of the two covariances can't be found: check that their numbers are neither huge nor tiny")
	}
	distance := mat.Trace(a.Covariance) + mat.Trace(b.Covariance)
	for _, s := range svd.Values(nil) {
		distance -= 2 * s
	}
	distance = max(distance, 0) // less than 0 only by rounding
	for i := range a.Mean {
		d := a.Mean[i] - b.Mean[i]
		distance += d * d
	}
	if math.IsNaN(distance) || math.IsInf(distance, 0) {
		return 0, words.Errorf("the distance is too large for a float64: scale the features down")
	}
	return distance, nil
}

// FrechetOf is the squared Fréchet distance between the Gaussians fitted to two sets of features.
//
// It is biased upwards, the more the fewer rows there are: two samples of one distribution are never 0 apart. So
// compare numbers only between sets of the same size, and tell the distance between two sets of real pictures beside
// them: that is what a perfect model would get.
func FrechetOf(real, generated [][]float64) (float64, error) {
	a, err := FitGaussian(real)
	if err != nil {
		return 0, words.Errorf("real: %w", err)
	}
	b, err := FitGaussian(generated)
	if err != nil {
		return 0, words.Errorf("generated: %w", err)
	}
	return Frechet(a, b)
}
