package site

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"

	"vaelab/cmd/internal/site/live"
	"vaelab/datasets"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
	"vaelab/vaelib/trained"
)

// halves are a model as a page computes it: a [trained.Coder].
type halves struct{ encoder, decoder live.Network }

// kept gives a run's halves as they come out of their files, and those files. It is an error if a page's pictures would differ visibly
// from the run's own: by more than one step of grey.
func kept(r run.Run) (halves, [2][]byte, error) {
	var files [2][]byte
	encoder, decoder, err := live.Halves(r)
	if err != nil {
		return halves{}, files, err
	}
	files = [2][]byte{encoder.Append(nil), decoder.Append(nil)}
	var h halves
	if h.encoder, err = live.Read(files[0]); err == nil {
		h.decoder, err = live.Read(files[1])
	}
	if err != nil {
		return h, files, err
	}
	for _, code := range [][]float64{{0, 0}, {1, -1}, {-2, 1}, {3, 3}, {-4, -0.5}} {
		short := h.decoder.Decode(code)
		for i, grey := range decoder.Decode(code) {
			if other := short[i]; max(grey, other)-min(grey, other) > 1 {
				return h, files, fmt.Errorf("the decoder of %s paints %v differently with weights of 16 bits: %d and %d at pixel %d", r.Dir, code, grey, other, i)
			}
		}
	}
	return h, files, nil
}

func (h halves) Encode(_ context.Context, set datasets.Images) (trained.Codes, error) {
	var codes trained.Codes
	for i := range set.Len() {
		numbers := h.encoder.Encode(set.Image(i))
		if numbers == nil {
			return codes, fmt.Errorf("the images are %d×%d pixels, but the model takes %d", set.Width, set.Height, h.encoder.Inputs())
		}
		latent := h.decoder.Inputs()
		codes.Mean = append(codes.Mean, numbers[:latent])
		if len(numbers) > latent {
			codes.LogVar = append(codes.LogVar, numbers[latent:])
		}
	}
	return codes, nil
}

func (h halves) Decode(_ context.Context, codes [][]float64) ([]*image.Gray, error) {
	var pictures []*image.Gray
	side := int(math.Sqrt(float64(h.decoder.Outputs())))
	for _, code := range codes {
		pixels := h.decoder.Decode(code)
		if pixels == nil {
			return nil, fmt.Errorf("a code has %d numbers, but the model's codes have %d", len(code), h.decoder.Inputs())
		}
		pictures = append(pictures, &image.Gray{Pix: pixels, Stride: side, Rect: image.Rect(0, 0, side, side)})
	}
	return pictures, nil
}

func (halves) Bounds(context.Context, datasets.Images, measure.BoundOptions) (trained.Bounds, error) {
	return trained.Bounds{}, errors.New("a page measures no bounds")
}
