package evaluate_test

import (
	"strings"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/evaluate"
	"vaelab/vaelib/internal/hostile"
	"vaelab/vaelib/measure"
)

// Whatever it is given, a function answers: with an error, with NaN, or with nothing.
func TestHostileArguments(t *testing.T) {
	hostile.Try(t, 60,
		evaluate.BoundsOf, evaluate.ReadingOf, evaluate.Bounds{}, evaluate.Model{}, evaluate.Reading(""))
}

// A model without a network answers with an error.
func TestNoNetwork(t *testing.T) {
	var m evaluate.Model
	m.Config.Latent = 2
	_, encode := m.Encode(datasets.Images{})
	_, decode := m.Decode([][]float64{{0, 0}})
	_, bounds := m.Bounds(datasets.Images{}, measure.BoundOptions{})
	_, restore := m.Restore(datasets.Images{})
	_, imagine := m.Imagine(3, 1)
	_, _, plane := m.Plane(3, 1)
	_, traverse := m.Traverse([]float64{0, 0}, 0, []float64{1})
	for _, err := range []error{encode, decode, bounds, restore, imagine, plane, traverse} {
		if err == nil || !strings.Contains(err.Error(), "the model has no network") {
			t.Errorf("the error is %v", err)
		}
	}
	if _, err := m.Imagine(1<<62, 1); err == nil || !strings.Contains(err.Error(), "the limit is") {
		t.Errorf("the error is %v", err)
	}
}
