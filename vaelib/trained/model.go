package trained

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math/rand/v2"

	"vaelab/datasets"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
)

// Coder is a trained encoder and decoder, wherever it is computed.
//
// Nothing in the course asks one from several goroutines at once, so an implementation need not bear it, and says whether it
// does: worker's networks do, inference.Coder doesn't.
type Coder interface {
	// Encode gives each image's posterior.
	Encode(ctx context.Context, set datasets.Images) (Codes, error)
	// Decode paints the decoder's mean picture for each code, [pictures][latent].
	Decode(ctx context.Context, codes [][]float64) ([]*image.Gray, error)
	// Bounds draws codes from each image's posterior and gives the ELBO and L_k; see measure.ImportanceBounds.
	Bounds(ctx context.Context, set datasets.Images, o measure.BoundOptions) (Bounds, error)
}

// Codes are the posteriors of a set of images. The zero Codes are those of no images.
type Codes struct {
	Mean   [][]float64 // [images][latent], μ
	LogVar [][]float64 // [images][latent], log σ²; nil for an AE
}

// Model is a trained network with all that can be asked of it. Without a Coder, as in the zero Model, every answer is an
// error. Several goroutines may use one at once as far as they may use its Coder.
type Model struct {
	Coder
	Config run.Config
}

// network is what the model asks: one that answers with an error where the model has none.
func (m Model) network() Coder {
	if m.Coder == nil {
		return none{}
	}
	return m.Coder
}

// Encode gives each image's posterior.
func (m Model) Encode(ctx context.Context, set datasets.Images) (Codes, error) {
	return m.network().Encode(ctx, set)
}

// Decode paints the decoder's mean picture for each code.
func (m Model) Decode(ctx context.Context, codes [][]float64) ([]*image.Gray, error) {
	return m.network().Decode(ctx, codes)
}

// Bounds gives the ELBO and importance-weighted bounds on some images.
func (m Model) Bounds(ctx context.Context, set datasets.Images, o measure.BoundOptions) (Bounds, error) {
	return m.network().Bounds(ctx, set, o)
}

// none is the network of a model that has none.
type none struct{}

var errNoNetwork = errors.New("the model has no network: open a trained run's")

func (none) Encode(context.Context, datasets.Images) (Codes, error)     { return Codes{}, errNoNetwork }
func (none) Decode(context.Context, [][]float64) ([]*image.Gray, error) { return nil, errNoNetwork }
func (none) Bounds(context.Context, datasets.Images, measure.BoundOptions) (Bounds, error) {
	return Bounds{}, errNoNetwork
}

// Restore encodes each image and paints its mean code: what the model keeps of it.
func (m Model) Restore(ctx context.Context, set datasets.Images) ([]*image.Gray, error) {
	codes, err := m.Encode(ctx, set)
	if err != nil {
		return nil, err
	}
	return m.Decode(ctx, codes.Mean)
}

// mostPainted is how many pictures, or dimensions of a code, are painted at once.
const mostPainted = 1 << 20

// Imagine draws n codes from the prior N(0, I) and paints them: pictures that no image led to.
func (m Model) Imagine(ctx context.Context, n int, seed uint64) ([]*image.Gray, error) {
	if n < 0 {
		return nil, fmt.Errorf("%d pictures can't be painted: ask for 0 or more", n)
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	if n > mostPainted {
		return nil, fmt.Errorf("%d pictures can't be painted: the limit is %d", n, mostPainted)
	}
	if m.Config.Latent < 1 || m.Config.Latent > mostPainted {
		return nil, fmt.Errorf("a code of %d dimensions can't be drawn: Latent must be at least 1, and no more than a run may have", m.Config.Latent)
	}
	codes := make([][]float64, n)
	for i := range codes {
		codes[i] = make([]float64, m.Config.Latent)
		for j := range codes[i] {
			codes[i][j] = rng.NormFloat64()
		}
	}
	return m.Decode(ctx, codes)
}
