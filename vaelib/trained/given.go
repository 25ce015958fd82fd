package trained

import (
	"context"
	"image"
	"math/rand/v2"
	"slices"

	"vaelab/datasets"
	"vaelab/vaelib/words"
)

// Join puts behind each code the grey values that are given with it: what Decode takes of a conditional model. They are the first
// pixels of the image with the code's number; with fewer images than codes they begin anew, so one image serves all codes. Where
// nothing is given the codes are as they were.
func (m Model) Join(codes [][]float64, set datasets.Images) ([][]float64, error) {
	given := m.Config.Given
	if given < 1 || len(codes) == 0 {
		return codes, nil
	}
	if err := set.Validate(); err != nil {
		return nil, words.Errorf("nothing can be given of the images: %w", err)
	}
	if set.Len() == 0 || set.Width*set.Height < given {
		return nil, words.Errorf("%d codes need an image whose first %d pixels are given, but there are %d images of %d×%d", len(codes), given, set.Len(), set.Width, set.Height)
	}
	joined := make([][]float64, len(codes))
	for i, code := range codes {
		joined[i] = slices.Grow(slices.Clone(code), given)
		for _, grey := range set.Image(i % set.Len())[:given] {
			joined[i] = append(joined[i], float64(grey)/255)
		}
	}
	return joined, nil
}

// ImagineGiven draws n codes from the prior and paints each with what is given of an image, in the images' order and then anew: with one
// image, what else it could have been.
func (m Model) ImagineGiven(ctx context.Context, set datasets.Images, n int, seed uint64) ([]*image.Gray, error) {
	codes, err := m.Draw(n, seed)
	if err != nil {
		return nil, err
	}
	if codes, err = m.Join(codes, set); err != nil {
		return nil, err
	}
	return m.Decode(ctx, codes)
}

// Draw gives n codes from N(0, I), which is the prior in its own units.
func (m Model) Draw(n int, seed uint64) ([][]float64, error) {
	if n < 0 {
		return nil, words.Errorf("%d pictures can't be painted: ask for 0 or more", n)
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	if n > mostPainted {
		return nil, words.Errorf("%d pictures can't be painted: the limit is %d", n, mostPainted)
	}
	if m.Config.Latent < 1 || m.Config.Latent > mostPainted {
		return nil, words.Errorf("a code of %d dimensions can't be drawn: Latent must be at least 1, and no more than a run may have", m.Config.Latent)
	}
	codes := make([][]float64, n)
	for i := range codes {
		codes[i] = make([]float64, m.Config.Latent)
		for j := range codes[i] {
			codes[i][j] = rng.NormFloat64()
		}
	}
	return codes, nil
}
