package lab

import (
	"sync"

	"vaelab/datasets"
	"vaelab/vaelib/measure"
)

// basis is what pictures are compared in: the principal components of a data set's training images, and the features
// of its first test images. It takes a second or two, so a cell works it out once for each data set.
type basis struct {
	pca  *measure.PCA
	real [][]float64 // [judged][measure.Features]
}

var bases sync.Map // from the data's fingerprint to a function that gives its basis

func basisOf(data datasets.Dataset) (basis, error) {
	once, _ := bases.LoadOrStore(data.Fingerprint(), sync.OnceValues(func() (b basis, err error) {
		if b.pca, err = measure.NewPCA(data.Train, measure.Features); err != nil {
			return b, err
		}
		b.real, err = b.pca.Features(data.Test.First(judged))
		return b, err
	}))
	return once.(func() (basis, error))()
}

// PrecisionRecall says how well pictures of codes from N(0, I) do: precision is the share of them that lie among the
// test images, recall the share of the test images that lie among them (Kynkäänniemi et al. 2019; see package measure).
func (m *Model) PrecisionRecall() (precision, recall float64, err error) {
	if err := m.ready(); err != nil {
		return 0, 0, err
	}
	b, err := basisOf(m.Data)
	if err != nil {
		return 0, 0, err
	}
	painted, err := m.drawn(b)
	if err != nil {
		return 0, 0, err
	}
	return measure.PrecisionRecall(b.real, painted, measure.Neighbours)
}

// drawn are the features of pictures of codes from N(0, I).
func (m *Model) drawn(b basis) ([][]float64, error) {
	codes, err := measure.Draw(standards(judged, m.Latent), m.Seed)
	if err != nil {
		return nil, err
	}
	return m.features(b, codes)
}

// features are those of the pictures that the decoder paints from codes.
func (m *Model) features(b basis, codes [][]float64) ([][]float64, error) {
	pictures, err := m.Decode(codes)
	if err != nil {
		return nil, err
	}
	return b.pca.Features(measure.Pictures(pictures))
}
