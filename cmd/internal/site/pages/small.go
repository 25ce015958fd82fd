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

// colours are how many a small picture may have: then a pixel takes one byte instead of three.
const colours = 256

// smaller packs a picture with few colours of its own: a figure's are a dozen and their edges' shades, a photograph's here are greys.
// Where there are more, the rarest become their neighbours. What would look other then stays as it is, and so does what can't be read.
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

// palette chooses colours, and says which of them stands for each; nil where one would be too far off.
func palette(counts map[color.RGBA]int) (kept color.Palette, places map[color.RGBA]uint8) {
	all := slices.SortedFunc(maps.Keys(counts), func(a, b color.RGBA) int {
		return cmp.Or(counts[b]-counts[a], int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B), int(a.A)-int(b.A))
	})
	// The most frequent ones, but none so near to one that is there already that the eye can't tell.
	const near, far = 10, 28
	for _, distance := range []int{0, near} {
		kept = nil
		for _, c := range all {
			if i := nearest(kept, c); i < 0 || off(kept[i].(color.RGBA), c) > distance {
				if kept = append(kept, c); len(kept) == colours {
					break
				}
			}
		}
		if len(kept) < colours {
			break
		}
	}
	places = map[color.RGBA]uint8{}
	for _, c := range all {
		i := nearest(kept, c)
		if off(kept[i].(color.RGBA), c) > far {
			return nil, nil
		}
		places[c] = uint8(i)
	}
	return kept, places
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
