package onnx_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"vaelab/vaelib/run"
)

// kinds are the networks that settings can ask for, untrained, with weights so large that pictures have contrast.
func kinds() map[string]run.Run {
	small := func(width, height int, change func(c *run.Config)) run.Run {
		c := run.Default()
		c.Hidden, c.Latent, c.Epochs = 10, 3, 1
		change(&c)
		return untrained(c, width, height)
	}
	return map[string]run.Run{
		"VAE":  small(8, 8, func(c *run.Config) {}),
		"wide": small(7, 3, func(c *run.Config) {}),
		// A matrix that is transposed by mistake has the right shape in this one.
		"square":      small(4, 4, func(c *run.Config) { c.Hidden, c.Latent = 16, 16 }),
		"AE":          small(8, 8, func(c *run.Config) { c.Model = run.AE }),
		"Gaussian":    small(8, 8, func(c *run.Config) { c.Decoder = run.Gaussian }),
		"learned σ":   small(8, 8, func(c *run.Config) { c.Decoder, c.Sigma = run.Gaussian, run.LearnedSigma }),
		"optimal σ":   small(8, 8, func(c *run.Config) { c.Decoder, c.Sigma = run.Gaussian, run.OptimalSigma }),
		"Laplace":     small(8, 8, func(c *run.Config) { c.Decoder = run.Laplace }),
		"linear":      small(8, 8, func(c *run.Config) { c.Hidden, c.Decoder = 0, run.Gaussian }),
		"linear AE":   small(8, 8, func(c *run.Config) { c.Model, c.Hidden, c.Decoder = run.AE, 0, run.Gaussian }),
		"conv 4":      small(4, 4, func(c *run.Config) { c.Layers = run.Convolutional }),
		"conv 12":     small(12, 12, func(c *run.Config) { c.Layers = run.Convolutional }),
		"conv AE":     small(8, 8, func(c *run.Config) { c.Model, c.Layers = run.AE, run.Convolutional }),
		"conv prior":  small(8, 8, func(c *run.Config) { c.Layers, c.Prior = run.Convolutional, run.LearnedPrior }),
		"given":       small(8, 8, func(c *run.Config) { c.Given = 20 }),
		"given, AE":   small(8, 8, func(c *run.Config) { c.Given, c.Model = 20, run.AE }),
		"prior":       small(8, 8, func(c *run.Config) { c.Prior = run.LearnedPrior }),
		"given prior": small(8, 8, func(c *run.Config) { c.Given, c.Prior = 20, run.LearnedPrior }),
	}
}

func untrained(c run.Config, width, height int) run.Run {
	r := run.Run{Dir: "somewhere", Identity: run.Identity{Config: c, Data: "bars", Digest: "d1", Width: width, Height: height, Backend: "go"}}
	rng := rand.New(rand.NewPCG(3, uint64(c.Hidden)))
	for _, w := range run.Weights(c, width*height) {
		a := run.Array{Name: w.Name, Dims: w.Dims}
		for range w.Size() {
			a.Data = append(a.Data, float32(2*rng.NormFloat64()/math.Sqrt(float64(max(w.FanIn, 1)))))
		}
		r.State.Arrays = append(r.State.Arrays, a)
	}
	r.State.History = []run.Epoch{{Epoch: 1, Test: run.Terms{Loss: 21.5, Reconstruction: 20, KL: 1.5}}}
	return r
}

// each runs a test on every kind.
func each(t *testing.T, test func(t *testing.T, r run.Run)) {
	t.Helper()
	for name, r := range kinds() {
		t.Run(name, func(t *testing.T) { test(t, r) })
	}
}
