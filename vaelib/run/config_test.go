package run_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"vaelab/vaelib/run"
)

func TestDefaultIsValid(t *testing.T) {
	if err := run.Default().Validate(); err != nil {
		t.Error(err)
	}
}

// Each bad value is refused in a sentence that names its field and the value.
func TestValidateNamesTheField(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	set := map[string]func(c *run.Config, x float64){
		"Latent":       func(c *run.Config, x float64) { c.Latent = int(x) },
		"Hidden":       func(c *run.Config, x float64) { c.Hidden = int(x) },
		"Epochs":       func(c *run.Config, x float64) { c.Epochs = int(x) },
		"Batch":        func(c *run.Config, x float64) { c.Batch = int(x) },
		"KLWeight":     func(c *run.Config, x float64) { c.KLWeight = x },
		"LearningRate": func(c *run.Config, x float64) { c.LearningRate = x },
		"PixelSigma":   func(c *run.Config, x float64) { c.PixelSigma, c.Decoder = x, run.Gaussian },
	}
	bad := map[string][]float64{
		"Latent":       {0, -1, 4097, 1e15},
		"Hidden":       {0, -1, 65537, 1e15},
		"Epochs":       {0, -1, 1e9},
		"Batch":        {0, -128, 1e9},
		"KLWeight":     {-1, -1e-9, nan, inf, -inf, 1e30},
		"LearningRate": {0, -1e-3, nan, inf, -inf, 1e30, 1e-40},
		"PixelSigma":   {0, -0.1, nan, inf, -inf, 1e30, 1e-30},
	}
	for field, values := range bad {
		for _, x := range values {
			c := run.Default()
			set[field](&c, x)
			refused(t, c, field)
		}
	}
	for _, word := range []string{"", "VAE", "gan"} {
		c := run.Default()
		c.Model = run.Kind(word)
		refused(t, c, "Model")
		c = run.Default()
		c.Decoder = run.Likelihood(word)
		refused(t, c, "Decoder")
	}
}

func refused(t *testing.T, c run.Config, field string) {
	t.Helper()
	err := c.Validate()
	if err == nil || !strings.HasPrefix(err.Error(), field+" is ") {
		t.Errorf("%+v gives the error %v, want one that begins with %q", c, err, field+" is ")
	}
}

// A Bernoulli decoder ignores the spread, but it must be a number that can be kept.
func TestValidateOfAnIgnoredSpread(t *testing.T) {
	c := run.Default()
	c.PixelSigma = 0
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
	c.PixelSigma = math.NaN()
	refused(t, c, "PixelSigma")
}

func TestValidateTakesTheEdges(t *testing.T) {
	c := run.Config{Model: run.AE, Latent: 1, Hidden: 1, Decoder: run.Gaussian, PixelSigma: 0.01,
		KLWeight: 0, Epochs: 1, Batch: 1, LearningRate: 1e-6}
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
}

// Start from the defaults and change what you want to see change.
func ExampleDefault() {
	config := run.Default()
	config.KLWeight = 4
	fmt.Println(config.Model, config.Latent, config.KLWeight, config.Validate())

	config.KLWeight = -1
	fmt.Println(config.Validate())
	// Output:
	// vae 2 4 <nil>
	// KLWeight is -1: it must be 0 or more, and at most 1e9 (1 is the ELBO's own weight)
}
