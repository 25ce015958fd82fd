package datasets

import "image"

// averaged scales a square of side × side values of 16 bits to size × size bytes. Each byte is the mean of the area that its
// pixel covers, so nothing between the pixels is lost, and fine stripes become grey instead of coarse ones. (Of golang.org/x/image/draw,
// ApproxBiLinear looks at four pixels alone, CatmullRom draws dark rims around light strokes, and BiLinear blurs over four times the
// area.) It is worked out in whole numbers, and rounded once. row fills in a row of the square.
func averaged(side, size int, row func(y int, to []uint16)) []uint8 {
	parts := overlaps(side, size)
	line, across, sums := make([]uint16, side), make([]uint64, size), make([]uint64, size*size)
	at := -1
	for _, down := range parts {
		if at != down.from {
			at = down.from
			row(at, line)
			clear(across)
			for _, p := range parts {
				across[p.to] += p.length * uint64(line[p.from])
			}
		}
		for x, sum := range across {
			sums[down.to*size+x] += down.length * sum // at most side² × 65535: sides are below 2²⁴
		}
	}
	pixels, whole := make([]uint8, size*size), uint64(side)*uint64(side)*257 // 65535 is 255 × 257
	for i, sum := range sums {
		pixels[i] = uint8((sum + whole/2) / whole)
	}
	return pixels
}

// An overlap is a part of a line that a pixel of the original shares with one of the scaled image.
type overlap struct {
	from, to int    // the pixels
	length   uint64 // of the part; a scaled pixel is as long as the original has pixels
}

// overlaps cuts a line where a pixel of the original or of the scaled image ends.
func overlaps(side, size int) (parts []overlap) {
	for at, end := 0, 0; at < side*size; at = end {
		from, to := at/size, at/side
		end = min((from+1)*size, (to+1)*side)
		parts = append(parts, overlap{from, to, uint64(end - at)})
	}
	return parts
}

// luminance fills in the grey values of a part of a picture's row: the luma of ITU-R BT.601, as JPEG files hold it and Go's
// color.Gray16Model computes it. What is transparent lets black through.
func luminance(img image.Image, x, y int, to []uint16) {
	switch img := img.(type) {
	case *image.Gray:
		for i, v := range img.Pix[img.PixOffset(x, y):][:len(to)] {
			to[i] = uint16(v) * 257
		}
	case *image.YCbCr:
		for i, v := range img.Y[img.YOffset(x, y):][:len(to)] {
			to[i] = uint16(v) * 257
		}
	case image.RGBA64Image: // as all other pictures that PNG and JPEG decode to; At would allocate for each pixel
		for i := range to {
			c := img.RGBA64At(x+i, y)
			to[i] = luma(uint32(c.R), uint32(c.G), uint32(c.B))
		}
	default:
		for i := range to {
			r, g, b, _ := img.At(x+i, y).RGBA()
			to[i] = luma(r, g, b)
		}
	}
}

func luma(r, g, b uint32) uint16 { return uint16((19595*r + 38470*g + 7471*b + 1<<15) >> 16) }
