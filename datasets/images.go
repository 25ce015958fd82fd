package datasets

import (
	"image"

	"vaelab/vaelib/words"
)

// Images is a set of equally sized grey images, each with a label, or all without. The zero value is a set of none.
type Images struct {
	Width, Height int
	Pixels        []uint8  // Len × Height × Width, row by row, 0 black … 255 white
	Labels        []uint8  // Len, each an index into Classes; or none, as ReadIDXImages gives them
	Classes       []string // the names of the labels, in English: words.Text shows them; sets that Load gives share theirs: replace the list to rename a class
}

// Len is the number of whole images that the pixels make.
func (s Images) Len() int {
	if size := s.size(); size > 0 {
		return len(s.Pixels) / size
	}
	return 0
}

// size is the number of an image's pixels, and 0 where the set has not even one image of them.
func (s Images) size() int {
	if s.Width < 1 || s.Height < 1 || s.Height > len(s.Pixels)/s.Width {
		return 0
	}
	return s.Width * s.Height
}

// Validate reports in a sentence what keeps a set from being one of whole images, each with a label or all without.
// Labels without a name are no fault here: they are classes all the same.
func (s Images) Validate() error {
	if len(s.Pixels) == 0 && len(s.Labels) == 0 {
		return nil
	}
	switch n := s.Len(); {
	case s.Width < 1 || s.Height < 1:
		return words.Errorf("images of %d×%d pixels can't be: both sides must be at least 1", s.Width, s.Height)
	case n == 0 || len(s.Pixels) != n*s.size():
		return words.Errorf("%d pixels are no whole number of images of %d×%d", len(s.Pixels), s.Width, s.Height)
	case len(s.Labels) != 0 && len(s.Labels) != n:
		return words.Errorf("there are %d images but %d labels: give one to each, or none at all", n, len(s.Labels))
	}
	return nil
}

// Image is the i-th image as Height × Width pixels, or nil where there is no such image. It is a view: writing to it
// changes the set.
func (s Images) Image(i int) []uint8 {
	if i < 0 || i >= s.Len() {
		return nil
	}
	size := s.size()
	return s.Pixels[i*size : (i+1)*size : (i+1)*size]
}

// Gray is the i-th image for the standard library's image packages; it is empty where there is no such image. It shares
// the set's pixels.
func (s Images) Gray(i int) *image.Gray {
	pixels := s.Image(i)
	if pixels == nil {
		return &image.Gray{}
	}
	return &image.Gray{Pix: pixels, Stride: s.Width, Rect: image.Rect(0, 0, s.Width, s.Height)}
}

// Pictures are all images, one by one, as figures take them. They share the set's pixels.
func (s Images) Pictures() []image.Image {
	list := make([]image.Image, s.Len())
	for i := range list {
		list[i] = s.Gray(i)
	}
	return list
}

// First is a view of the first n images, or of all when there are fewer; of none where n is below 0.
func (s Images) First(n int) Images {
	n = max(0, min(n, s.Len()))
	pixels, labels := n*s.size(), min(n, len(s.Labels))
	s.Pixels, s.Labels = s.Pixels[:pixels:pixels], s.Labels[:labels:labels]
	return s
}

// OfEachClass is a copy of the first n images of every class, class by class. A class with fewer gives all it has. A
// label that has no name in Classes is a class all the same; images without labels are one class.
func (s Images) OfEachClass(n int) Images {
	var byClass [256][]int // as many as a label can tell apart
	for i := range s.Len() {
		label := uint8(0)
		if len(s.Labels) > 0 {
			if i >= len(s.Labels) {
				break
			}
			label = s.Labels[i]
		}
		if len(byClass[label]) < n {
			byClass[label] = append(byClass[label], i)
		}
	}
	some := Images{Width: s.Width, Height: s.Height, Classes: s.Classes}
	for label, members := range byClass {
		for _, i := range members {
			some.Pixels = append(some.Pixels, s.Image(i)...)
			if len(s.Labels) > 0 {
				some.Labels = append(some.Labels, uint8(label))
			}
		}
	}
	return some
}

// Transposed is a copy whose images have rows and columns exchanged: mirrored along the line from the upper left corner
// to the lower right one. EMNIST's images are stored that way, lying on their side; this sets them upright.
func (s Images) Transposed() Images {
	turned := s
	turned.Width, turned.Height = s.Height, s.Width
	turned.Pixels = make([]uint8, 0, len(s.Pixels))
	for i := range s.Len() {
		original := s.Image(i)
		for x := range s.Width {
			for y := range s.Height {
				turned.Pixels = append(turned.Pixels, original[y*s.Width+x])
			}
		}
	}
	return turned
}

// Dataset is a named set of images in a part to train on and a part to test on. The zero Dataset has neither name nor
// images.
type Dataset struct {
	Name        string // as in Names: "fashion-mnist-sample"
	Title       string // for a caption, in the language that was spoken when it was made: "Fashion-MNIST, a sample of 10,000"
	Train, Test Images
	Source      string // where it was found, likewise in words: "embedded in the module", "from /usr/share/datasets/mnist"
	Digest      string // SHA-256, in hex, of every uncompressed byte that was read; see Fingerprint for what is there now
}

// Transposed is a copy of the data set with all images transposed; see [Images.Transposed]. The copy has a name, a title
// and a Digest of its own.
func (d Dataset) Transposed() Dataset {
	d.Name += "-transposed"
	d.Title = words.Say("%s, transposed", d.Title)
	d.Train, d.Test = d.Train.Transposed(), d.Test.Transposed()
	d.Digest = d.Fingerprint()
	return d
}
