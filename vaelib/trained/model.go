package trained

import (
	"context"
	"image"

	"vaelab/datasets"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Coder is a trained encoder and decoder, wherever it is computed.
//
// Nothing in the course asks one from several goroutines at once, so an implementation need not bear it, and says whether it
// does: worker's networks do, inference.Coder doesn't.
type Coder interface {
	// Encode gives each image's posterior, in units of the prior: against N(0, I), also where the prior was learned.
	Encode(ctx context.Context, set datasets.Images) (Codes, error)
	// Decode paints the decoder's mean picture for each code, [pictures][latent], in units of the prior. A conditional model's code
	// is followed by what is given with it, see [Model.Join].
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
	// Given are the images whose first pixels a conditional model is given with codes that come without, in their order and then
	// anew; none: such codes are an error.
	Given datasets.Images
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

// Decode paints the decoder's mean picture for each code. Codes of a conditional model that come without what is given get it from
// Given.
func (m Model) Decode(ctx context.Context, codes [][]float64) ([]*image.Gray, error) {
	if m.Config.Given > 0 && m.Given.Len() > 0 && len(codes) > 0 && len(codes[0]) == m.Config.Latent {
		joined, err := m.Join(codes, m.Given)
		if err != nil {
			return nil, err
		}
		codes = joined
	}
	return m.network().Decode(ctx, codes)
}

// Bounds gives the ELBO and importance-weighted bounds on some images.
func (m Model) Bounds(ctx context.Context, set datasets.Images, o measure.BoundOptions) (Bounds, error) {
	return m.network().Bounds(ctx, set, o)
}

// none is the network of a model that has none.
type none struct{}

var errNoNetwork = words.Errorf("the model has no network: open a trained run's")

func (none) Encode(context.Context, datasets.Images) (Codes, error)     { return Codes{}, errNoNetwork }
func (none) Decode(context.Context, [][]float64) ([]*image.Gray, error) { return nil, errNoNetwork }
func (none) Bounds(context.Context, datasets.Images, measure.BoundOptions) (Bounds, error) {
	return Bounds{}, errNoNetwork
}

// Restore encodes each image and paints its mean code, with what is given of the image: what the model keeps of it.
func (m Model) Restore(ctx context.Context, set datasets.Images) ([]*image.Gray, error) {
	codes, err := m.Encode(ctx, set)
	if err != nil {
		return nil, err
	}
	joined, err := m.Join(codes.Mean, set)
	if err != nil {
		return nil, err
	}
	return m.Decode(ctx, joined)
}

// mostPainted is how many pictures, or dimensions of a code, are painted at once.
const mostPainted = 1 << 20

// Imagine draws n codes from the prior and paints them: pictures that no image led to. A conditional model needs [Model.ImagineGiven].
func (m Model) Imagine(ctx context.Context, n int, seed uint64) ([]*image.Gray, error) {
	if given := m.Config.Given; given > 0 && m.Given.Len() == 0 {
		return nil, words.Errorf("the model paints a code with %d pixels that are given, and here none are: use ImagineGiven", given)
	}
	codes, err := m.Draw(n, seed)
	if err != nil {
		return nil, err
	}
	return m.Decode(ctx, codes)
}
