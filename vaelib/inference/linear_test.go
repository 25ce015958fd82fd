package inference_test

import (
	"math"
	"testing"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/run"
)

// A linear network with a learned σ encodes and paints as two matrices do; grey values beyond black and white are cut
// off there, and don't wrap round.
func TestLinearNetwork(t *testing.T) {
	const pixels = tiny.Side * tiny.Side
	c := tiny.Config()
	c.Hidden, c.Latent, c.Decoder, c.Sigma = 0, 1, run.Gaussian, run.LearnedSigma
	r := run.Run{Identity: run.Identity{Config: c, Width: tiny.Side, Height: tiny.Side}}
	for _, w := range run.Weights(c, pixels) {
		a := run.Array{Name: w.Name, Dims: w.Dims, Data: make([]float32, w.Size())}
		for i := range a.Data {
			switch w.Name {
			case "encoder/mean/weights":
				a.Data[i] = 1.0 / pixels // the code is the mean grey value
			case "decoder/pixels/weights":
				a.Data[i] = float32(i) / pixels // pixel i is i/64 of the code
			}
		}
		r.State.Arrays = append(r.State.Arrays, a)
	}
	set := tiny.Data(1, 3).Test
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		m := open(t, b, r)
		codes, err := m.Encode(t.Context(), set)
		if err != nil {
			t.Fatal(err)
		}
		var want []float64
		for i := range set.Len() {
			var sum float64
			for _, x := range grey(set.Image(i)) {
				sum += x / pixels
			}
			want = append(want, sum)
		}
		near(t, "code", []float64{codes.Mean[0][0], codes.Mean[1][0], codes.Mean[2][0]}, want)
		pictures, err := m.Decode(t.Context(), [][]float64{{2}, {-1}})
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range pictures[0].Pix {
			if want := math.Round(255 * min(1, 2*float64(i)/pixels)); math.Abs(float64(got)-want) > 1 {
				t.Errorf("pixel %d is %d, want %v", i, got, want)
			}
			if pictures[1].Pix[i] != 0 {
				t.Errorf("below black, pixel %d is %d", i, pictures[1].Pix[i])
			}
		}
	})
}
