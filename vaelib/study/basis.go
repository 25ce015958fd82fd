package study

import (
	"context"
	"sync"

	"vaelab/datasets"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/words"
)

// Judged is how many images and pictures each measure compares: the time grows with its square.
const Judged = 2000

// basis is what pictures are compared in: the principal components of a data set's training images, and the features
// of its first test images. It takes a second or two, so a program works it out once for each data set.
type basis struct {
	pca    *measure.PCA
	real   [][]float64       // [Judged][measure.Features]
	among  *measure.Manifold // where the real ones lie
	spread measure.Gaussian  // fitted to them
}

var bases sync.Map // from the data's fingerprint to a function that gives its basis

func basisOf(data datasets.Dataset) (basis, error) {
	once, _ := bases.LoadOrStore(data.Fingerprint(), sync.OnceValues(func() (b basis, err error) {
		if b.pca, err = components(data); err != nil {
			return b, err
		}
		if b.real, err = b.pca.Features(data.Test.First(Judged)); err != nil {
			return b, err
		}
		if b.among, err = measure.NewManifold(b.real, measure.Neighbours); err != nil {
			return b, err
		}
		b.spread, err = measure.FitGaussian(b.real)
		return b, err
	}))
	return once.(func() (basis, error))()
}

// Forget forgets what was worked out for data sets, of which a long-lived program may have seen many.
func Forget() { bases.Clear() }

// PrecisionRecall says how well pictures of codes from N(0, I) do: precision is the share of them that lie among the
// test images, recall the share of the test images that lie among them (Kynkäänniemi et al. 2019; see package measure).
func PrecisionRecall(ctx context.Context, s Subject) (precision, recall float64, err error) {
	if err := s.ready(); err != nil {
		return 0, 0, err
	}
	codes, err := s.standard()
	if err != nil {
		return 0, 0, err
	}
	return PrecisionRecallOf(ctx, s, codes)
}

// PrecisionRecallOf is PrecisionRecall for pictures of other codes, [codes][latent], in units of the prior: drawn from what was fitted to
// the model's own, for example. It takes the first [Judged], and at least as many are needed, so that the numbers can be compared. A
// conditional model's codes are followed by what is given with them, see [vaelab/vaelib/trained.Model.Join].
func PrecisionRecallOf(ctx context.Context, s Subject, codes [][]float64) (precision, recall float64, err error) {
	if err := s.ready(); err != nil {
		return 0, 0, err
	}
	if len(codes) < Judged {
		return 0, 0, words.Errorf("there are %d codes: precision and recall depend on the number of pictures, and are told of %d", len(codes), Judged)
	}
	b, err := basisOf(s.Data)
	if err != nil {
		return 0, 0, err
	}
	painted, err := s.features(ctx, b, codes[:Judged])
	if err != nil {
		return 0, 0, err
	}
	return b.precisionRecall(painted)
}

// precisionRecall is measure.PrecisionRecall of generated pictures' features. The balls around the real ones are drawn once.
func (b basis) precisionRecall(generated [][]float64) (precision, recall float64, err error) {
	theirs, err := measure.NewManifold(generated, measure.Neighbours)
	if err != nil {
		return 0, 0, words.Errorf("generated: %w", err)
	}
	if precision, err = b.among.Share(generated); err != nil {
		return 0, 0, err
	}
	recall, err = theirs.Share(b.real)
	return precision, recall, err
}

// distance is the Fréchet distance of generated pictures' features from the real ones'.
func (b basis) distance(generated [][]float64) (float64, error) {
	theirs, err := measure.FitGaussian(generated)
	if err != nil {
		return 0, words.Errorf("generated: %w", err)
	}
	return measure.Frechet(b.spread, theirs)
}

// standard are codes from N(0, I), the same for each model of that seed.
func (s Subject) standard() ([][]float64, error) {
	standard := make([]kl.Diagonal, Judged)
	for i := range standard {
		standard[i] = kl.StandardDiagonal(s.Run.Latent)
	}
	return measure.Draw(standard, s.Run.Seed)
}

// features are those of the pictures that the decoder paints from codes.
func (s Subject) features(ctx context.Context, b basis, codes [][]float64) ([][]float64, error) {
	pictures, err := s.Network.Decode(ctx, codes)
	if err != nil {
		return nil, err
	}
	return b.pca.Features(measure.Pictures(pictures))
}
