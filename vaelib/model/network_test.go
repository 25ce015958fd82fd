package model_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/internal/reference"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
)

const pixels = 12

func small(kind run.Kind) run.Config {
	c := run.Default()
	c.Model, c.Latent, c.Hidden = kind, 3, 7
	return c
}

// randomArrays are weights of a network that nobody trained.
func randomArrays(c run.Config) []run.Array {
	rng := seeded(7)
	var arrays []run.Array
	for _, w := range run.Weights(c, pixels) {
		a := run.Array{Name: w.Name, Dims: w.Dims}
		for range shapes.Make(dtypes.Float32, w.Dims...).Size() {
			a.Data = append(a.Data, float32(0.5*rng.NormFloat64()))
		}
		arrays = append(arrays, a)
	}
	return arrays
}

// forward gives μ, (log σ²,) z, logits, reconstruction, KL and loss of a batch.
func forward(compute computer, c run.Config, arrays []run.Array, images, noise [][]float32) [][]float64 {
	in := []any{images, noise}
	for _, a := range arrays {
		in = append(in, tensors.FromFlatDataAndDimensions(a.Data, a.Dims...))
	}
	return compute(func(in []*Node) []*Node {
		p := model.New(c, pixels, in[2:]).Forward(in[0], in[1])
		out := []*Node{p.Mean, p.Code, p.Logits, model.Reconstruction(p), model.KL(p), model.NegativeELBO(p)}
		if p.LogVar != nil {
			out = append(out, p.LogVar)
		}
		return out
	}, in...)
}

// The whole VAE, image by image, against loops over float64 and gonum's distributions.
func TestForwardPassOfAVAE(t *testing.T) {
	c := small(run.VAE)
	c.KLWeight = 4
	arrays := randomArrays(c)
	network := reference.New(arrays)
	rng := seeded(8)
	const images = 5
	x := grid(images, pixels, func() float64 { return float64(rng.IntN(2)) })
	noise := grid(images, c.Latent, rng.NormFloat64)
	var means, logVars, codes, logits, reconstruction, kl, loss []float64
	for i := range images {
		mean, logVar := network.Encode(wide(x[i]))
		var z []float64
		var k, r float64
		for j := range mean {
			posterior := distuv.Normal{Mu: mean[j], Sigma: math.Exp(logVar[j] / 2)}
			z = append(z, posterior.Mu+posterior.Sigma*float64(noise[i][j]))
			k += distuv.KullbackLeibler{}.DistNormal(posterior, distuv.UnitNormal)
		}
		decoded := network.Decode(z)
		for j, l := range decoded {
			r -= distuv.Bernoulli{P: sigmoid(l)}.LogProb(float64(x[i][j]))
		}
		means, logVars, codes, logits = append(means, mean...), append(logVars, logVar...), append(codes, z...), append(logits, decoded...)
		reconstruction, kl, loss = append(reconstruction, r), append(kl, k), append(loss, r+4*k)
	}
	on(t, func(t *testing.T, compute computer) {
		got := forward(compute, c, arrays, x, noise)
		for i, want := range [][]float64{means, codes, logits, reconstruction, kl, loss, logVars} {
			close32(t, [...]string{"μ", "z", "logit", "reconstruction", "KL", "loss", "log σ²"}[i], got[i], want)
		}
	})
}

// An AE's code is its mean, whatever the noise; it has no log-variance, no KL term, and no use for a KL weight.
func TestForwardPassOfAnAE(t *testing.T) {
	c := small(run.AE)
	c.KLWeight = 4
	arrays := randomArrays(c)
	for _, a := range arrays {
		if strings.Contains(a.Name, "variance") {
			t.Errorf("an AE has the array %s", a.Name)
		}
	}
	network := reference.New(arrays)
	rng := seeded(9)
	x, noise := grid(4, pixels, rng.Float64), grid(4, c.Latent, rng.NormFloat64)
	var means, logits []float64
	for _, image := range x {
		mean, _ := network.Encode(wide(image))
		means, logits = append(means, mean...), append(logits, network.Decode(mean)...)
	}
	on(t, func(t *testing.T, compute computer) {
		got := forward(compute, c, arrays, x, noise)
		if len(got) != 6 {
			t.Fatal("an AE gives a log-variance")
		}
		close32(t, "μ", got[0], means)
		close32(t, "z", got[1], means)
		close32(t, "logit", got[2], logits)
		close32(t, "KL", got[4], make([]float64, 4))
		close32(t, "loss", got[5], got[3])
	})
}

// A Gaussian decoder's reconstruction is measured between the pixels and the painted picture.
func TestForwardPassWithAGaussianDecoder(t *testing.T) {
	c := small(run.AE)
	c.Decoder, c.PixelSigma = run.Gaussian, 0.3
	arrays := randomArrays(c)
	network := reference.New(arrays)
	rng := seeded(10)
	x, noise := grid(4, pixels, rng.Float64), grid(4, c.Latent, rng.NormFloat64)
	want := make([]float64, 4)
	for i, image := range x {
		mean, _ := network.Encode(wide(image))
		for j, grey := range network.Paint(mean) {
			want[i] -= distuv.Normal{Mu: grey, Sigma: 0.3}.LogProb(float64(image[j]))
		}
	}
	on(t, func(t *testing.T, compute computer) {
		close32(t, "reconstruction", forward(compute, c, arrays, x, noise)[3], want)
	})
}

// The gradient of the whole loss with respect to every array, against finite differences of the float64 network.
func TestGradientOfTheLoss(t *testing.T) {
	c := small(run.VAE)
	c.KLWeight = 0.5
	arrays := randomArrays(c)
	rng := seeded(11)
	x, noise := grid(3, pixels, rng.Float64), grid(3, c.Latent, rng.NormFloat64)
	total := func() (sum float64) {
		network := reference.New(arrays)
		for i, image := range x {
			mean, logVar := network.Encode(wide(image))
			z := make([]float64, len(mean))
			for j := range mean {
				s := math.Exp(logVar[j] / 2)
				z[j] = mean[j] + s*float64(noise[i][j])
				sum += 0.5 * distuv.KullbackLeibler{}.DistNormal(distuv.Normal{Mu: mean[j], Sigma: s}, distuv.UnitNormal)
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
			in = append(in, tensors.FromFlatDataAndDimensions(slices.Clone(a.Data), a.Dims...))
		}
		got := compute(func(in []*Node) []*Node {
			p := model.New(c, pixels, in[2:]).Forward(in[0], in[1])
			return Gradient(ReduceAllSum(model.NegativeELBO(p)), in[2:]...)
		}, in...)
		for i, a := range arrays {
			for _, j := range []int{0, len(a.Data) - 1} {
				const h = 1.0 / 4096 // a step that float32 weights can make
				was := a.Data[j]
				a.Data[j] = was + h
				up, above := total(), float64(a.Data[j])
				a.Data[j] = was - h
				down, below := total(), float64(a.Data[j])
				a.Data[j] = was
				want := (up - down) / (above - below)
				if diff := got[i][j] - want; diff > 2e-3*(1+math.Abs(want)) || -diff > 2e-3*(1+math.Abs(want)) {
					t.Errorf("∂loss/∂%s[%d] is %v, want %v", a.Name, j, got[i][j], want)
				}
			}
		}
	})
}

func TestNewRefusesAWrongNumberOfArrays(t *testing.T) {
	defer func() {
		if got, want := fmt.Sprint(recover()), "the network has 10 arrays, but 0 were given"; got != want {
			t.Errorf("New panics with %q, want %q", got, want)
		}
	}()
	model.New(small(run.VAE), pixels, nil)
}

func TestNewRefusesAWrongShape(t *testing.T) {
	c := small(run.AE)
	for size, want := range map[int]string{pixels: "", pixels + 1: "AssertDims([12 7])"} {
		_, err := ExecOnce(testbackend.Go(t).Compute, func(g *Graph) *Node {
			var nodes []*Node
			for _, w := range run.Weights(c, size) {
				nodes = append(nodes, Zeros(g, shapes.Make(dtypes.Float32, w.Dims...)))
			}
			return model.New(c, pixels, nodes).Decode(Zeros(g, shapes.Make(dtypes.Float32, 1, c.Latent)), nil)
		})
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("weights for %d pixels in a network for %d give %v, want %q", size, pixels, err, want)
		}
	}
}
