package datasets

import "image"

// Images is a set of equally sized grey images, each with a label.
type Images struct {
	Width, Height int
	Pixels        []uint8  // Len × Height × Width, row by row, 0 black … 255 white
	Labels        []uint8  // Len; each is an index into Classes
	Classes       []string // the names of the labels
}

// Len is the number of images.
func (s Images) Len() int { return len(s.Labels) }

// Image is the i-th image as Height × Width pixels. It is a view: writing to it changes the set.
func (s Images) Image(i int) []uint8 {
	size := s.Width * s.Height
	return s.Pixels[i*size : (i+1)*size : (i+1)*size]
}

// Gray is the i-th image for the standard library's image packages. It shares the set's pixels.
func (s Images) Gray(i int) *image.Gray {
	return &image.Gray{Pix: s.Image(i), Stride: s.Width, Rect: image.Rect(0, 0, s.Width, s.Height)}
}

// Pictures are all images, one by one, as figures take them. They share the set's pixels.
func (s Images) Pictures() []image.Image {
	list := make([]image.Image, s.Len())
	for i := range list {
		list[i] = s.Gray(i)
	}
	return list
}

// First is a view of the first n images, or of all when there are fewer.
func (s Images) First(n int) Images {
	n = max(0, min(n, s.Len()))
	pixels := n * s.Width * s.Height
	s.Pixels, s.Labels = s.Pixels[:pixels:pixels], s.Labels[:n:n]
	return s
}

// OfEachClass is a copy of the first n images of every class, class by class. A class with fewer gives all it has.
func (s Images) OfEachClass(n int) Images {
	byClass := make([][]int, len(s.Classes))
	for i, label := range s.Labels {
		if len(byClass[label]) < n {
			byClass[label] = append(byClass[label], i)
		}
	}
	some := Images{Width: s.Width, Height: s.Height, Classes: s.Classes}
	for label, members := range byClass {
		for _, i := range members {
			some.Pixels = append(some.Pixels, s.Image(i)...)
			some.Labels = append(some.Labels, uint8(label))
		}
	}
	return some
}

// Dataset is a named set of images in a part to train on and a part to test on.
type Dataset struct {
	Name        string // as in Names: "fashion-mnist-sample"
	Title       string // for a caption: "Fashion-MNIST, a sample of 10,000"
	Train, Test Images
	Source      string // where it was found, in words: "embedded in the module", "from /usr/share/datasets/mnist"
	Digest      string // SHA-256, in hex, that stands for every uncompressed byte that was read
}
