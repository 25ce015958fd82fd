package datasets

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

// alone reads one picture of a folder.
func alone(contents []byte, size int) picture {
	return readPicture(folderOf(map[string][]byte{"a.png": contents}), "a.png", PictureOptions{Size: size}.orDefault(), new(sync.Mutex))
}

// Pictures of the size that is asked for keep their grey values, whatever type of pixel they have.
func TestGreyValues(t *testing.T) {
	const n = 16
	grey := func(x, y int) uint8 { return uint8(16*y + x) }
	want := drawn(n, n, grey).Pix
	rect := image.Rect(0, 0, n, n)
	nrgba, deep, palette := image.NewNRGBA(rect), image.NewNRGBA64(rect), image.NewPaletted(rect, nil)
	deepGray := image.NewGray16(rect)
	for v := range 256 {
		palette.Palette = append(palette.Palette, color.Gray{Y: uint8(v)})
	}
	rng := rand.New(rand.NewPCG(1, 1))
	for y := range n {
		for x := range n {
			v := grey(x, y)
			nrgba.SetNRGBA(x, y, color.NRGBA{v, v, v, 255})
			palette.SetColorIndex(x, y, v)
			v16 := uint16(max(0, min(65535, int(v)*257+rng.IntN(257)-128))) // all of which are nearest to v
			deepGray.SetGray16(x, y, color.Gray16{Y: v16})
			deep.SetNRGBA64(x, y, color.NRGBA64{v16, v16, v16, 65535})
		}
	}
	for name, img := range map[string]image.Image{"grey": drawn(n, n, grey), "colour": nrgba, "palette": palette, "16 bits": deepGray, "16 bits in colour": deep} {
		if got := alone(pngOf(t, img), n); !bytes.Equal(got.pixels, want) || got.cropped || got.enlarged || got.transparent || got.turned {
			t.Errorf("%s: %+v", name, got)
		}
	}
	got := alone(jpegOf(t, drawn(n, n, grey)), n)
	for i, v := range got.pixels {
		if d := int(v) - int(want[i]); d < -2 || d > 2 {
			t.Errorf("JPEG: pixel %d is %d, want %d", i, v, want[i])
			break
		}
	}
}

// Colours are as bright as they seem: green is brighter than red, and red than blue.
func TestLuminance(t *testing.T) {
	for c, want := range map[color.NRGBA]uint8{
		{255, 0, 0, 255}: 76, {0, 255, 0, 255}: 150, {0, 0, 255, 255}: 29, {255, 255, 255, 255}: 255,
		{255, 255, 255, 0}: 0, {255, 255, 255, 128}: 128, {200, 200, 200, 51}: 40, // over black
	} {
		img := image.NewNRGBA(image.Rect(0, 0, 20, 20))
		for i := range 400 {
			img.SetNRGBA(i%20, i/20, c)
		}
		got := alone(pngOf(t, img), 8)
		if slices.Min(got.pixels) != want || slices.Max(got.pixels) != want || got.transparent != (c.A < 255) {
			t.Errorf("%v becomes %d, want %d; transparent: %v", c, got.pixels[0], want, got.transparent)
		}
		if c.A == 255 { // JPEG holds the luminance itself
			if got := alone(jpegOf(t, img), 8).pixels[0]; got < want-1 || int(got) > int(want)+1 {
				t.Errorf("%v becomes %d of a JPEG, want %d", c, got, want)
			}
		}
	}
}

// A fine checkerboard becomes grey all over, at every ratio: a rule that skips pixels would show coarse patterns.
func TestScalingDoesNotAlias(t *testing.T) {
	for _, side := range []int{112, 224, 1000, 1021, 2048} {
		for _, size := range []int{8, 28, 64} {
			board := drawn(side, side, func(x, y int) uint8 { return uint8(255 * ((x + y) % 2)) })
			pixels := square(board, 1, PictureOptions{Size: size}).pixels
			// What is left is at most a half pixel more or less on each side of the area.
			allowed := 3 + 255*size*size/(side*side)
			if low, high := int(slices.Min(pixels)), int(slices.Max(pixels)); low < 127-allowed || high > 128+allowed {
				t.Errorf("%d → %d: the values go from %d to %d", side, size, low, high)
			}
			stripes := drawn(side, side, func(x, _ int) uint8 { return uint8(255 * (x % 2)) })
			pixels = square(stripes, 1, PictureOptions{Size: size}).pixels
			allowed = 1 + 128*size/side
			if low, high := int(slices.Min(pixels)), int(slices.Max(pixels)); low < 127-allowed || high > 128+allowed {
				t.Errorf("stripes %d → %d: the values go from %d to %d", side, size, low, high)
			}
		}
	}
}

// Each value is the mean of its area, as plain arithmetic in another order says it.
func TestScalingIsTheMeanOfTheArea(t *testing.T) {
	for _, side := range []int{1, 2, 7, 27, 28, 29, 56, 61} {
		img := speckled(side, uint64(side))
		for _, size := range []int{8, 28} {
			got := square(img, 1, PictureOptions{Size: size}).pixels
			for i, v := range got {
				sum := 0. // each pixel as size × size smaller ones, of which side × side are a new one
				for y := i / size * side; y < (i/size+1)*side; y++ {
					for x := i % size * side; x < (i%size+1)*side; x++ {
						sum += float64(img.GrayAt(x/size, y/size).Y)
					}
				}
				if mean := sum / float64(side*side); float64(v) < mean-0.501 || float64(v) > mean+0.501 {
					t.Fatalf("%d → %d: pixel %d is %d, want %v", side, size, i, v, mean)
				}
			}
		}
	}
}

// The middle of what isn't square is taken.
func TestCrop(t *testing.T) {
	for _, c := range []struct{ width, height, left, above int }{{30, 16, 7, 0}, {16, 31, 0, 7}, {17, 16, 0, 0}, {1000, 16, 492, 0}} {
		img := drawn(c.width, c.height, func(x, y int) uint8 { return uint8(x*7 + y*13) })
		got := alone(pngOf(t, img), 16)
		if !got.cropped || got.pixels[0] != img.GrayAt(c.left, c.above).Y || got.pixels[255] != img.GrayAt(c.left+15, c.above+15).Y {
			t.Errorf("%d × %d: %+v", c.width, c.height, got)
		}
	}
	part := drawn(40, 40, func(x, y int) uint8 { return uint8(x*5 + y) }).SubImage(image.Rect(11, 12, 27, 28))
	if got := square(part, 1, PictureOptions{Size: 16}).pixels; got[0] != 11*5+12 || got[255] != 26*5+27 {
		t.Errorf("of a part: %v", got)
	}
}

func TestInvert(t *testing.T) {
	light := drawn(16, 16, func(x, y int) uint8 { return uint8(255 - x) })
	files := several(t, "", 4, 1)
	for i := range 9 {
		light.Pix[100] = uint8(i)
		files[string(rune('a'+i))+".png"] = pngOf(t, light)
	}
	plain, report, err := readFolder(folderOf(files), PictureOptions{Size: 16})
	if err != nil || report.Inverted || report.LightEdges != 9 || !strings.Contains(report.String(), "Light and dark are as in the files; 9 of 13 now have light edges. If they show dark things on light ground, invert them") {
		t.Errorf("%v\n%s", err, report)
	}
	inverted, report, err := readFolder(folderOf(files), PictureOptions{Size: 16, Invert: true})
	if err != nil || !report.Inverted || report.LightEdges != 4 || !strings.Contains(report.String(), "Light and dark are inverted, as you wished.") {
		t.Errorf("%v\n%s", err, report)
	}
	var sums [2]int
	for i, d := range []Dataset{plain, inverted} {
		for _, v := range slices.Concat(d.Train.Pixels, d.Test.Pixels) {
			sums[i] += int(v)
		}
	}
	if sums[0]+sums[1] != 13*256*255 {
		t.Errorf("the sums are %v", sums)
	}
}

func TestSmallAndPlainPictures(t *testing.T) {
	files := several(t, "", 4, 1)
	files["dot.png"] = pngOf(t, drawn(1, 1, func(_, _ int) uint8 { return 200 }))
	files["line.png"] = pngOf(t, drawn(1, 300, func(_, y int) uint8 { return uint8(y) }))
	_, report, err := readFolder(folderOf(files), PictureOptions{Size: 28})
	if err != nil || report.Enlarged != 6 || report.Plain != 2 || report.Cropped != 1 {
		t.Errorf("%v, %+v", err, report)
	}
}

// Large pictures take turns, and come out as small ones do.
func TestLargePictures(t *testing.T) {
	files := several(t, "", 3, 1)
	for i := range 3 {
		img := image.NewGray(image.Rect(0, 0, 4096, 4000))
		copy(img.Pix[4096*2000:], bytes.Repeat([]byte{uint8(100 + i)}, 4096*2000))
		files[string(rune('a'+i))+".png"] = pngOf(t, img)
	}
	data, report, err := readFolder(folderOf(files), PictureOptions{Size: 8})
	if err != nil || report.Train+report.Test != 6 || report.Cropped != 3 {
		t.Fatalf("%v, %+v", err, report)
	}
	for v := range uint8(3) {
		want := slices.Concat(make([]uint8, 32), bytes.Repeat([]byte{100 + v}, 32))
		if !bytes.Contains(data.Train.Pixels, want) && !bytes.Contains(data.Test.Pixels, want) {
			t.Errorf("the picture of %d isn't there", 100+v)
		}
	}
}

// Whatever bytes are in a file, it gives a whole image or a reason.
func TestDamagedPictures(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	for _, whole := range [][]byte{pngOf(t, speckled(20, 1)), jpegOf(t, speckled(20, 1)), photograph(t, speckled(20, 1), binary.LittleEndian, 8)} {
		for range 400 {
			file := bytes.Clone(whole)
			for range 1 + rng.IntN(4) {
				file[rng.IntN(len(file))] = uint8(rng.Uint32())
			}
			pictureOrReason(t, file[:len(file)-rng.IntN(2)*rng.IntN(len(file))])
		}
	}
}

func pictureOrReason(t *testing.T, file []byte) {
	t.Helper()
	o := PictureOptions{Size: 8}.orDefault()
	o.limits.pixels = 1e6
	p := readPicture(folderOf(map[string][]byte{"a.png": file}), "a.png", o, new(sync.Mutex))
	if whole := len(p.pixels) == 64; whole == (p.why != "") || strings.Contains(p.why, "\n") {
		t.Errorf("%d pixels, %q", len(p.pixels), p.why)
	}
}

func FuzzPicture(f *testing.F) {
	f.Add(pngOf(f, speckled(9, 1)))
	f.Add(jpegOf(f, speckled(9, 1)))
	f.Add(photograph(f, speckled(9, 1), binary.BigEndian, 7))
	f.Add(claiming(f, 1<<15, 1))
	f.Add([]byte("a cat"))
	f.Fuzz(pictureOrReason)
}
