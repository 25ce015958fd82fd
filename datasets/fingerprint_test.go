package datasets

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
)

// The fingerprint is of what the set holds now, not of what it says of itself.
func TestFingerprint(t *testing.T) {
	fresh := func() Dataset { return Dataset{Name: "six", Digest: "d", Train: six(), Test: six().First(3)} }
	first := fresh().Fingerprint()
	seen := map[string]string{first: "nothing"}
	for name, change := range map[string]func(d *Dataset){
		"a training pixel":       func(d *Dataset) { d.Train.Pixels[3]++ },
		"a test pixel":           func(d *Dataset) { d.Test.Pixels = slices.Clone(d.Test.Pixels); d.Test.Pixels[0]++ },
		"a label":                func(d *Dataset) { d.Train.Labels[0] = 2 },
		"the sides":              func(d *Dataset) { d.Train.Width, d.Train.Height = 1, 2 },
		"the parts":              func(d *Dataset) { d.Train, d.Test = d.Test, d.Train },
		"the labels are missing": func(d *Dataset) { d.Test.Labels = nil },
		"one image less":         func(d *Dataset) { d.Train = d.Train.First(5) },
		"black and white":        func(d *Dataset) { *d = d.Binarised(Threshold()) },
		"transposed": func(d *Dataset) {
			d.Train.Width, d.Train.Height = 2, 3
			d.Train.Labels = d.Train.Labels[:2]
			*d = d.Transposed()
		},
		"not transposed, as long": func(d *Dataset) { d.Train.Width, d.Train.Height = 3, 2; d.Train.Labels = d.Train.Labels[:2] },
	} {
		d := fresh()
		change(&d)
		if other, taken := seen[d.Fingerprint()]; taken {
			t.Errorf("with another change (%s) the fingerprint is that of %s", name, other)
		}
		seen[d.Fingerprint()] = name
	}
	d := fresh()
	d.Name, d.Title, d.Source, d.Digest = "a", "b", "c", "e"
	if d.Fingerprint() != first {
		t.Error("the fingerprint depends on what the set says of itself")
	}
	d.Train.Pixels[0]++ // in place, after the first call
	if d.Fingerprint() == first {
		t.Error("the fingerprint is an old one")
	}
	if (Dataset{}).Fingerprint() == "" {
		t.Error("an empty set has no fingerprint")
	}
}

// A copy's Digest is of what was made, also where the original's is an old one or missing.
func TestDigestsOfWhatWasMade(t *testing.T) {
	a, b := Dataset{Digest: "d", Train: six()}, Dataset{Digest: "d", Train: six()}
	b.Train.Pixels[0] = 200
	for name, make := range map[string]func(Dataset) Dataset{
		"binarised":  func(d Dataset) Dataset { return d.Binarised(Threshold()) },
		"transposed": Dataset.Transposed,
	} {
		if make(a).Digest == make(b).Digest || make(a).Digest != make(a).Fingerprint() {
			t.Errorf("%s: the digests are %s and %s", name, make(a).Digest, make(b).Digest)
		}
	}
}

func TestTransposed(t *testing.T) {
	s := Images{Width: 3, Height: 2, Classes: abc, Pixels: []uint8{1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16}, Labels: []uint8{0, 2}}
	before := bytes.Clone(s.Pixels)
	got := s.Transposed()
	if want := []uint8{1, 4, 2, 5, 3, 6, 11, 14, 12, 15, 13, 16}; got.Width != 2 || got.Height != 3 || !bytes.Equal(got.Pixels, want) {
		t.Errorf("transposed it is %+v, want %v", got, want)
	}
	if !bytes.Equal(got.Labels, s.Labels) || !bytes.Equal(got.Transposed().Pixels, before) || !bytes.Equal(s.Pixels, before) {
		t.Error("labels changed, or two times don't give the original back, or the original changed")
	}
	d := Dataset{Name: "n", Title: "T", Train: s, Test: s.First(1)}.Transposed()
	if d.Name != "n-transposed" || d.Title != "T, transposed" || d.Test.Len() != 1 || d.Test.Pixels[1] != 4 {
		t.Errorf("the data set is %+v", d)
	}
}

// EMNIST's images lie on their side: rows and columns are exchanged.
func ExampleImages_Transposed() {
	lying := Images{Width: 3, Height: 3, Pixels: []uint8{
		9, 9, 9,
		0, 0, 9,
		0, 0, 9,
	}}
	upright := lying.Transposed()
	for y := range 3 {
		fmt.Println(upright.Image(0)[3*y : 3*y+3])
	}
	// Output:
	// [9 0 0]
	// [9 0 0]
	// [9 9 9]
}
