package inference

import (
	"strings"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
)

// A network that Open hasn't made answers with an error.
func TestNotOpened(t *testing.T) {
	for _, n := range []*Coder{nil, {}} {
		_, encode := n.Encode(t.Context(), datasets.Images{})
		_, decode := n.Decode(t.Context(), [][]float64{{}})
		_, bounds := n.Bounds(t.Context(), datasets.Images{}, measure.BoundOptions{})
		for _, err := range []error{encode, decode, bounds} {
			if err == nil || !strings.Contains(err.Error(), "make it with inference.Open") {
				t.Errorf("the error is %v", err)
			}
		}
	}
	if _, err := Open(nil, run.Run{}); err == nil || !strings.Contains(err.Error(), "no backend") {
		t.Errorf("the error is %v", err)
	}
}
