package lab

import (
	"reflect"
	"testing"

	"vaelab/vaelib/internal/tiny"
)

// Two data sets of one name, one declared digest and one size have a basis each, in one cell.
func TestABasisIsOfTheDatasContents(t *testing.T) {
	one, other := tiny.Data(80, 20), tiny.Data(80, 20)
	one.Name, one.Digest = "mine", "declared"
	other.Name, other.Digest = one.Name, one.Digest
	first, err := basisOf(one)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range other.Test.Pixels {
		other.Test.Pixels[i] = 255 - p
	}
	second, err := basisOf(other)
	if err != nil {
		t.Fatal(err)
	}
	if reflect.DeepEqual(first.real, second.real) {
		t.Error("the features of one set are taken for the other's")
	}
	// Pixels that are changed in place, after the first measurement, count too.
	copy(one.Test.Pixels, other.Test.Pixels)
	if third, err := basisOf(one); err != nil || !reflect.DeepEqual(third.real, second.real) {
		t.Errorf("after a change in place the old features are used (%v)", err)
	}
	if again, err := basisOf(other); err != nil || again.pca != second.pca {
		t.Errorf("the same data are worked out twice (%v)", err)
	}
}
