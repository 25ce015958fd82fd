package lab

import (
	"image"
	"image/color"

	"vaelab/datasets"
	"vaelab/vaelib/words"
)

// MeanSquaredError is how far restored pictures are from their originals: (x − x̂)² with grey values from 0 to 1,
// averaged over pixels and pictures. It compares models that measure their loss in different ways, or have none.
func MeanSquaredError(originals datasets.Images, restored []image.Image) (float64, error) {
	if originals.Len() != len(restored) || len(restored) == 0 {
		return 0, words.Errorf("%d originals can't be compared with %d restored pictures: give as many, and at least one", originals.Len(), len(restored))
	}
	sum := 0.0
	for i, r := range restored {
		x := originals.Gray(i)
		if r == nil {
			return 0, words.Errorf("restored picture %d is nil", i)
		}
		if r.Bounds() != x.Bounds() {
			return 0, words.Errorf("restored picture %d has the bounds %v, its original %v", i, r.Bounds(), x.Bounds())
		}
		for j, want := range x.Pix {
			got := color.GrayModel.Convert(r.At(j%originals.Width, j/originals.Width)).(color.Gray)
			d := (float64(got.Y) - float64(want)) / 255
			sum += d * d
		}
	}
	return sum / float64(len(originals.Pixels)), nil
}
