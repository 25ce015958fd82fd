package datasets

import (
	"bytes"
	"image/color"
	"slices"
	"strings"
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

// Images without labels are as many as their pixels make.
func TestLenWithoutLabels(t *testing.T) {
	s, err := ReadIDXImages(bytes.NewReader(encode(magicImages, noise(5*3*2, 256), 5, 3, 2)))
	if err != nil || s.Len() != 5 || len(s.Pictures()) != 5 || s.First(2).Len() != 2 || s.OfEachClass(3).Len() != 3 {
		t.Errorf("%d images, %d pictures, %d of the first two, %d of each class; %v", s.Len(), len(s.Pictures()), s.First(2).Len(), s.OfEachClass(3).Len(), err)
	}
	if none := (Images{}); none.Len() != 0 || none.Validate() != nil || none.Image(0) != nil || none.First(3).Len() != 0 {
		t.Errorf("no images are %d, %v", none.Len(), none.Validate())
	}
}

// A label without a name is a class all the same.
func TestOfEachClassTakesAnyLabel(t *testing.T) {
	s := six()
	s.Labels = []uint8{1, 200, 1, 9, 1, 200}
	if got := s.OfEachClass(1); !slices.Equal(got.Labels, []uint8{1, 9, 200}) || got.Len() != 3 {
		t.Errorf("one of each class has the labels %v", got.Labels)
	}
}

func TestValidate(t *testing.T) {
	for want, spoil := range map[string]func(*Images){
		"11 pixels are no whole number of images of 2×1": func(s *Images) { s.Pixels = s.Pixels[:11] },
		"images of -2×1 pixels can't be":                 func(s *Images) { s.Width = -2 },
		"there are 6 images but 5 labels":                func(s *Images) { s.Labels = s.Labels[:5] },
	} {
		s := six()
		if err := s.Validate(); err != nil {
			t.Fatal(err)
		}
		spoil(&s)
		if err := s.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
