package evaluate

import (
	"fmt"
	"image"
	"math/rand/v2"

	"vaelab/datasets"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
)

// Network is a trained encoder and decoder, wherever it is computed.
type Network interface {
	// Encode gives each image's posterior.
	Encode(set datasets.Images) (Codes, error)
	// Decode paints the decoder's mean picture for each code, [pictures][latent].
	Decode(codes [][]float64) ([]*image.Gray, error)
	// Bounds draws codes from each image's posterior and gives the ELBO and L_k; see measure.ImportanceBounds.
	Bounds(set datasets.Images, o measure.BoundOptions) (Bounds, error)
}

// Codes are the posteriors of a set of images.
type Codes struct {
	Mean   [][]float64 // [images][latent], μ
	LogVar [][]float64 // [images][latent], log σ²; nil for an AE
}

// Model is a trained network with all that can be asked of it.
type Model struct {
	Network
	Config run.Config
}

// Restore encodes each image and paints its mean code: what the model keeps of it.
func (m Model) Restore(set datasets.Images) ([]*image.Gray, error) {
	codes, err := m.Encode(set)
	if err != nil {
		return nil, err
	}
	return m.Decode(codes.Mean)
}

// Imagine draws n codes from the prior N(0, I) and paints them: pictures that no image led to.
func (m Model) Imagine(n int, seed uint64) ([]*image.Gray, error) {
	if n < 0 {
		return nil, fmt.Errorf("%d pictures can't be painted: ask for 0 or more", n)
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	codes := make([][]float64, n)
	for i := range codes {
		codes[i] = make([]float64, m.Config.Latent)
		for j := range codes[i] {
			codes[i][j] = rng.NormFloat64()
		}
	}
	return m.Decode(codes)
}
