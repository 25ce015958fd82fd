package trained_test

import (
	"context"
	"errors"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/trained"
)

// counting is a network whose codes are the images' first pixels, and which counts how often it is asked.
type counting struct {
	slate
	asked *int
	fails bool
}

func (c counting) Encode(_ context.Context, set datasets.Images) (trained.Codes, error) {
	*c.asked++
	if c.fails {
		return trained.Codes{}, errors.New("out of order")
	}
	return trained.Codes{Mean: [][]float64{{float64(set.Pixels[0])}}}, nil
}

// The same images are encoded once, other ones and changed ones anew, and what a caller does to its codes is its own affair. An
// error is not remembered.
func TestImagesAreEncodedOnce(t *testing.T) {
	asked := 0
	n := trained.Remembering(counting{asked: &asked})
	of := func(set datasets.Images) []float64 {
		codes, err := n.Encode(t.Context(), set)
		if err != nil || codes.LogVar != nil {
			t.Fatal(codes, err)
		}
		return codes.Mean[0]
	}
	set := tiny.Data(2, 2).Test
	of(set)[0] = -1
	if again := of(set); again[0] != float64(set.Pixels[0]) || asked != 1 {
		t.Errorf("the code is %v, encoded %d times", again, asked)
	}
	set.Pixels[0]++
	if changed := of(set); changed[0] != float64(set.Pixels[0]) || asked != 2 {
		t.Errorf("a changed image has the code %v, encoded %d times", changed, asked)
	}
	broken := trained.Remembering(counting{asked: &asked, fails: true})
	for range 2 {
		if _, err := broken.Encode(t.Context(), set); err == nil {
			t.Error("the error is lost")
		}
	}
	if asked != 4 {
		t.Errorf("asked %d times, want 4", asked)
	}
}
