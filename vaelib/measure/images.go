package measure

import (
	"image"

	"vaelab/vaelib/words"
)

// Images is a list of grey images of one size: [vaelab/datasets.Images] is one, and [Pictures] another. [PCA.Features] calls
// Gray on several cores at once, so it must only read; nil and a list of none are errors.
type Images interface {
	Len() int
	Gray(i int) *image.Gray
}

// Pictures are the images that a decoder paints. Nil is a list of none.
type Pictures []*image.Gray

// Len is the number of pictures.
func (p Pictures) Len() int { return len(p) }

// Gray is picture i, or nil where there is none.
func (p Pictures) Gray(i int) *image.Gray {
	if i < 0 || i >= len(p) {
		return nil
	}
	return p[i]
}

// sizeOf is the size of the first image, which all must have.
func sizeOf(images Images) (image.Point, error) {
	if images == nil || images.Len() == 0 {
		return image.Point{}, words.Errorf("the list of images is empty: at least one is needed")
	}
	first := images.Gray(0)
	if first == nil || first.Rect.Empty() {
		return image.Point{}, words.Errorf("image 0 has no pixels")
	}
	return first.Rect.Size(), nil
}

// read puts image i's bytes, 0 … 255 and row by row, into dst.
func read(dst []float64, images Images, i int, size image.Point) error {
	m := images.Gray(i)
	if m == nil {
		return words.Errorf("image %d is nil", i)
	}
	if m.Rect.Size() != size {
		return words.Errorf("image %d is %d×%d pixels and not %d×%d", i, m.Rect.Dx(), m.Rect.Dy(), size.X, size.Y)
	}
	if m.Stride < size.X || len(m.Pix) < (size.Y-1)*m.Stride+size.X {
		return words.Errorf("image %d has %d bytes, in lines of %d, for its %d×%d pixels", i, len(m.Pix), m.Stride, size.X, size.Y)
	}
	for y := range size.Y {
		row := dst[y*size.X : (y+1)*size.X]
		for x, value := range m.Pix[y*m.Stride : y*m.Stride+size.X] {
			row[x] = float64(value)
		}
	}
	return nil
}
