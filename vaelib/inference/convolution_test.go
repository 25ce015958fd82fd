package inference_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/reference"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/run"
)

// A convolutional network encodes and paints as the loops over float64 do.
func TestConvolutionalNetwork(t *testing.T) {
	const pixels = tiny.Side * tiny.Side
	r := run.Run{Identity: run.Identity{Config: tiny.Config(), Width: tiny.Side, Height: tiny.Side}}
	r.Layers = run.Convolutional
	rng := rand.New(rand.NewPCG(5, 5))
	for _, w := range run.Weights(r.Config, pixels) {
		a := run.Array{Name: w.Name, Dims: w.Dims}
		for range w.Size() {
			a.Data = append(a.Data, float32(2*rng.NormFloat64()/math.Sqrt(float64(w.FanIn))))
		}
		r.State.Arrays = append(r.State.Arrays, a)
	}
	network := reference.New(r.State.Arrays)
	set := tiny.Data(1, 3).Test
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		m := open(t, b, r)
		defer m.Close()
		codes, err := m.Encode(t.Context(), set)
		if err != nil {
			t.Fatal(err)
		}
		pictures, err := m.Decode(t.Context(), codes.Mean)
		if err != nil {
			t.Fatal(err)
		}
		for i := range set.Len() {
			mean, logVar := network.Encode(grey(set.Image(i)))
			near(t, "μ", codes.Mean[i], mean)
			near(t, "log σ²", codes.LogVar[i], logVar)
			for k, want := range network.Paint(mean) {
				if d := float64(pictures[i].Pix[k]) - want*255; math.Abs(d) > 0.51 {
					t.Errorf("pixel %d of picture %d is %d, want %v", k, i, pictures[i].Pix[k], want*255)
				}
			}
		}
	})
}
