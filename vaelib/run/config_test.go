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
	c.Decoder = run.Laplace
	refused(t, c, "PixelSigma")
	c.PixelSigma = 0.05
	if err := c.Validate(); err != nil {
		t.Errorf("a Laplace decoder with b = 0.05: %v", err)
	}
	c.Decoder = run.Bernoulli
	c.PixelSigma = math.NaN()
	refused(t, c, "PixelSigma")
}

// What the sentences call the least and the most is taken, and the next number beyond is not.
func TestValidateTakesTheEdges(t *testing.T) {
	beyond := func(x, step float64) float64 { return math.Nextafter(x, x+step) }
	for _, c := range []struct {
		field       string
		set         func(c *run.Config, x float64)
		least, most float64
		whole       bool
	}{
		{"Latent", func(c *run.Config, x float64) { c.Latent = int(x) }, 1, 4096, true},
		{"Hidden", func(c *run.Config, x float64) { c.Hidden = int(x) }, 0, 65536, true},
		{"Epochs", func(c *run.Config, x float64) { c.Epochs = int(x) }, 1, 1e6, true},
		{"Batch", func(c *run.Config, x float64) { c.Batch = int(x) }, 1, 1e6, true},
		{"KLWeight", func(c *run.Config, x float64) { c.KLWeight = x }, 0, 1e9, false},
		{"LearningRate", func(c *run.Config, x float64) { c.LearningRate = x }, 1e-12, 1e6, false},
		{"PixelSigma", func(c *run.Config, x float64) { c.PixelSigma = x }, 1e-4, 1e4, false},
	} {
		low, high := beyond(c.least, -1), beyond(c.most, 1)
		if c.whole {
			low, high = c.least-1, c.most+1
		}
		config := run.Default()
		config.Decoder = run.Gaussian
		for _, x := range []float64{c.least, c.most} {
			c.set(&config, x)
			if err := config.Validate(); err != nil {
				t.Errorf("%s %v: %v", c.field, x, err)
			}
		}
		for _, x := range []float64{low, high} {
			c.set(&config, x)
			refused(t, config, c.field)
		}
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
