package claim

import (
	"encoding/hex"
	"image"
	"image/color"
)

// Look is a sentence on a picture that no number tells, and the picture at which somebody has looked.
type Look struct {
	Name      string `json:"name"`
	Says      string `json:"says"`
	Cell      string `json:"cell"`      // its id
	Picture   int    `json:"picture"`   // which of the cell's, from 0
	Seen      string `json:"seen"`      // what somebody saw who looked for it, and when
	Signature string `json:"signature"` // of the picture that was looked at
}

// side is how many fields a signature has in each direction.
const side = 16

// Signature is what a picture looks like from afar: the grey of 16 × 16 fields, in 256 hexadecimal digits. Pictures that differ by
// the last bit of a model's numbers have the same or nearly the same.
func Signature(img image.Image) string {
	b := img.Bounds()
	grey := make([]byte, 0, side*side)
	for row := range side {
		for column := range side {
			field := image.Rect(b.Min.X+column*b.Dx()/side, b.Min.Y+row*b.Dy()/side, b.Min.X+(column+1)*b.Dx()/side, b.Min.Y+(row+1)*b.Dy()/side)
			grey = append(grey, mean(img, field))
		}
	}
	return hex.EncodeToString(grey)
}

func mean(img image.Image, field image.Rectangle) byte {
	sum, n := 0, max(1, field.Dx()*field.Dy())
	for y := field.Min.Y; y < field.Max.Y; y++ {
		for x := field.Min.X; x < field.Max.X; x++ {
			sum += int(color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y)
		}
	}
	return byte(sum / n)
}

// mostChanged is how far the fields of two pictures may be apart, on average, to count as one picture: of 255 greys. Another seed's
// picture of the same kind is farther away by a factor of 5 or more.
const mostChanged = 1.5

// Same reports whether two signatures are of pictures that look the same.
func Same(a, b string) bool { return Apart(a, b) <= mostChanged }

// Apart is how far two signatures are apart: the mean difference of their greys, of 255. What is no signature is 255 from all.
func Apart(a, b string) float64 {
	x, err := hex.DecodeString(a)
	y, other := hex.DecodeString(b)
	if err != nil || other != nil || len(x) != side*side || len(y) != side*side {
		return 255
	}
	sum := 0
	for i := range x {
		sum += max(int(x[i])-int(y[i]), int(y[i])-int(x[i]))
	}
	return float64(sum) / float64(len(x))
}
