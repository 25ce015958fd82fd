package run_test

import (
	"strings"
	"testing"

	"vaelab/vaelib/run"
)

// What shapes the network stays, and what only training heeds goes: the same arrays are asked for.
func TestNetworkOfSettings(t *testing.T) {
	c := run.Default()
	c.Decoder, c.PixelSigma, c.Sigma, c.Given, c.Prior, c.KLWeight = run.Gaussian, 0.3, run.LearnedSigma, 5, run.LearnedPrior, 4
	c.Schedule, c.FreeBits, c.Decay, c.Balance = run.Linear(3), 0.5, run.LinearDecay, run.Balance{Prior: 1, Posterior: 0.1}
	want := run.Config{Model: run.VAE, Latent: 2, Hidden: 400, Decoder: run.Gaussian, PixelSigma: 0.3, KLWeight: 4, Sigma: run.LearnedSigma, Given: 5, Prior: run.LearnedPrior}
	if got := c.Network(); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	for _, layers := range []run.Layers{run.Dense, run.Convolutional} {
		c := run.Default()
		c.Layers = layers
		if err := c.Network().Fit(arraysOf(c, 64), 64); err != nil {
			t.Error(err)
		}
	}
}

func arraysOf(c run.Config, pixels int) (arrays []run.Array) {
	for _, w := range run.Weights(c, pixels) {
		arrays = append(arrays, run.Array{Name: w.Name, Dims: w.Dims, Data: make([]float32, w.Size())})
	}
	return arrays
}

func TestValidateNetwork(t *testing.T) {
	c := run.Default()
	c.Epochs, c.Batch, c.LearningRate, c.Rate.Pull = 0, 0, -1, -1 // nobody's
	if err := c.ValidateNetwork(28, 28); err != nil {
		t.Error(err)
	}
	for want, change := range map[string]func(c *run.Config, width *int){
		"Latent is 0":               func(c *run.Config, _ *int) { c.Latent = 0 },
		"convolutions need a":       func(c *run.Config, width *int) { c.Layers, *width = run.Convolutional, 4 },
		"images of 0×28 pixels are": func(_ *run.Config, width *int) { *width = 0 },
		"an image has only 28×28":   func(c *run.Config, _ *int) { c.Given = 784 },
	} {
		c, width := run.Default(), 28
		change(&c, &width)
		if err := c.ValidateNetwork(width, 28); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
	}
}

// A scalar's shape is that of no axes, however it is written.
func TestFitOfAScalar(t *testing.T) {
	c := run.Default()
	c.Decoder, c.Sigma = run.Gaussian, run.LearnedSigma
	arrays := arraysOf(c, 4)
	last := &arrays[len(arrays)-1]
	last.Dims = []int{}
	if err := c.Fit(arrays, 4); err != nil {
		t.Error(err)
	}
	last.Dims = []int{1}
	if err := c.Fit(arrays, 4); err == nil || !strings.Contains(err.Error(), `"decoder/log_sigma" has the shape [1], and the network needs []`) {
		t.Errorf("the error is %v", err)
	}
}
