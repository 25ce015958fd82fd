package inference_test

import (
	"image"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/inference"
	"vaelab/vaelib/internal/reference"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/run"
)

// random is a run with weights that nobody trained, so large that pictures have contrast.
func random(kind run.Kind, latent int) run.Run {
	r := run.Run{Identity: run.Identity{Config: tiny.Config(), Width: tiny.Side, Height: tiny.Side}, Dir: "somewhere"}
	r.Model, r.Latent = kind, latent
	return withWeights(r)
}

func withWeights(r run.Run) run.Run {
	r.State.Arrays = nil
	rng := rand.New(rand.NewPCG(3, 3))
	for _, w := range run.Weights(r.Config, tiny.Side*tiny.Side) {
		a := run.Array{Name: w.Name, Dims: w.Dims}
		size := 1
		for _, d := range w.Dims {
			size *= d
		}
		for range size {
			a.Data = append(a.Data, float32(rng.NormFloat64()/2))
		}
		r.State.Arrays = append(r.State.Arrays, a)
	}
	return r
}

func open(t *testing.T, b *backend.Backend, r run.Run) *inference.Coder {
	t.Helper()
	m, err := inference.Open(b.Compute, r)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func near(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s has %d values, want %d", what, len(got), len(want))
	}
	for i := range want {
		if !(math.Abs(got[i]-want[i]) <= 2e-5*(1+math.Abs(want[i]))) {
			t.Errorf("%s %d is %v, want %v", what, i, got[i], want[i])
		}
	}
}

func grey(pixels []uint8) []float64 {
	x := make([]float64, len(pixels))
	for i, p := range pixels {
		x[i] = float64(p) / 255
	}
	return x
}

// Codes of none, one, a whole batch and more images than one execution takes, against a loop over float64.
func TestEncode(t *testing.T) {
	set := tiny.Data(1, 515).Test
	for _, kind := range []run.Kind{run.VAE, run.AE} {
		r := random(kind, 3)
		network := reference.New(r.State.Arrays)
		testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
			m := open(t, b, r)
			for _, n := range []int{0, 1, 256, 515} {
				codes, err := m.Encode(t.Context(), set.First(n))
				if err != nil {
					t.Fatal(err)
				}
				if len(codes.Mean) != n || kind == run.VAE && len(codes.LogVar) != n || kind == run.AE && codes.LogVar != nil {
					t.Fatalf("%d images of a %s have %d means and %d log-variances", n, kind, len(codes.Mean), len(codes.LogVar))
				}
				for i := range n {
					mean, logVar := network.Encode(grey(set.Image(i)))
					near(t, "μ", codes.Mean[i], mean)
					if kind == run.VAE {
						near(t, "log σ²", codes.LogVar[i], logVar)
					}
				}
			}
		})
	}
}

// Pictures of none, one, and more codes than one execution takes: each byte is the float64 network's, rounded.
func TestDecode(t *testing.T) {
	r := random(run.VAE, 3)
	network := reference.New(r.State.Arrays)
	rng := rand.New(rand.NewPCG(4, 4))
	codes := make([][]float64, 300)
	for i := range codes {
		codes[i] = []float64{rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64()}
	}
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		m := open(t, b, r)
		for _, n := range []int{0, 1, 300} {
			pictures, err := m.Decode(t.Context(), codes[:n])
			if err != nil || len(pictures) != n {
				t.Fatalf("%d pictures of %d codes, %v", len(pictures), n, err)
			}
			for i, p := range pictures {
				if p.Bounds() != image.Rect(0, 0, tiny.Side, tiny.Side) {
					t.Fatalf("a picture's size is %v", p.Bounds())
				}
				for k, want := range network.Paint(codes[i]) {
					if d := float64(p.Pix[k]) - want*255; math.Abs(d) > 0.51 {
						t.Errorf("pixel %d of picture %d is %d, want %v", k, i, p.Pix[k], want*255)
					}
				}
			}
		}
	})
}

func TestQuestionsThatHaveNoAnswer(t *testing.T) {
	b := testbackend.Go(t)
	decode := func(code ...float64) error {
		_, err := open(t, b, random(run.VAE, 2)).Decode(t.Context(), [][]float64{{0, 0}, code})
		return err
	}
	encode := func(set datasets.Images) error {
		_, err := open(t, b, random(run.VAE, 2)).Encode(t.Context(), set)
		return err
	}
	wide := datasets.Images{Width: 16, Height: 4, Pixels: make([]uint8, 64), Labels: make([]uint8, 1)}
	other := func(spoil func(r *run.Run)) error {
		r := random(run.VAE, 2)
		spoil(&r)
		_, err := inference.Open(b.Compute, r)
		return err
	}
	for _, c := range []struct {
		err  error
		want string
	}{
		{decode(1), "code 1 has 1 numbers, but the model's codes have 2"},
		{decode(1, 2, 3), "code 1 has 3 numbers"},
		{encode(wide), "the images are 16×4 pixels, but the model was trained on 8×8"},
		{other(func(r *run.Run) { r.State.Arrays = nil }), "the run in somewhere holds no trained weights"},
		{other(func(r *run.Run) { r.State.Arrays[2].Name = "x" }), `the state of the run in somewhere isn't one of its settings: there is an array "x" in the place of "encoder/`},
		{other(func(r *run.Run) { r.State.Arrays = r.State.Arrays[:3] }), "isn't one of its settings: there is no array"},
		{other(func(r *run.Run) { r.State.Arrays[0].Data = r.State.Arrays[0].Data[1:] }), "isn't one of its settings: the array \"encoder/hidden/weights\" holds"},
		{other(func(r *run.Run) { slices.Reverse(r.State.Arrays[0].Dims) }), "isn't one of its settings: the array \"encoder/hidden/weights\" has the shape"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("the error is %v, want one with %q", c.err, c.want)
		}
	}
}
