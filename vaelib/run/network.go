package run

import (
	"slices"

	"vaelab/vaelib/words"
)

// Network is the part of the settings that tells what the network computes and what its numbers mean. What only training heeds is
// nothing in it: how long, how fast and from which seed weights from elsewhere were trained, the course doesn't know. The KL weight
// is in it, since a loss is told at it.
func (c Config) Network() Config {
	return Config{Model: c.Model, Latent: c.Latent, Hidden: c.Hidden, Decoder: c.Decoder, PixelSigma: c.PixelSigma, KLWeight: c.KLWeight,
		Sigma: c.Sigma, Layers: c.Layers, Given: c.Given, Prior: c.Prior}
}

// ValidateNetwork is Validate for settings of which only [Config.Network] counts, and their fit to images of this width and height.
func (c Config) ValidateNetwork(width, height int) error {
	if width < 1 || height < 1 {
		return words.Errorf("images of %d×%d pixels are none: width and height must be 1 or more", width, height)
	}
	c = c.Network()
	c.Epochs, c.Batch, c.LearningRate = 1, 1, 1 // any that are valid
	if err := c.Validate(); err != nil {
		return err
	}
	return c.Fits(width, height)
}

// Fit reports the first array that the network of these settings needs and that isn't there, by its name, in its place and its shape.
// What stands behind them is none of the network's.
func (c Config) Fit(arrays []Array, pixels int) error { return Fit(Weights(c, pixels), arrays) }

// Fit reports the first array of a list that isn't there, by its name, in its place and its shape.
func Fit(list []Weight, arrays []Array) error {
	for i, w := range list {
		if i >= len(arrays) {
			return words.Errorf("there is no array %q, which has the shape %v", w.Name, shape(w.Dims))
		}
		if err := w.fits(arrays[i]); err != nil {
			return err
		}
	}
	return nil
}

// fits reports that an array isn't this one.
func (w Weight) fits(a Array) error {
	switch {
	case a.Name != w.Name:
		return words.Errorf("there is an array %q in the place of %q", a.Name, w.Name)
	case !slices.Equal(a.Dims, w.Dims):
		return words.Errorf("the array %q has the shape %v, and the network needs %v", w.Name, shape(a.Dims), shape(w.Dims))
	case len(a.Data) != w.Size():
		return words.Errorf("the array %q holds %d numbers, and its shape %v needs %d", w.Name, len(a.Data), shape(w.Dims), w.Size())
	}
	return nil
}

// shape writes a number's as [], not as nothing.
func shape(dims []int) []int { return append([]int{}, dims...) }
