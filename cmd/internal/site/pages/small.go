package pages

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"
)

// colours are how many a small picture may have: then a pixel takes one byte instead of three. The most frequent ones are certain to
// be among them, however like others they are: a grid is nearly white.
const colours, certain = 256, 128

// smaller packs a picture with few colours of its own: a figure's are a dozen and their edges' shades, a photograph's here are greys.
// Where there are more, rare ones become their neighbours. What would look other then stays as it is, and so does what can't be read.
func smaller(data []byte) []byte {
	whole, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return data
	}
	counts := map[color.RGBA]int{}
	bounds := whole.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			counts[color.RGBAModel.Convert(whole.At(x, y)).(color.RGBA)]++
		}
	}
	kept, places := palette(counts)
	if kept == nil {
		return data
	}
	few := image.NewPaletted(bounds, kept)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			few.SetColorIndex(x, y, places[color.RGBAModel.Convert(whole.At(x, y)).(color.RGBA)])
		}
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, few); err != nil || out.Len() >= len(data) {
		return data
	}
	return out.Bytes()
}

// palette chooses colours, and says which of them stands for each; nil where too many differ visibly. The most frequent ones are kept
// as they are, and the rare shades between them go to one that is little off.
func palette(counts map[color.RGBA]int) (kept color.Palette, places map[color.RGBA]uint8) {
	all := slices.SortedFunc(maps.Keys(counts), func(a, b color.RGBA) int {
		return cmp.Or(counts[b]-counts[a], int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B), int(a.A)-int(b.A))
	})
	for _, distance := range []int{0, 8, 16, 24} { // of 255, in a channel
		kept, places = nil, map[color.RGBA]uint8{}
		for _, c := range all {
			i := nearest(kept, c)
			if len(kept) < certain || off(kept[i].(color.RGBA), c) > distance {
				i, kept = len(kept), append(kept, c)
			}
			if len(kept) > colours {
				break
			}
			places[c] = uint8(i)
		}
		if len(kept) <= colours {
			return kept, places
		}
	}
	return nil, nil
}

// nearest is the place of the colour that is least off; −1 where there is none.
func nearest(kept color.Palette, c color.RGBA) int {
	best := -1
	for i, k := range kept {
		if d := off(k.(color.RGBA), c); best < 0 || d < off(kept[best].(color.RGBA), c) {
			if best = i; d == 0 {
				break
			}
		}
	}
	return best
}

// off is the largest difference in a channel.
func off(a, b color.RGBA) int {
	apart := func(x, y uint8) int { return max(int(x)-int(y), int(y)-int(x)) }
	return max(apart(a.R, b.R), apart(a.G, b.G), apart(a.B, b.B), apart(a.A, b.A))
}
