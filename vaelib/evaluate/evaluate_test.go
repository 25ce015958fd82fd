package evaluate_test

import (
	"bytes"
	"image"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/evaluate"
	"vaelab/vaelib/internal/plain"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
)

// random is a run with weights that nobody trained, so large that pictures have contrast.
func random(kind run.Kind, latent int) run.Run {
	r := run.Run{Identity: run.Identity{Config: tiny.Config(), Width: tiny.Side, Height: tiny.Side}, Dir: "somewhere"}
	r.Model, r.Latent = kind, latent
	rng := rand.New(rand.NewPCG(3, 3))
	for _, w := range model.Weights(r.Config, tiny.Side*tiny.Side) {
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

func open(t *testing.T, b *backend.Backend, r run.Run) *evaluate.Model {
	t.Helper()
	m, err := evaluate.Open(b.Compute, r)
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
		network := plain.New(r.State.Arrays)
		testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
			m := open(t, b, r)
			for _, n := range []int{0, 1, 256, 515} {
				codes, err := m.Encode(set.First(n))
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
	network := plain.New(r.State.Arrays)
	rng := rand.New(rand.NewPCG(4, 4))
	codes := make([][]float64, 300)
	for i := range codes {
		codes[i] = []float64{rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64()}
	}
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		m := open(t, b, r)
		for _, n := range []int{0, 1, 300} {
			pictures, err := m.Decode(codes[:n])
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

// Restoring is decoding the mean code.
func TestRestore(t *testing.T) {
	set := tiny.Data(1, 20).Test
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		m := open(t, b, random(run.VAE, 2))
		codes, err := m.Encode(set)
		if err != nil {
			t.Fatal(err)
		}
		want, err := m.Decode(codes.Mean)
		if err != nil {
			t.Fatal(err)
		}
		got, err := m.Restore(set)
		if err != nil {
			t.Fatal(err)
		}
		samePictures(t, got, want)
	})
}

func samePictures(t *testing.T, got, want []*image.Gray) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d pictures, want %d", len(got), len(want))
	}
	for i := range want {
		if !bytes.Equal(got[i].Pix, want[i].Pix) {
			t.Errorf("picture %d differs", i)
		}
	}
}

// The same seed imagines the same pictures, and as many more as are asked for; another seed others.
func TestImagine(t *testing.T) {
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		m := open(t, b, random(run.VAE, 4))
		imagine := func(n int, seed uint64) []*image.Gray {
			pictures, err := m.Imagine(n, seed)
			if err != nil {
				t.Fatal(err)
			}
			return pictures
		}
		samePictures(t, imagine(5, 1), imagine(9, 1)[:5])
		if bytes.Equal(imagine(1, 1)[0].Pix, imagine(1, 2)[0].Pix) {
			t.Error("two seeds imagine the same picture")
		}
		if got := imagine(0, 1); len(got) != 0 {
			t.Errorf("%d pictures, want none", len(got))
		}
		if _, err := m.Imagine(-1, 1); err == nil || !strings.Contains(err.Error(), "-1 pictures") {
			t.Errorf("the error is %v", err)
		}
	})
}

// The plane's pictures go from left to right and from the top (z₂ = limit) down.
func TestPlane(t *testing.T) {
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		m := open(t, b, random(run.VAE, 2))
		pictures, axis, err := m.Plane(3, 2.5)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "axis", axis, []float64{-2.5, 0, 2.5})
		want, err := m.Decode([][]float64{
			{-2.5, 2.5}, {0, 2.5}, {2.5, 2.5},
			{-2.5, 0}, {0, 0}, {2.5, 0},
			{-2.5, -2.5}, {0, -2.5}, {2.5, -2.5},
		})
		if err != nil {
			t.Fatal(err)
		}
		samePictures(t, pictures, want)
	})
}

func TestQuestionsThatHaveNoAnswer(t *testing.T) {
	b := testbackend.Go(t)
	plane := func(latent, n int, limit float64) error {
		_, _, err := open(t, b, random(run.VAE, latent)).Plane(n, limit)
		return err
	}
	decode := func(code ...float64) error {
		_, err := open(t, b, random(run.VAE, 2)).Decode([][]float64{{0, 0}, code})
		return err
	}
	encode := func(set datasets.Images) error {
		_, err := open(t, b, random(run.VAE, 2)).Encode(set)
		return err
	}
	restore := func(set datasets.Images) error {
		_, err := open(t, b, random(run.VAE, 2)).Restore(set)
		return err
	}
	wide := datasets.Images{Width: 16, Height: 4, Pixels: make([]uint8, 64), Labels: make([]uint8, 1)}
	other := func(spoil func(r *run.Run)) error {
		r := random(run.VAE, 2)
		spoil(&r)
		_, err := evaluate.Open(b.Compute, r)
		return err
	}
	for _, c := range []struct {
		err  error
		want string
	}{
		{plane(3, 5, 3), "Latent = 2, but this model has 3"},
		{plane(2, 1, 3), "at least 2×2 codes"},
		{plane(2, -4, 3), "at least 2×2 codes"},
		{plane(2, 5, 0), "a limit above 0"},
		{plane(2, 5, math.NaN()), "a limit above 0"},
		{plane(2, 5, math.Inf(1)), "a limit above 0"},
		{decode(1), "code 1 has 1 numbers, but the model's codes have 2"},
		{decode(1, 2, 3), "code 1 has 3 numbers"},
		{encode(wide), "the images are 16×4 pixels, but the model was trained on 8×8"},
		{restore(wide), "the images are 16×4 pixels"},
		{other(func(r *run.Run) { r.State.Arrays = nil }), "the run in somewhere holds no trained weights"},
		{other(func(r *run.Run) { r.State.Arrays[2].Name = "x" }), `the run in somewhere holds "x"`},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("the error is %v, want one with %q", c.err, c.want)
		}
	}
}
