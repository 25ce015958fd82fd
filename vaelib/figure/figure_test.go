package figure

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/vaelib/run"
)

// noise is an image in which no two neighbours are alike.
func noise(seed uint64, w, h int) *image.Gray {
	r := rand.New(rand.NewPCG(seed, 0))
	img := image.NewGray(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = uint8(r.IntN(256))
	}
	return img
}

// plain is n images of 28 × 28 pixels, each in a colour of its own.
func plain(n int) (images []image.Image) {
	for i := range n {
		img := image.NewRGBA(image.Rect(0, 0, 28, 28))
		for p := 0; p < len(img.Pix); p += 4 {
			copy(img.Pix[p:], []byte{uint8(i), 200, uint8(i / 256), 255})
		}
		images = append(images, img)
	}
	return images
}

// A file holds the whole figure, or what it held before.
func TestSave(t *testing.T) {
	path := filepath.Join(t.TempDir(), "figure.png")
	f := Curves(history(3))
	want, err := f.PNG()
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Save(path); err != nil {
		t.Fatal(err)
	}
	if err := Failed(errors.New("nothing to draw")).Save(path); err == nil {
		t.Error("a figure with an error is saved")
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes, %v, want %d", len(got), err, len(want))
	}
}

func gaussian(seed uint64, n int, spread float64) (codes [][2]float64, labels []uint8) {
	r := rand.New(rand.NewPCG(seed, 1))
	for i := range n {
		class := i % len(tenClasses)
		sin, cos := math.Sincos(2 * math.Pi * float64(class) / 10)
		codes = append(codes, [2]float64{
			spread * (cos + 0.4*r.NormFloat64()),
			spread * (sin + 0.4*r.NormFloat64()),
		})
		labels = append(labels, uint8(class))
	}
	return codes, labels
}

var tenClasses = []string{"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"}

func history(n int) (h []run.Epoch) {
	for e := 1; e <= n; e++ {
		t := run.Terms{Reconstruction: 260 + 60*math.Exp(-float64(e)/2), KL: 6.5 - 3*math.Exp(-float64(e)/3)}
		test := run.Terms{Reconstruction: t.Reconstruction + 2, KL: t.KL - 0.1}
		h = append(h, run.Epoch{Epoch: e, Train: t, Test: test})
	}
	return h
}

func spread(low, high float64, n int) (xs []float64) {
	for i := range n {
		xs = append(xs, low+(high-low)*float64(i)/float64(n-1))
	}
	return xs
}

func picture(t *testing.T, f Figure) *image.RGBA {
	t.Helper()
	data, err := f.PNG()
	if err != nil {
		t.Fatal(err)
	}
	return decoded(t, data)
}

func decoded(t *testing.T, data []byte) *image.RGBA {
	t.Helper()
	from, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewRGBA(from.Bounds())
	draw.Draw(img, img.Rect, from, from.Bounds().Min, draw.Src)
	return img
}

// box is the smallest rectangle around the pixels of exactly this colour, and how many there are.
func box(img *image.RGBA, c color.Color) (r image.Rectangle, n int) {
	want := channels(c)
	for i := 0; i < len(img.Pix); i += 4 {
		if [4]byte(img.Pix[i:]) == want {
			x, y := i%img.Stride/4, i/img.Stride
			r = r.Union(image.Rect(x, y, x+1, y+1))
			n++
		}
	}
	return r, n
}

func channels(c color.Color) [4]byte {
	p := color.RGBAModel.Convert(c).(color.RGBA)
	return [4]byte{p.R, p.G, p.B, p.A}
}

// crop keeps the left part of a picture.
func crop(img *image.RGBA, width int) *image.RGBA {
	left := image.NewRGBA(image.Rect(0, 0, width, img.Rect.Dy()))
	draw.Draw(left, left.Rect, img, image.Point{}, draw.Src)
	return left
}

// everyKind is a figure of every kind, with the sizes and lengths that are hard on a layout.
func everyKind() map[string]Figure {
	codes, labels := gaussian(1, 3000, 1.2)
	wide, _ := gaussian(2, 300, 40)
	m := LatentMap(codes, labels, tenClasses, Title("KL weight 1"))
	plane := LatentPlane(plain(144), spread(-3, 3, 12), spread(3, -3, 12))
	all := map[string]Figure{
		"one image":     Images(plain(1)),
		"many images":   Images(plain(300)),
		"labels":        Images(plain(13), Labels(strings.Split(strings.Repeat("a long name,", 12)+"x", ","))),
		"large images":  Images([]image.Image{noise(1, 640, 480), noise(2, 640, 480)}),
		"pairs":         Pairs(plain(24), plain(24), Title("Reconstructions")),
		"rows":          Rows([]Row{{"original", plain(7)}, {"μ, without sampling", plain(7)}, {"z, sampled", plain(7)}}),
		"map":           m,
		"map, wide":     LatentMap(wide, labels[:300], tenClasses),
		"map, no class": LatentMap(codes, nil, nil, Limit(2)),
		"maps":          Beside(m, LatentMap(wide, labels[:300], tenClasses, Title("KL weight 0"))),
		"plane":         plane,
		"planes":        Beside(plane, plane),
		"curves":        Curves(history(15)),
		"one epoch":     Curves(history(1)),
		"200 epochs":    Curves(history(200)),
		"start":         Curves(nil, Epochs(15), Now(0.3, run.Terms{Reconstruction: 300, KL: 3})),
		"curves beside": Beside(Curves(history(3), Title("a")), Curves(history(9), Title("b"))),
		"mixed":         Beside(Images(plain(9), Columns(3), Title("A title longer than its images")), m, Curves(history(4))),
		"nested":        Beside(Beside(m, m), Images(plain(4))),
	}
	maps.Copy(all, plotKinds())
	maps.Copy(all, pathsKinds())
	return all
}

func TestEveryFigureFitsItsPage(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for name, f := range everyKind() {
		t.Run(name, func(t *testing.T) {
			img := picture(t, f)
			w, h := f.Size()
			if img.Rect.Dx() != 2*w || img.Rect.Dy() != 2*h {
				t.Errorf("the PNG is %v, the size on the page %d × %d", img.Rect, w, h)
			}
			if w > PageWidth {
				t.Errorf("%d pixels wide, the page has %d", w, PageWidth)
			}
			white := color.RGBA{255, 255, 255, 255}
			for y := range img.Rect.Dy() {
				for x := range img.Rect.Dx() {
					edge := min(x, y, img.Rect.Dx()-1-x, img.Rect.Dy()-1-y)
					if edge < 8 && img.RGBAAt(x, y) != white {
						t.Fatalf("something reaches the edge at (%d, %d) of %v: it is cut off or about to be", x, y, img.Rect)
					}
				}
			}
			if f.Alt == "" {
				t.Error("no alt text")
			}
		})
	}
}

func TestImagesAreNotBlurred(t *testing.T) {
	img := noise(3, 28, 28)
	for columns, zoom := range map[int]int{1: 8, 12: 4} {
		images := []image.Image{img}
		for range columns - 1 {
			images = append(images, image.NewGray(img.Rect))
		}
		page := picture(t, Images(images))
		corner := image.Pt(28, 28) // the margin of 14
		for y := range 28 * zoom {
			for x := range 28 * zoom {
				got, want := page.RGBAAt(corner.X+x, corner.Y+y), img.GrayAt(x/zoom, y/zoom).Y
				if got != (color.RGBA{want, want, want, 255}) {
					t.Fatalf("enlarged %d times, (%d, %d) is %v, the image has %d there", zoom, x, y, got, want)
				}
			}
		}
	}
}

func TestLatentPlaneStartsAtTheTop(t *testing.T) {
	const columns, rows = 5, 4
	page := picture(t, LatentPlane(plain(columns*rows), spread(-2, 2, columns), spread(3, -3, rows)))
	first, n := box(page, color.RGBA{0, 200, 0, 255})
	if n != first.Dx()*first.Dy() || first.Dx()%28 != 0 || first.Dx() != first.Dy() {
		t.Fatalf("the first image covers %v with %d pixels", first, n)
	}
	for i := range columns * rows {
		got, _ := box(page, color.RGBA{uint8(i), 200, 0, 255})
		pitch := first.Dx() + 2 // a gap of 1
		if want := first.Add(image.Pt(i%columns*pitch, i/columns*pitch)); got != want {
			t.Errorf("image %d lies at %v, want %v", i, got, want)
		}
	}
}

func TestLatentMapHasOneScale(t *testing.T) {
	// Classes 0, 1 and 2 have one code each, so their marks lie on it: at 0, to the right and above.
	codes := [][2]float64{{0, 0}, {3, 0}, {0, 3}, {-3, -3}}
	page := picture(t, LatentMap(codes, []uint8{0, 1, 2, 3}, tenClasses[:4], Limit(4)))
	// The legend repeats the marks to the right of the map: keep what lies left of it.
	page = crop(page, page.Rect.Dx()-260)
	at := func(class int) image.Point {
		r, n := box(page, classColors[class])
		if n == 0 {
			t.Fatalf("no mark of class %d", class)
		}
		return r.Min.Add(r.Max).Div(2)
	}
	origin, right, above := at(0), at(1), at(2)
	dx, dy := right.X-origin.X, origin.Y-above.Y
	if dx < 100 || dx-dy > 6 || dy-dx > 6 { // a triangle's box is not centred on its middle
		t.Errorf("3 along z₁ is %d pixels, 3 along z₂ is %d", dx, dy)
	}
}

func TestFiguresLeaveTheirInputAlone(t *testing.T) {
	names := []string{"Trouser", "Bag", "Coat"}
	codes := [][2]float64{{3, 1}, {-2, 0}}
	picture(t, LatentMap(codes, []uint8{0, 1}, names[:2], Title("Two classes")))
	picture(t, Images(plain(2), Labels(names[:2])))
	if names[2] != "Coat" || codes[0] != [2]float64{3, 1} || codes[1] != [2]float64{-2, 0} {
		t.Errorf("now %q and %v", names, codes)
	}
}

func TestBesideGivesMapsTheSameAxes(t *testing.T) {
	near, far := [][2]float64{{1, 1}}, [][2]float64{{50, -80}}
	limits := func(f Figure) (l []float64) {
		for _, g := range f.panel.(besidePanel) {
			l = append(l, g.panel.(*mapPanel).limit)
		}
		return l
	}
	if got := limits(Beside(LatentMap(near, nil, nil), LatentMap(far, nil, nil))); got[0] != got[1] || got[0] < 80 {
		t.Errorf("limits %v", got)
	}
	if got := limits(Beside(LatentMap(near, nil, nil), LatentMap(far, nil, nil, Limit(5)))); got[0] != 4 || got[1] != 5 {
		t.Errorf("a fixed limit must stay: %v", got)
	}
	outside := LatentMap(far, nil, nil, Limit(5))
	if !strings.Contains(outside.Caption, "1 code lies outside these axes.") {
		t.Errorf("the caption hides a code outside: %s", outside.Caption)
	}
}

func TestBesideSaysACaptionOnce(t *testing.T) {
	a := Curves(history(3), Title("KL weight 1"))
	b := Curves(history(4), Title("KL weight 4"))
	f := Beside(a, b)
	if f.Caption != a.Caption {
		t.Errorf("caption %q", f.Caption)
	}
	if !strings.Contains(f.Alt, "KL weight 1: "+a.Alt) || !strings.Contains(f.Alt, "KL weight 4: "+b.Alt) {
		t.Errorf("alt %q", f.Alt)
	}
	near, far := LatentMap([][2]float64{{0, 1}}, nil, nil, Limit(4)), LatentMap([][2]float64{{0, 9}}, nil, nil, Limit(4))
	if f := Beside(near, far); !strings.HasSuffix(f.Caption,
		"lie within 2 σ. Panel 1: Of these codes 100% do. Panel 2: Of these codes 0% do. 1 code lies outside these axes.") {
		t.Errorf("caption %q", f.Caption)
	}
	f = Beside(a.With(Caption("One.")), b.With(Caption("Two.")))
	if want := "KL weight 1: One. KL weight 4: Two."; f.Caption != want {
		t.Errorf("caption %q, want %q", f.Caption, want)
	}
}

func TestCurvesOfAnAutoencoderHaveOnePanel(t *testing.T) {
	h := history(3)
	for i := range h {
		h[i].Train.KL, h[i].Test.KL = 0, 0
	}
	page := picture(t, Curves(h))
	if _, n := box(page, ColorReconstruction); n == 0 {
		t.Error("no reconstruction curve")
	}
	if _, n := box(page, ColorKL); n != 0 {
		t.Error("a KL curve, where there is no such term")
	}
	if _, n := box(picture(t, Curves(history(3))), ColorKL); n == 0 {
		t.Error("no KL curve for a VAE")
	}
}

func TestCurvesSkipWhatIsNoNumber(t *testing.T) {
	h := history(3)
	h[2].Test = run.Terms{Reconstruction: math.NaN(), KL: math.Inf(1)}
	f := Curves(h)
	if !strings.Contains(f.Alt, "after epoch 2 on test images") {
		t.Errorf("alt %q", f.Alt)
	}
	picture(t, f)
}

func TestErrorsAreSentences(t *testing.T) {
	codes, labels := gaussian(1, 3, 1)
	bad := [][2]float64{{0, 0}, {math.NaN(), 0}}
	for _, c := range []struct {
		figure Figure
		want   string
	}{
		{Figure{}, "empty"},
		{Images(nil), "no images"},
		{Images([]image.Image{nil}), "image 0 is nil"},
		{Images([]image.Image{noise(1, 28, 28), noise(1, 28, 27)}), "image 1 is 28 × 27 pixels, others are 28 × 28"},
		{Images([]image.Image{image.NewGray(image.Rectangle{})}), "has no pixels"},
		{Images(plain(2), Labels([]string{"one"})), "2 images but 1 label"},
		{Images(plain(2), Columns(-1)), "figure.Columns(-1)"},
		{Images(plain(2), Title("인코더")), "the figures’ font has no '인'"},
		{Pairs(plain(2), plain(3)), "2 originals but 3 restored"},
		{Rows(nil), "no images"},
		{Rows([]Row{{"a", plain(2)}, {"b", plain(1)}}), `row "a" has 2 images, row "b" has 1`},
		{LatentMap(nil, nil, nil), "no codes"},
		{LatentMap(codes, labels[:2], tenClasses), "3 codes but 2 labels"},
		{LatentMap(codes, labels, tenClasses[:1]), "label 1 is 1, but there are names for 1 class only"},
		{LatentMap(codes, nil, tenClasses), "3 codes but 0 labels"},
		{LatentMap(bad, nil, nil), "code 1 is (NaN, 0)"},
		{LatentMap([][2]float64{{math.Inf(-1), 0}}, nil, nil), "finite"},
		{LatentMap([][2]float64{{math.Inf(1), math.Inf(-1)}}, nil, nil), "finite"},
		{LatentMap(codes, labels, tenClasses, Limit(-3)), "figure.Limit(-3)"},
		{LatentMap(codes, labels, tenClasses, Limit(math.NaN())), "figure.Limit(NaN)"},
		{LatentPlane(plain(4), []float64{0, 1}, []float64{0, 1}), "ys must fall"},
		{LatentPlane(plain(4), []float64{1, 0}, []float64{1, 0}), "xs must rise"},
		{LatentPlane(plain(6), []float64{0, 1, 5}, []float64{1, 0}), "even steps"},
		{LatentPlane(plain(4), []float64{0, math.NaN()}, []float64{1, 0}), "xs must rise"},
		{LatentPlane(plain(3), []float64{0, 1}, []float64{1, 0}), "2 × 2 values need 4 images, here are 3"},
		{LatentPlane(plain(1), []float64{0}, []float64{1}), "at least 2 values"},
		{Curves(nil), "no epochs"},
		{Curves([]run.Epoch{{Epoch: 2}, {Epoch: 1}}), "epochs count up"},
		{Curves(nil, Epochs(-1)), "figure.Epochs(-1)"},
		{Beside(), "no figures"},
		{Beside(Curves(history(1)), Images(nil)), "no images"},
	} {
		_, err := c.figure.PNG()
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got error %v, want one with %q", err, c.want)
		}
		if w, h := c.figure.Size(); w != 0 || h != 0 {
			t.Errorf("%v: a figure with an error has size %d × %d", err, w, h)
		}
	}
}

func ExampleLatentMap() {
	codes := [][2]float64{{-1.2, 0.3}, {-0.8, 0.5}, {1.4, -0.2}}
	f := LatentMap(codes, []uint8{0, 0, 1}, []string{"Trouser", "Bag"}, Title("KL weight 1"))
	fmt.Println(f.Alt)
	fmt.Println(f.Caption)
	// Output:
	// Scatter plot of 3 codes in the latent plane, both axes from −4.0 to 4.0. Class means: Trouser (−1.0, 0.4), Bag (1.4, −0.2).
	// Each point is one image’s code, each large mark the mean of a class; the circles are 1, 2 and 3 σ of the prior N(0, I), of whose draws 86% lie within 2 σ. Of these codes 100% do.
}

func ExampleBeside() {
	few := Curves([]run.Epoch{{Epoch: 1, Test: run.Terms{Reconstruction: 280.4, KL: 5.1}}}, Title("1 epoch"))
	none := Curves(nil)
	_, err := Beside(few, none).PNG()
	fmt.Println(err)
	// Output:
	// figure.Curves: the history has no epochs to draw: train for at least one
}
