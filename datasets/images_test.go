package datasets

import (
	"bytes"
	"image/color"
	"slices"
	"testing"
)

// six are images of 2 × 1 pixels whose first pixel is ten times their place, of the classes b a b c b a.
func six() Images {
	return Images{Width: 2, Height: 1, Classes: abc,
		Pixels: []uint8{0, 1, 10, 1, 20, 1, 30, 1, 40, 1, 50, 1},
		Labels: []uint8{1, 0, 1, 2, 1, 0}}
}

func TestImage(t *testing.T) {
	s := six()
	if got := s.Image(2); !slices.Equal(got, []uint8{20, 1}) {
		t.Errorf("image 2 is %v", got)
	}
	_ = append(s.Image(2), 99)
	if s.Pixels[6] != 30 {
		t.Error("appending to one image wrote into the next")
	}
	gray := s.Gray(3)
	if size := gray.Bounds().Size(); size.X != 2 || size.Y != 1 {
		t.Errorf("a grey image is %v, want 2 × 1", size)
	}
	gray.SetGray(0, 0, color.Gray{Y: 200})
	if s.Pixels[6] != 200 {
		t.Error("a grey image does not share its pixels")
	}
}

func TestFirst(t *testing.T) {
	for n, want := range map[int]int{-1: 0, 0: 0, 2: 2, 6: 6, 7: 6} {
		got := six().First(n)
		if got.Len() != want || len(got.Pixels) != 2*want {
			t.Errorf("First(%d) has %d labels and %d pixels, want %d images", n, got.Len(), len(got.Pixels), want)
		}
	}
}

func TestOfEachClass(t *testing.T) {
	for _, test := range []struct {
		n      int
		labels []uint8
		firsts []uint8 // the first pixel of each
	}{
		{0, nil, nil},
		{1, []uint8{0, 1, 2}, []uint8{10, 0, 30}},
		{2, []uint8{0, 0, 1, 1, 2}, []uint8{10, 50, 0, 20, 30}},
		{9, []uint8{0, 0, 1, 1, 1, 2}, []uint8{10, 50, 0, 20, 40, 30}},
	} {
		s := six()
		got := s.OfEachClass(test.n)
		var firsts []uint8
		for i := range got.Len() {
			firsts = append(firsts, got.Image(i)[0])
		}
		if !slices.Equal(got.Labels, test.labels) || !slices.Equal(firsts, test.firsts) {
			t.Errorf("OfEachClass(%d): labels %v, pixels %v; want %v, %v", test.n, got.Labels, firsts, test.labels, test.firsts)
		}
		if got.Len() > 0 {
			got.Pixels[0] = 77
			if slices.Contains(s.Pixels, 77) {
				t.Errorf("OfEachClass(%d) is no copy", test.n)
			}
		}
	}
}

// What ReadIDXImages gives has as many images as were read, though it has no labels.
func TestLenWithoutLabels(t *testing.T) {
	pixels := noise(2000*3*2, 256)
	set, err := ReadIDXImages(bytes.NewReader(encode(magicImages, pixels, 2000, 3, 2)))
	if err != nil || set.Len() != 2000 || len(set.Pictures()) != 2000 || !bytes.Equal(set.Image(1999), pixels[1999*6:]) {
		t.Errorf("there are %d images, %v", set.Len(), err)
	}
	if few := set.First(7); few.Len() != 7 || few.Validate() != nil {
		t.Errorf("the first 7 are %d, %v", few.Len(), few.Validate())
	}
	if one := set.OfEachClass(3); one.Len() != 3 || one.Labels != nil || !bytes.Equal(one.Pixels, pixels[:18]) {
		t.Errorf("of one class there are %d, with the labels %v", one.Len(), one.Labels)
	}
}

// A label that is not below Classes is a class all the same, which comes behind the others.
func TestOfEachClassBeyondClasses(t *testing.T) {
	s := six()
	s.Classes = abc[:1]
	s.Labels[0] = 255
	got := s.OfEachClass(2)
	if want := []uint8{0, 0, 1, 1, 2, 255}; !slices.Equal(got.Labels, want) || got.Len() != 6 || got.Image(5)[0] != 0 {
		t.Errorf("the labels are %v, want %v", got.Labels, want)
	}
}

// Sets that are empty, damaged or asked for an image that isn't there answer with nothing, and say what is wrong.
func TestDamagedSets(t *testing.T) {
	for name, s := range map[string]Images{
		"nothing":          {},
		"no pixels":        {Width: 2, Height: 1, Labels: []uint8{1, 2}},
		"no sides":         {Pixels: []uint8{1, 2}, Labels: []uint8{1}},
		"negative sides":   {Width: -2, Height: -1, Pixels: []uint8{1, 2, 3, 4}},
		"sides that wrap":  {Width: 1 << 32, Height: 1 << 32, Pixels: []uint8{1, 2, 3, 4}},
		"half an image":    {Width: 2, Height: 2, Pixels: []uint8{1, 2}},
		"one and a half":   {Width: 2, Height: 1, Pixels: []uint8{1, 2, 3}, Labels: []uint8{0}},
		"too many labels":  {Width: 2, Height: 1, Pixels: []uint8{1, 2}, Labels: []uint8{0, 1, 7}},
		"too few labels":   {Width: 1, Height: 1, Pixels: []uint8{1, 2}, Labels: []uint8{3}},
		"classes, no more": {Classes: abc},
	} {
		whole := name == "nothing" || name == "classes, no more"
		if err := s.Validate(); (err == nil) != whole {
			t.Errorf("%s: the error is %v", name, err)
		}
		for _, i := range []int{-1, s.Len(), 99} {
			if s.Image(i) != nil || !s.Gray(i).Bounds().Empty() {
				t.Errorf("%s: there is an image %d", name, i)
			}
		}
		for _, n := range []int{-1, 0, 1, 9} {
			for _, part := range []Images{s.First(n), s.OfEachClass(n), s.OfEachClass(n).Transposed(), s.First(n).Transposed()} {
				if part.Len() > max(0, n) {
					t.Errorf("%s: of %d there are %d", name, n, part.Len())
				}
			}
		}
		d := Dataset{Train: s, Test: s}
		if d.Fingerprint() == "" || len(s.Pictures()) != s.Len() {
			t.Errorf("%s: it has %d pictures", name, len(s.Pictures()))
		}
		_ = d.Binarised(Threshold()).Transposed()
	}
}
