package path

import (
	"image"
	"math"

	"vaelab/vaelib/words"
)

// The layout of a demonstration as an image one pixel high: start x, y, goal x, y, obstacle x, y and radius, then x, y of each point.
const (
	Given = 7                // bytes of the scene: what a conditional model is told (run.Config's Given)
	Width = Given + 2*Points // of the image, in pixels
)

// Bytes are the scene as the first Given bytes of an image, 0 for 0 to 255 for 1. The error is that of [Scene.Validate].
func (s Scene) Bytes() ([]byte, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	o := s.Obstacle
	return appendBytes(nil, s.Start.X, s.Start.Y, s.Goal.X, s.Goal.Y, o.Centre.X, o.Centre.Y, o.Radius), nil
}

// Bytes are the demonstration as an image of Width bytes, 0 for 0 to 255 for 1: each number is off by 1/510 at most. The error is about
// a scene that isn't valid, or a path with another number of points than Points or with one outside the picture. A path that
// collides can be written.
func (d Demonstration) Bytes() ([]byte, error) {
	image, err := d.Scene.Bytes()
	if err == nil {
		err = d.Path.validate()
	}
	if err != nil {
		return nil, err
	}
	for _, at := range d.Path {
		image = appendBytes(image, at.X, at.Y)
	}
	return image, nil
}

func appendBytes(to []byte, numbers ...float64) []byte {
	for _, x := range numbers {
		to = append(to, uint8(math.Round(255*x)))
	}
	return to
}

// FromBytes reads a demonstration from the Width bytes of an image, whatever they say: what a policy paints needn't be valid.
func FromBytes(image []byte) (Demonstration, error) {
	if len(image) != Width {
		return Demonstration{}, words.Errorf("an image of %d bytes is no demonstration, which has %d: %d for the scene and %d for the path",
			len(image), Width, Given, 2*Points)
	}
	at := func(i int) Point { return Point{float64(image[i]) / 255, float64(image[i+1]) / 255} }
	d := Demonstration{Scene{Start: at(0), Goal: at(2), Obstacle: Circle{at(4), float64(image[6]) / 255}}, make(Path, Points)}
	for i := range d.Path {
		d.Path[i] = at(Given + 2*i)
	}
	return d, nil
}

// FromImage is the same for an image of Width × 1 pixels, as [vaelab/datasets.Images] and decoders give them.
func FromImage(img *image.Gray) (Demonstration, error) {
	if err := wide(img); err != nil {
		return Demonstration{}, err
	}
	from := img.PixOffset(img.Rect.Min.X, img.Rect.Min.Y)
	return FromBytes(img.Pix[from : from+Width])
}

func wide(img *image.Gray) error {
	switch {
	case img == nil:
		return words.Errorf("there is no picture: a demonstration's has %d × 1 pixels", Width)
	case img.Rect.Dx() != Width || img.Rect.Dy() != 1:
		return words.Errorf("a picture of %d × %d pixels is no demonstration, which has %d × 1", img.Rect.Dx(), img.Rect.Dy(), Width)
	case len(img.Pix) < img.PixOffset(img.Rect.Max.X-1, img.Rect.Min.Y)+1 || img.PixOffset(img.Rect.Min.X, img.Rect.Min.Y) < 0:
		return words.Errorf("a picture says that it has %d × 1 pixels, and holds %d", Width, len(img.Pix))
	}
	return nil
}

// Decoded are the paths in a decoder's pictures of a scene, each Width × 1 pixels. What such a picture says of the scene is passed over:
// the decoder was told it, and may repeat it wrongly.
func Decoded(pictures []*image.Gray) ([]Path, error) {
	paths := make([]Path, len(pictures))
	for i, img := range pictures {
		d, err := FromImage(img)
		if err != nil {
			return nil, words.Errorf("picture %d of %d: %w", i+1, len(pictures), err)
		}
		paths[i] = d.Path
	}
	return paths, nil
}
