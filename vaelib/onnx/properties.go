package onnx

import (
	"encoding/json"
	"math"
	"strconv"

	"vaelab/vaelib"
	"vaelab/vaelib/run"
)

// property is a line of a model's metadata. What is kept in a file is in English, whatever is spoken.
type property struct{ key, value string }

// properties tell where a model comes from and what its numbers mean. All of a run's models have the same.
func properties(r run.Run) (list []property, err error) {
	settings, err := json.Marshal(r.Config)
	if err != nil {
		return nil, err
	}
	add := func(key, value string) {
		if value != "" {
			list = append(list, property{key, value})
		}
	}
	number := func(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
	add("vaelab_version", vaelib.Version)
	add("run", r.Key())
	add("settings", string(settings))
	add("data", r.Data)
	add("data_sha256", r.Digest)
	add("width", strconv.Itoa(r.Width))
	add("height", strconv.Itoa(r.Height))
	add("backend", r.Backend)
	add("own_loss", r.Identity.Loss)
	add("weights_sha256", r.Weights)
	add("images", "float32 [batch, width·height], grey values from 0 (black) to 1 (white), row by row from the top left")
	add("layout", "dense weights are [in, out], y = x·W + b; convolutions' are in ONNX's order, maps are channels first")
	add("prior", priorOf(r.Config))
	if r.Given > 0 {
		add("given", strconv.Itoa(r.Given)+": so many first pixels of a picture are given, and not coded")
	}
	switch sigma, scale := spread(r); {
	case sigma > 0:
		add("pixel_sigma", number(sigma))
	case scale > 0:
		add("pixel_scale", number(scale))
	}
	if r.State.Epochs() > 0 {
		test := r.Last().Test
		add("epochs", strconv.Itoa(r.State.Epochs()))
		add("test_loss", number(test.Loss))
		add("test_reconstruction", number(test.Reconstruction))
		add("test_kl", number(test.KL))
		add("loss_units", "nats an image: summed over pixels or dimensions, mean over test images; test_loss = test_reconstruction + kl_weight · test_kl, but for an own loss")
	}
	return list, nil
}

// priorOf says which distribution codes are drawn from.
func priorOf(c run.Config) string {
	switch {
	case c.Model == run.AE:
		return ""
	case c.Prior == run.LearnedPrior:
		return "learned: a Gaussian with the mean and log_variance that prior.onnx gives"
	}
	return "N(0, I)"
}

// spread is σ of a Gaussian decoder, the one that was learned where one was, or the scale of a Laplace distribution.
func spread(r run.Run) (sigma, scale float64) {
	switch {
	case r.Decoder == run.Laplace:
		return 0, r.PixelSigma
	case r.Decoder != run.Gaussian:
		return 0, 0
	case r.Sigma == run.FixedSigma:
		return r.PixelSigma, 0
	}
	for _, a := range r.State.Arrays {
		if a.Name == run.LogSigma {
			return math.Exp(float64(a.Data[0])), 0
		}
	}
	return 0, 0 // Fit has refused it
}
