package figure

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// witness is a canvas that tells after each thing drawn (a line, an area, a word, an image) in which rows the page has
// changed, and what it looked like before. Words come by name.
type witness struct {
	sharp
	before []byte
	drawn  func(rows image.Rectangle, word string)
}

func (w witness) watch(word string, drawing func()) {
	drawing()
	page := w.page()
	var rows image.Rectangle
	for y := range page.Rect.Dy() {
		from, to := y*page.Stride, (y+1)*page.Stride
		if !bytes.Equal(w.before[from:to], page.Pix[from:to]) {
			rows = rows.Union(image.Rect(0, y, page.Rect.Dx(), y+1))
		}
	}
	w.drawn(rows, word)
	from, to := rows.Min.Y*page.Stride, rows.Max.Y*page.Stride
	copy(w.before[from:to], page.Pix[from:to])
}

func (w witness) page() *image.RGBA { return w.Image().(*image.RGBA) }

func (w witness) Stroke(p vg.Path) { w.watch("", func() { w.sharp.Stroke(p) }) }
func (w witness) Fill(p vg.Path)   { w.watch("", func() { w.sharp.Fill(p) }) }
func (w witness) FillString(f font.Face, at vg.Point, txt string) {
	w.watch(txt, func() { w.sharp.FillString(f, at, txt) })
}
func (w witness) DrawImage(r vg.Rectangle, img image.Image) {
	w.watch("", func() { w.sharp.DrawImage(r, img) })
}

// erasures are copies of a figure's picture, each with one drawn thing taken away where it can still be seen: the page
// there is as it was before the thing was drawn. Only the tiles of which something was taken are handed on.
func erasures(t *testing.T, f Figure, each func(word string, whole, erased *image.RGBA)) {
	t.Helper()
	whole := picture(t, f)
	erased := clone(whole)
	w, h := f.Size()
	page := witness{sharp: sharp{vgimg.NewWith(vgimg.UseWH(vg.Length(w), vg.Length(h)), vgimg.UseDPI(72*resolution))}}
	page.before = slices.Clone(page.page().Pix)
	page.drawn = func(rows image.Rectangle, word string) {
		now := page.page().Pix
		var r image.Rectangle
		for i := rows.Min.Y * whole.Stride; i < rows.Max.Y*whole.Stride; i += 4 {
			p, before := [4]byte(now[i:]), [4]byte(page.before[i:])
			if p != before && p == [4]byte(whole.Pix[i:]) {
				copy(erased.Pix[i:], before[:])
				x, y := i%whole.Stride/4, i/whole.Stride
				r = r.Union(image.Rect(x/tile*tile, y/tile*tile, x/tile*tile+tile, y/tile*tile+tile))
			}
		}
		r = r.Intersect(whole.Rect)
		each(word, whole.SubImage(r).(*image.RGBA), erased.SubImage(r).(*image.RGBA))
		from, to := rows.Min.Y*whole.Stride, rows.Max.Y*whole.Stride
		copy(erased.Pix[from:to], whole.Pix[from:to])
	}
	f.drawInner(vgdraw.Crop(vgdraw.New(page), margin, -margin, margin, -margin), room)
}

// Whatever one thing a picture lacks, a tick, a word or a curve, its golden notices. What later things cover but for a
// few pixels, nobody would miss.
func TestGoldenNoticesWhateverIsErased(t *testing.T) {
	const enough = 12 // pixels of the picture: three of the page
	words := map[string]bool{}
	for name, f := range goldens() {
		things, covered := 0, 0
		erasures(t, f, func(word string, whole, erased *image.RGBA) {
			things++
			words[word] = true
			if off(whole, erased, whole.Rect) < enough {
				covered++
				if word != "" {
					t.Errorf("%s: %q can hardly be seen", name, word)
				}
				return
			}
			if len(unlike(whole, erased)) == 0 {
				t.Errorf("%s: nobody notices that thing %d, %q in %v, is missing", name, things, word, whole.Rect)
			}
		})
		t.Logf("%s: %d things, %d covered by others", name, things, covered)
		if things < 5 || covered > things/3 {
			t.Errorf("%s: of %d things drawn, %d can hardly be seen", name, things, covered)
		}
	}
	for _, word := range []string{"KL weight 1", "3σ", "Trouser", "Ankle boot", "epoch", "−2", "KL term", "for σ", "784", "best ELBO −249.8", "1,000"} {
		if !words[word] {
			t.Errorf("%q is in no golden: the test of the test looks for too little", word)
		}
	}
}

// What concerns a whole picture is noticed: a shift, another colour of the same grey, another background.
func TestGoldenNoticesAChangeOfAll(t *testing.T) {
	for name := range goldens() {
		whole := golden(t, name)
		for _, by := range []image.Point{{1, 0}, {0, 1}, {3, 0}, {0, -3}} {
			moved := image.NewRGBA(whole.Rect)
			draw.Draw(moved, moved.Rect, image.White, image.Point{}, draw.Src)
			draw.Draw(moved, moved.Rect.Add(by), whole, image.Point{}, draw.Src)
			if len(unlike(whole, moved)) == 0 {
				t.Errorf("%s: nobody notices a shift by %v", name, by)
			}
		}
		for _, c := range slices.Concat(classColors, lineColors, partColors) {
			grey := color.GrayModel.Convert(c).(color.Gray)
			if _, n := box(whole, c); n > 0 && c.R != c.G && len(unlike(whole, paint(whole, c, grey))) == 0 {
				t.Errorf("%s: nobody notices that %d pixels of %v are grey", name, n, c)
			}
		}
		for _, c := range []color.RGBA{{}, {236, 236, 236, 255}, {255, 255, 230, 255}} {
			if len(unlike(whole, paint(whole, color.White, c))) == 0 {
				t.Errorf("%s: nobody notices the background %v", name, c)
			}
		}
	}
}

// paint is a copy in which one colour is another.
func paint(img *image.RGBA, from, to color.Color) *image.RGBA {
	was, is := channels(from), channels(to)
	painted := clone(img)
	for i := 0; i < len(img.Pix); i += 4 {
		if [4]byte(img.Pix[i:]) == was {
			copy(painted.Pix[i:], is[:])
		}
	}
	return painted
}

func clone(img *image.RGBA) *image.RGBA {
	copied := *img
	copied.Pix = slices.Clone(img.Pix)
	return &copied
}

// What differs from machine to machine is let pass: a level or two anywhere, other compression.
func TestGoldenLetsRoundingPass(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for name := range goldens() {
		whole := golden(t, name)
		noisy := clone(whole)
		for i, v := range noisy.Pix {
			noisy.Pix[i] = uint8(max(0, min(255, int(v)+r.IntN(5)-2)))
		}
		if tiles := unlike(whole, noisy); len(tiles) > 0 {
			t.Errorf("%s: noise of 2 levels is noticed in %v", name, tiles)
		}
		var buf bytes.Buffer
		if err := (&png.Encoder{CompressionLevel: png.NoCompression}).Encode(&buf, whole); err != nil {
			t.Fatal(err)
		}
		if tiles := unlike(whole, decoded(t, buf.Bytes())); len(tiles) > 0 {
			t.Errorf("%s: other compression is noticed in %v", name, tiles)
		}
	}
}
