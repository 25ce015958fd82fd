package measure_test

import (
	"reflect"
	"testing"

	"vaelab/vaelib/measure"
)

// A PCA that was a file is the same to the last bit; one that is cut or changed anywhere is refused, and replaces nothing.
func TestPCAAsAFile(t *testing.T) {
	p := measure.PCA{Width: 2, Height: 3, Mean: []float64{1, 2, 3, 4, 5, 1e-300}, Directions: [][]float64{{1, 0, 0, 0, 0, 0}, {0, 0.1, 0, 0, 0, 0}},
		Variance: []float64{2, 1.0 / 3}, Total: 7}
	data, err := p.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var again measure.PCA
	if err := again.UnmarshalBinary(data); err != nil || !reflect.DeepEqual(p, again) {
		t.Errorf("read again: %+v, %v", again, err)
	}
	for n := range data {
		if err := again.UnmarshalBinary(data[:n]); err == nil {
			t.Errorf("cut to %d of %d bytes it is read", n, len(data))
		}
		changed := append([]byte(nil), data...)
		changed[n] ^= 1
		if err := again.UnmarshalBinary(changed); err == nil {
			t.Errorf("with byte %d changed it is read", n)
		}
	}
	if !reflect.DeepEqual(p, again) {
		t.Error("a file that was refused has changed the PCA")
	}
	if _, err := new(measure.PCA).MarshalBinary(); err == nil {
		t.Error("an empty PCA becomes a file")
	}
	if err := (*measure.PCA)(nil).UnmarshalBinary(data); err == nil {
		t.Error("a file is read into nothing")
	}
}
