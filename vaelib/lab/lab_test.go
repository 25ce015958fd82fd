package lab

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"strings"
	"testing"

	"vaelab/vaelib/figure"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
)

func TestMain(m *testing.M) { os.Exit(tiny.Runs(m)) }

func trainedModel(t *testing.T, change func(c *run.Config)) *Model {
	t.Helper()
	c := tiny.Config()
	if change != nil {
		change(&c)
	}
	m, err := Train(c, tiny.Data(44, 13))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The second call loads what the first has trained, and pictures and numbers are the same.
func TestTrainTwice(t *testing.T) {
	t.Setenv(places.RunsEnv, t.TempDir())
	seven := func(c *run.Config) { c.KLWeight = 7 }
	first, second := trainedModel(t, seven), trainedModel(t, seven)
	if first.loaded || !second.loaded {
		t.Errorf("loaded: %v, then %v", first.loaded, second.loaded)
	}
	if first.Dir != second.Dir || first.Last() != second.Last() {
		t.Errorf("%s ends with %+v, loaded from %s with %+v", first.Dir, first.Last(), second.Dir, second.Last())
	}
	if a, b := picture(t, first.Plane(3)), picture(t, second.Plane(3)); !bytes.Equal(a, b) {
		t.Error("the planes differ")
	}
	if other := trainedModel(t, func(c *run.Config) { c.KLWeight = 8 }); other.loaded {
		t.Error("another weight is loaded")
	}
}

func picture(t *testing.T, f figure.Figure) []byte {
	t.Helper()
	content, err := f.PNG()
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// Every figure draws, titled with the model's name.
func TestFigures(t *testing.T) {
	for _, kind := range []run.Kind{run.VAE, run.AE} {
		m := trainedModel(t, func(c *run.Config) { c.Model = kind })
		for name, f := range map[string]figure.Figure{
			"curves": m.Curves(), "map": m.Map(), "plane": m.Plane(4), "pairs": m.Pairs(2), "samples": m.Samples(5, 1),
		} {
			img, err := png.Decode(bytes.NewReader(picture(t, f)))
			if err != nil {
				t.Fatal(err)
			}
			if tones(img) < 5 {
				t.Errorf("the %s of an %s have %d tones", name, kind, tones(img))
			}
			if f.Title != m.Name() {
				t.Errorf("the %s of an %s are titled %q", name, kind, f.Title)
			}
		}
	}
}

// tones counts a picture's colours.
func tones(img image.Image) int {
	seen := map[color.Color]bool{}
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			seen[img.At(x, y)] = true
		}
	}
	return len(seen)
}

// The plane's top line is z₂ = 3: with a decoder that paints z₂ as grey, the picture is lighter at the top; with
// one that paints z₁, at the right.
func TestPlaneIsTheRightWayUp(t *testing.T) {
	m := trainedModel(t, nil)
	brightness := func(which int) (top, bottom, left, right float64) {
		painter := *m
		painter.State = run.State{History: m.State.History}
		for _, a := range m.State.Arrays {
			data := make([]float32, len(a.Data))
			switch a.Name {
			case "decoder/hidden/weights": // [latent, hidden]: two units take z and −z of one dimension
				data[which*16], data[which*16+1] = 1, -1
			case "decoder/pixels/weights": // [hidden, pixels]: their difference is the logit
				for i := range 64 {
					data[i], data[64+i] = 1, -1
				}
			}
			painter.State.Arrays = append(painter.State.Arrays, run.Array{Name: a.Name, Dims: a.Dims, Data: data})
		}
		f := NewModel(painter.Run, m.Data, m.engine).Plane(9)
		img, err := f.Image()
		if err != nil {
			t.Fatal(err)
		}
		b := img.Bounds()
		at := func(x, y float64) float64 { // of a point in the middle of the drawing
			grey := color.Gray16Model.Convert(img.At(int(x*float64(b.Dx())), int(y*float64(b.Dy())))).(color.Gray16)
			return float64(grey.Y) / 65535
		}
		return at(0.5, 0.3), at(0.5, 0.7), at(0.4, 0.5), at(0.6, 0.5)
	}
	if top, bottom, _, _ := brightness(1); top < bottom+0.2 {
		t.Errorf("where z₂ is painted, the top is %v and the bottom %v", top, bottom)
	}
	if _, _, left, right := brightness(0); right < left+0.1 {
		t.Errorf("where z₁ is painted, the left is %v and the right %v", left, right)
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{trainedModel(t, nil).Name(), "VAE, KL weight 1"},
		{trainedModel(t, func(c *run.Config) { c.KLWeight = 0.25 }).Name(), "VAE, KL weight 0.25"},
		{trainedModel(t, func(c *run.Config) { c.Model = run.AE }).Name(), "AE"},
		{name(run.Identity{Config: run.Default(), Loss: "0123"}), "VAE, KL weight 1, own loss"},
		{name(run.Identity{Config: run.Config{Model: run.VAE, Hidden: 9, KLWeight: 2, Layers: run.Convolutional}}), "Convolutional VAE, KL weight 2"},
		{name(run.Identity{Config: run.Config{Model: run.AE, Hidden: 9, Layers: run.Convolutional}}), "Convolutional AE"},
	} {
		if c.got != c.want {
			t.Errorf("the name is %q, want %q", c.got, c.want)
		}
	}
}

// What can't be drawn is a figure that carries a sentence.
func TestFiguresThatCantBeDrawn(t *testing.T) {
	m := trainedModel(t, func(c *run.Config) { c.Latent = 3 })
	for want, f := range map[string]figure.Figure{
		"a map needs Latent = 2, but":            m.Map(),
		"a plane of codes needs Latent = 2, but": m.Plane(4),
		"-3 pictures":                            m.Samples(-3, 1),
		"no images":                              m.Pairs(0),
	} {
		if err := f.Err(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
	}
}

func TestTrainRefuses(t *testing.T) {
	data, c := tiny.Data(44, 13), tiny.Config()
	c.KLWeight = -1
	if _, err := Train(c, data); err == nil || !strings.Contains(err.Error(), "KLWeight is -1") {
		t.Errorf("the error is %v", err)
	}
}
