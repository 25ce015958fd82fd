package measure

import (
	"math"
	"math/rand/v2"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

// Draw draws one code from each posterior. The same seed gives the same codes.
func Draw(posteriors []kl.Diagonal, seed uint64) ([][]float64, error) {
	if _, err := packPosteriors(posteriors, 1); err != nil {
		return nil, err
	}
	p := newPoints(len(posteriors), posteriors[0].Dim())
	for i, q := range posteriors {
		rng := rand.New(rand.NewPCG(seed, uint64(i)))
		for j := range q.Mu {
			p.row(i)[j] = q.Mu[j] + q.Sigma[j]*rng.NormFloat64()
		}
	}
	return p.rows(), nil
}

// Posteriors are N(μ, σ²) for each image, from the means and log-variances that a VAE's encoder gives.
func Posteriors(mean, logVar [][]float64) ([]kl.Diagonal, error) {
	if len(mean) != len(logVar) {
		return nil, words.Errorf("there are %d means and %d log-variances: each image needs both (an AE's codes have no variance)", len(mean), len(logVar))
	}
	list := make([]kl.Diagonal, len(mean))
	for i := range mean {
		list[i] = kl.DiagonalFromLogVar(mean[i], logVar[i])
	}
	_, err := packPosteriors(list, 1)
	return list, err
}

// posteriors are packed: what each dimension's log-density needs.
type posteriors struct {
	mean, precision points    // precision is 1/σ
	constant        []float64 // log-density at the mean
}

func packPosteriors(list []kl.Diagonal, atLeast int) (posteriors, error) {
	if len(list) < max(atLeast, 1) {
		return posteriors{}, words.Errorf("the list has %d posteriors: at least %d are needed", len(list), max(atLeast, 1))
	}
	dim := list[0].Dim()
	p := posteriors{newPoints(len(list), dim), newPoints(len(list), dim), make([]float64, len(list))}
	for i, q := range list {
		if err := q.Validate(); err != nil {
			return posteriors{}, words.Errorf("posterior %d: %w", i, err)
		}
		if q.Dim() != dim {
			return posteriors{}, words.Errorf("posterior %d has %d dimensions and posterior 0 has %d: they must have the same number", i, q.Dim(), dim)
		}
		copy(p.mean.row(i), q.Mu)
		p.constant[i] = -0.5 * float64(dim) * math.Log(2*math.Pi)
		for j, sigma := range q.Sigma {
			p.precision.row(i)[j] = 1 / sigma
			p.constant[i] -= math.Log(sigma)
		}
	}
	return p, nil
}
