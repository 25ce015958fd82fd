package live_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"vaelab/cmd/internal/site/live"
	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/inference"
	"vaelab/vaelib/run"
)

// model is a network of the course's size with weights as large as trained ones: drawn, not trained.
func model(kind run.Kind) run.Run {
	c := run.Default()
	c.Model = kind
	rng := rand.New(rand.NewPCG(3, 0))
	r := run.Run{Identity: run.Identity{Config: c, Width: 28, Height: 28}}
	for _, w := range run.Weights(c, 28*28) {
		a := run.Array{Name: w.Name, Dims: w.Dims}
		for range w.Size() {
			a.Data = append(a.Data, float32(0.08*rng.NormFloat64()))
		}
		r.State.Arrays = append(r.State.Arrays, a)
	}
	return r
}

func halves(t *testing.T, r run.Run) (encoder, decoder live.Network) {
	t.Helper()
	encoder, decoder, err := live.Halves(r)
	if err != nil {
		t.Fatal(err)
	}
	return encoder, decoder
}

func pictures(n int) [][]byte {
	rng := rand.New(rand.NewPCG(4, 0))
	list := make([][]byte, n)
	for i := range list {
		for range 28 * 28 {
			list[i] = append(list[i], byte(max(0, rng.IntN(400)-144)))
		}
	}
	return list
}

// TestAgainstInference: the same numbers as the course's graphs, but for the order of sums.
func TestAgainstInference(t *testing.T) {
	b, err := backend.Open("go")
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for _, kind := range []run.Kind{run.AE, run.VAE} {
		r := model(kind)
		encoder, decoder := halves(t, r)
		coder, err := inference.Open(b.Compute, r)
		if err != nil {
			t.Fatal(err)
		}
		set := datasets.Images{Width: 28, Height: 28, Pixels: slices.Concat(pictures(5)...)}
		codes, err := coder.Encode(t.Context(), set)
		if err != nil {
			t.Fatal(err)
		}
		painted, err := coder.Decode(t.Context(), codes.Mean)
		if err != nil {
			t.Fatal(err)
		}
		for i := range painted {
			want := codes.Mean[i]
			if kind == run.VAE {
				want = slices.Concat(want, codes.LogVar[i])
			}
			got := encoder.Encode(set.Image(i))
			if len(got) != len(want) {
				t.Fatalf("the %s's encoder gives %d numbers, want %d", kind, len(got), len(want))
			}
			for j := range want {
				if !(math.Abs(got[j]-want[j]) <= 2e-5*(1+math.Abs(want[j]))) {
					t.Errorf("number %d of the %s's code is %.9g, want %.9g", j, kind, got[j], want[j])
				}
			}
			for j, grey := range decoder.Decode(codes.Mean[i]) {
				if other := painted[i].Pix[j]; max(grey, other)-min(grey, other) > 1 { // one that lies between two steps may be either
					t.Fatalf("pixel %d is %d, want %d", j, grey, other)
				}
			}
		}
		coder.Close()
	}
}

// TestWhatHalvingCosts measures what weights of 16 bits change: less than doc.go says.
func TestWhatHalvingCosts(t *testing.T) {
	encoder, decoder := halves(t, model(run.VAE))
	read := func(n live.Network) live.Network {
		m, err := live.Read(n.Append(nil))
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	shortEncoder, shortDecoder := read(encoder), read(decoder)
	var most, changed, pixels int
	var worst float64
	for _, p := range pictures(50) {
		code, other := encoder.Encode(p), shortEncoder.Encode(p)
		for i := range 2 {
			worst = max(worst, math.Abs(code[i]-other[i])/(1+math.Abs(code[i])))
		}
		a, b := decoder.Decode(code[:2]), shortDecoder.Decode(code[:2])
		for i := range a {
			d := int(max(a[i], b[i]) - min(a[i], b[i]))
			most, pixels = max(most, d), pixels+1
			if d > 0 {
				changed++
			}
		}
	}
	t.Logf("pixels change by %d of 255 at most, %.2f %% of them at all; codes by %.2g of themselves", most, 100*float64(changed)/float64(pixels), worst)
	if most > 1 {
		t.Errorf("a pixel changes by %d steps of grey, want 1 at most", most)
	}
	if worst > 1e-3 {
		t.Errorf("a code changes by %g of itself, want less than 0.001", worst)
	}
}

// TestFilesThatAreNone: what is no network, or a part of one, is an error and no panic.
func TestFilesThatAreNone(t *testing.T) {
	_, decoder := halves(t, model(run.VAE))
	whole := decoder.Append(nil)
	for name, file := range map[string][]byte{
		"empty": nil, "a page": []byte("<!DOCTYPE html><title>404</title>"), "cut": whole[:len(whole)-1], "cut early": whole[:9],
		"longer": append(append([]byte(nil), whole...), 0), "layers that don't fit": append(append([]byte(nil), whole[:4]...), append(oneLayer(3, 4), oneLayer(5, 2)...)...),
		"no layers": {0, 0, 0, 0}, "a huge layer": {1, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255},
	} {
		n, err := live.Read(file)
		if err == nil || n.Inputs() != 0 || !strings.Contains(err.Error(), "network") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if decoder.Decode([]float64{1}) != nil || decoder.Encode(make([]byte, 3)) != nil || (live.Network{}).Outputs() != 0 {
		t.Error("an input of the wrong length has an answer")
	}
}

func oneLayer(in, out byte) []byte {
	return append([]byte{in, 0, 0, 0, out, 0, 0, 0}, make([]byte, 2*(int(in)+1)*int(out))...)
}

func TestHalvesOfOtherNetworks(t *testing.T) {
	linear := model(run.VAE)
	linear.Hidden = 0
	convolutional := model(run.VAE)
	convolutional.Layers = run.Convolutional
	untrained := model(run.VAE)
	untrained.State.Arrays = untrained.State.Arrays[:3]
	given, learned := model(run.VAE), model(run.VAE)
	given.Given, learned.Prior = 1, run.LearnedPrior
	for name, r := range map[string]run.Run{"given": given, "learned prior": learned, "linear": linear, "convolutional": convolutional, "untrained": untrained} {
		if _, _, err := live.Halves(r); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	_, decoder, err := live.Halves(model(run.VAE))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		decoder.Decode([]float64{0.3, -1})
	}
}
