package lab

import (
	"slices"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/trained"
)

// The same images are encoded once, other ones and changed ones anew, and what a caller does to its codes is its own affair.
func TestImagesAreEncodedOnce(t *testing.T) {
	var e encoded
	times := 0
	of := func(set datasets.Images) []float64 {
		codes, err := e.of(set, func() (trained.Codes, error) {
			times++
			return trained.Codes{Mean: [][]float64{{float64(set.Pixels[0])}}}, nil
		})
		if err != nil || codes.LogVar != nil {
			t.Fatal(codes, err)
		}
		return codes.Mean[0]
	}
	set := tiny.Data(2, 2).Test
	first := of(set)
	first[0] = -1
	if again := of(set); again[0] != float64(set.Pixels[0]) || times != 1 {
		t.Errorf("the code is %v, encoded %d times", again, times)
	}
	set.Pixels = slices.Clone(set.Pixels)
	set.Pixels[0]++
	if changed := of(set); changed[0] != float64(set.Pixels[0]) || times != 2 {
		t.Errorf("a changed image has the code %v, encoded %d times", changed, times)
	}
}
