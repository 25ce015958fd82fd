package figure

import (
	"bytes"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"vaelab/vaelib/run"
)

var update = flag.Bool("update", false, "write the golden pictures anew: go test ./vaelib/figure -run TestGolden -update")

// signs are images that can be told apart, and from their mirror images: each has a colour, and a corner without it.
func signs(n int) (images []image.Image) {
	for i := range n {
		img := image.NewRGBA(image.Rect(0, 0, 28, 28))
		draw.Draw(img, img.Rect, image.NewUniform(classColors[i%len(classColors)]), image.Point{}, draw.Src)
		draw.Draw(img, image.Rect(16+i/len(classColors), 3, 25, 7), image.White, image.Point{}, draw.Src)
		images = append(images, img)
	}
	return images
}

// goldens has a figure of every kind, and in them every kind of mark: what is drawn nowhere here is seen by no golden.
func goldens() map[string]Figure {
	codes, labels := gaussian(1, 100, 1.5)
	tight, _ := gaussian(2, 100, 0.5)
	var spreads [][2]float64
	for i := range 30 {
		spreads = append(spreads, [2]float64{0.2 + 0.01*float64(i), 0.3})
	}
	n := powers(1, 5)
	all := map[string]Figure{
		"maps": Beside(LatentMap(codes, labels, tenClasses, Title("KL weight 1")),
			LatentMap(tight, labels, tenClasses, Title("KL weight 4"))),
		"clouds":  LatentMap(codes[:30], labels[:30], tenClasses, Spreads(spreads)),
		"plane":   LatentPlane(signs(12), spread(-3, 3, 4), spread(2, -2, 3)),
		"curves":  Curves(history(6), Epochs(15), Now(6.6, run.Terms{Reconstruction: 262, KL: 6.2})),
		"rows":    Rows([]Row{{"original", signs(6)}, {"restored", signs(12)[6:]}}, Title("Reconstructions")),
		"images":  Images(signs(5), Labels(tenClasses[:5])),
		"rate":    RateDistortion(tradeoff(), XRange(0, 50)),
		"plot":    Plot(Line("q", bell(1, 0.6), -4, 4), Path("a path", []float64{-3, 0, 2}, []float64{0.1, 0.5, 0.2}), Upright(1, "μ"), Level(0.4, "the top"), X("x"), Y("density")),
		"area":    Plot(Area("a wave", math.Sin, -3, 4), X("x")),
		"log":     Plot(Band("± 2 errors", n, scaledBy(1, n), scaledBy(30, n)), Dots("runs", n, scaledBy(5, n)), LogX(), LogY(), X("draws"), Y("nats")),
		"bars":    Bars([]Bar{{"ticket", []float64{1.1, 0.2}}, {"another ticket", []float64{0, 3}}}, Labels([]string{"for μ", "for σ"}), X("nats")),
		"logbars": Bars([]Bar{{"mean over 784 pixels", []float64{784}}, {"as derived", []float64{1}}}, LogX(), X("effective weight")),
		"heights": bowlMap(Title("The fine")),
		"paths": Beside(Paths(standardScene, arcs(16), Thick("z = 0", arc(-0.22)), Title("goes round")),
			Paths(standardScene, append(arcs(16), arc(0.1), arc(-0.05)), Thick("z = 0", arc(0.02)), Title("collides"))),
	}
	maps.Copy(all, inChinese())
	return all
}

// The goldens catch what no property does: a label that moved, a font that changed. Look at them after -update.
func TestGolden(t *testing.T) {
	for name, f := range goldens() {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("testdata", name+".png")
			img := picture(t, f)
			if *update {
				var buf bytes.Buffer
				encoder := png.Encoder{CompressionLevel: png.BestCompression}
				if err := encoder.Encode(&buf, img); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, buf.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if tiles := unlike(img, golden(t, name)); len(tiles) > 0 {
				t.Errorf("the picture is not as in %s at %v and %d more places; look at both, and run the test with -update if the new one is right",
					path, tiles[0], len(tiles)-1)
			}
		})
	}
	files, err := filepath.Glob("testdata/*.png")
	if err != nil {
		t.Fatal(err)
	}
	for i, file := range files {
		files[i] = filepath.Base(file[:len(file)-len(".png")])
	}
	if want := slices.Sorted(maps.Keys(goldens())); !slices.Equal(files, want) {
		t.Errorf("testdata has the pictures %q, the test draws %q", files, want)
	}
}

func golden(t *testing.T, name string) *image.RGBA {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	return decoded(t, data)
}

// Pictures are alike where no tile has more than a few pixels that are visibly off. Counted over the whole picture, a
// lost title is a hundredth of a per cent, less than what an edge's anti-aliasing may differ by; in its tiles it is much.
//
// What may differ is how the last bit of a sum is rounded. Between amd64 and arm64, which multiplies and adds in one
// step, that is one level in a few pixels; WebAssembly draws as amd64 does. Only a Landscape's lines differ more: they
// are translucent, and where gonum joins pieces of one on amd64 but not on arm64, their ends lie on each other as dots
// 22 levels darker at most, three in a tile.
const (
	tile    = 16 // pixels: half a line of text
	visible = 16 // levels of one of a pixel's four channels, of 255; the faintest line that is drawn has 22
	most    = 3  // pixels of a tile
)

// unlike are the tiles in which two pictures are not alike.
func unlike(a, b *image.RGBA) (tiles []image.Rectangle) {
	if a.Rect != b.Rect {
		return []image.Rectangle{a.Rect.Union(b.Rect)}
	}
	for y := a.Rect.Min.Y; y < a.Rect.Max.Y; y += tile {
		for x := a.Rect.Min.X; x < a.Rect.Max.X; x += tile {
			r := image.Rect(x, y, x+tile, y+tile).Intersect(a.Rect)
			if off(a, b, r) > most {
				tiles = append(tiles, r)
			}
		}
	}
	return tiles
}

// off counts the pixels in r that are visibly apart.
func off(a, b *image.RGBA, r image.Rectangle) (n int) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		p, q := a.Pix[a.PixOffset(r.Min.X, y):a.PixOffset(r.Max.X, y)], b.Pix[b.PixOffset(r.Min.X, y):b.PixOffset(r.Max.X, y)]
		if bytes.Equal(p, q) {
			continue
		}
		for i := 0; i < len(p); i += 4 {
			if max(apart(p[i], q[i]), apart(p[i+1], q[i+1]), apart(p[i+2], q[i+2]), apart(p[i+3], q[i+3])) > visible {
				n++
			}
		}
	}
	return n
}

func apart(a, b uint8) uint8 { return max(a, b) - min(a, b) }
