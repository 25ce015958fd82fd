package lab

import (
	"image"
	"math"
	"strings"
	"testing"

	"vaelab/datasets"
)

func TestMeanSquaredError(t *testing.T) {
	set := datasets.Images{Width: 2, Height: 1, Pixels: []uint8{0, 255, 51, 102}, Labels: []uint8{0, 0}}
	restored := func(pixels ...uint8) (list []image.Image) {
		for i := 0; i < len(pixels); i += 2 {
			list = append(list, &image.Gray{Pix: pixels[i : i+2], Stride: 2, Rect: image.Rect(0, 0, 2, 1)})
		}
		return list
	}
	for want, r := range map[float64][]image.Image{
		0:                         restored(0, 255, 51, 102),
		(1 + 0 + 0.04 + 0.04) / 4: restored(255, 255, 0, 51), // off by 1, 0, 0.2 and 0.2
	} {
		if got, err := MeanSquaredError(set, r); err != nil || math.Abs(got-want) > 1e-12 {
			t.Errorf("the error is %v, want %v (%v)", got, want, err)
		}
	}
	for want, r := range map[string][]image.Image{
		"2 originals can't be compared with 1":  restored(0, 0),
		"restored picture 0 has the bounds (0,": {image.NewGray(image.Rect(0, 0, 1, 1)), image.NewGray(image.Rect(0, 0, 1, 1))},
	} {
		if _, err := MeanSquaredError(set, r); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
	}
}
