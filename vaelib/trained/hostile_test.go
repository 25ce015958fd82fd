package trained_test

import (
	"strings"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/internal/hostile"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/trained"
)

// Whatever it is given, a function answers: with an error, with NaN, or with nothing.
func TestHostileArguments(t *testing.T) {
	hostile.Try(t, 60,
		trained.BoundsOf, trained.ReadingOf, trained.Bounds{}, trained.Model{}, trained.Reading(""))
}

// A model without a network answers with an error.
func TestNoNetwork(t *testing.T) {
	var m trained.Model
	m.Config.Latent = 2
	_, encode := m.Encode(t.Context(), datasets.Images{})
	_, decode := m.Decode(t.Context(), [][]float64{{0, 0}})
	_, bounds := m.Bounds(t.Context(), datasets.Images{}, measure.BoundOptions{})
	_, restore := m.Restore(t.Context(), datasets.Images{})
	_, imagine := m.Imagine(t.Context(), 3, 1)
	_, _, plane := m.Plane(t.Context(), 3, 1)
	_, traverse := m.Traverse(t.Context(), []float64{0, 0}, 0, []float64{1})
	for _, err := range []error{encode, decode, bounds, restore, imagine, plane, traverse} {
		if err == nil || !strings.Contains(err.Error(), "the model has no network") {
			t.Errorf("the error is %v", err)
		}
	}
	if _, err := m.Imagine(t.Context(), 1<<62, 1); err == nil || !strings.Contains(err.Error(), "the limit is") {
		t.Errorf("the error is %v", err)
	}
}
