package export

import (
	"math"
	"math/rand/v2"

	"vaelab/vaelib/run"
)

// kinds are runs of every kind, in the size of the course's own, with random weights in the place of trained ones.
func kinds() map[string]run.Run {
	of := func(change func(c *run.Config)) run.Run {
		c := run.Default()
		c.Epochs = 1
		change(&c)
		return untrained(c)
	}
	return map[string]run.Run{
		"VAE":         of(func(c *run.Config) { c.Latent = 20 }),
		"AE":          of(func(c *run.Config) { c.Model = run.AE }),
		"Gaussian":    of(func(c *run.Config) { c.Decoder, c.Sigma = run.Gaussian, run.LearnedSigma }),
		"Laplace":     of(func(c *run.Config) { c.Decoder = run.Laplace }),
		"linear":      of(func(c *run.Config) { c.Hidden, c.Decoder = 0, run.Gaussian }),
		"conv":        of(func(c *run.Config) { c.Layers = run.Convolutional }),
		"conv prior":  of(func(c *run.Config) { c.Layers, c.Prior = run.Convolutional, run.LearnedPrior }),
		"given":       of(func(c *run.Config) { c.Given = 392 }),
		"given AE":    of(func(c *run.Config) { c.Given, c.Model = 392, run.AE }),
		"prior":       of(func(c *run.Config) { c.Prior = run.LearnedPrior }),
		"given prior": of(func(c *run.Config) { c.Given, c.Prior = 392, run.LearnedPrior }),
	}
}

const side = 28

func untrained(c run.Config) run.Run {
	r := run.Run{Identity: run.Identity{Config: c, Data: "nothing", Digest: "none", Width: side, Height: side, Backend: "go"}}
	rng := rand.New(rand.NewPCG(5, 5))
	for _, w := range run.Weights(c, side*side) {
		a := run.Array{Name: w.Name, Dims: w.Dims}
		for range w.Size() {
			a.Data = append(a.Data, float32((2*rng.Float64()-1)/math.Sqrt(float64(max(w.FanIn, 1)))))
		}
		r.State.Arrays = append(r.State.Arrays, a)
	}
	r.State.History = []run.Epoch{{Epoch: 1, Test: run.Terms{Loss: 251.5, Reconstruction: 240, KL: 11.5}}}
	return r
}
