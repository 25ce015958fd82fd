package model_test

import (
	"fmt"
	"math"
	"testing"

	. "github.com/gomlx/gomlx/core/graph"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/internal/reference"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
)

// The sides of pictures: maps of 1×1, whose neighbours are all zeros, of 2×2, and of 3×3, with a place that has all of its neighbours.
var sides = []int{4, 8, 12}

func convolutional(side int) (c run.Config, arrays []run.Array) {
	c = small(run.VAE)
	c.Layers = run.Convolutional
	rng := seeded(13)
	for _, w := range run.Weights(c, side*side) {
		a := run.Array{Name: w.Name, Dims: w.Dims}
		for range w.Size() {
			a.Data = append(a.Data, float32(rng.NormFloat64()/math.Sqrt(float64(w.FanIn))))
		}
		arrays = append(arrays, a)
	}
	return c, arrays
}

// Encoder and decoder, picture by picture, against the loops that define a convolution and its transpose.
func TestConvolutionalNetwork(t *testing.T) {
	for _, side := range sides {
		c, arrays := convolutional(side)
		network := reference.New(arrays)
		rng := seeded(14)
		x, z := grid(3, side*side, rng.Float64), grid(3, c.Latent, rng.NormFloat64)
		var means, logVars, logits []float64
		for i := range x {
			mean, logVar := network.Encode(wide(x[i]))
			means, logVars = append(means, mean...), append(logVars, logVar...)
			logits = append(logits, network.Decode(wide(z[i]))...)
		}
		t.Run(fmt.Sprint(side), func(t *testing.T) {
			on(t, func(t *testing.T, compute computer) {
				in := []any{x, z}
				for _, a := range arrays {
					in = append(in, tensorOf(a))
				}
				got := compute(func(in []*Node) []*Node {
					n := model.New(c, side*side, in[2:])
					mean, logVar := n.Encode(in[0])
					return []*Node{mean, logVar, n.Decode(in[1], nil)}
				}, in...)
				close32(t, "μ", got[0], means)
				close32(t, "log σ²", got[1], logVars)
				close32(t, "logit", got[2], logits)
			})
		})
	}
}

// The gradient of the whole loss, against finite differences of the loops over float64: of a convolution's weights with respect to
// each of its 16 places, of every other array at its ends.
func TestGradientOfConvolutions(t *testing.T) {
	const side = 8
	c, arrays := convolutional(side)
	rng := seeded(15)
	x, noise := grid(2, side*side, rng.Float64), grid(2, c.Latent, rng.NormFloat64)
	total := func() (sum float64) {
		network := reference.New(arrays)
		for i, image := range x {
			mean, logVar := network.Encode(wide(image))
			z := make([]float64, len(mean))
			for j := range mean {
				s := math.Exp(logVar[j] / 2)
				z[j] = mean[j] + s*float64(noise[i][j])
				sum += distuv.KullbackLeibler{}.DistNormal(distuv.Normal{Mu: mean[j], Sigma: s}, distuv.UnitNormal)
			}
			for j, p := range network.Paint(z) {
				grey := float64(image[j])
				sum -= grey*math.Log(p) + (1-grey)*math.Log(1-p)
			}
		}
		return sum
	}
	on(t, func(t *testing.T, compute computer) {
		in := []any{x, noise}
		for _, a := range arrays {
			in = append(in, tensorOf(a))
		}
		got := compute(func(in []*Node) []*Node {
			p := model.New(c, side*side, in[2:]).Forward(in[0], in[1])
			return Gradient(ReduceAllSum(model.NegativeELBO(p)), in[2:]...)
		}, in...)
		for i, a := range arrays {
			places := []int{0, len(a.Data) - 1}
			if len(a.Dims) == 4 {
				each := a.Dims[2] * a.Dims[3]
				for place := range 16 { // with another pair of channels each time
					places = append(places, place*each+place%each)
				}
			}
			for _, j := range places {
				const h = 1.0 / 4096 // a step that float32 weights can make
				was := a.Data[j]
				a.Data[j] = was + h
				up, above := total(), float64(a.Data[j])
				a.Data[j] = was - h
				down, below := total(), float64(a.Data[j])
				a.Data[j] = was
				want := (up - down) / (above - below)
				if diff := math.Abs(got[i][j] - want); !(diff <= 2e-3*(1+math.Abs(want))) {
					t.Errorf("∂loss/∂%s[%d] is %v, want %v", a.Name, j, got[i][j], want)
				}
			}
		}
	})
}
