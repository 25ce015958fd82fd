package run

import (
	"math"

	"vaelab/vaelib/words"
)

// Kind says which of the two models a run trains. "" is neither: [Config.Validate] refuses it.
type Kind string

const (
	// VAE encodes an image as a Gaussian N(μ, σ²) over codes and samples from it.
	VAE Kind = "vae"
	// AE encodes an image as one point: the same network, with no spread and no KL term.
	AE Kind = "ae"
)

// Likelihood names the decoder's distribution over pixels, and so the unit of the reconstruction term. "" is none:
// [Config.Validate] refuses it.
type Likelihood string

const (
	// Bernoulli reads each output as the probability of a white pixel; grey pixels count as probabilities.
	Bernoulli Likelihood = "bernoulli"
	// Gaussian reads each output as the mean of a normal distribution. Its spread σ is Config.PixelSigma, or what the
	// [SigmaRule] makes of it.
	Gaussian Likelihood = "gaussian"
	// Laplace reads each output as the median of a Laplace distribution, whose scale b is Config.PixelSigma: its nats are the
	// absolute error over b, and a constant (L1, as robots' policies are trained with).
	Laplace Likelihood = "laplace"
)

// Config is everything that a learner chooses about a run. Start from [Default] and change what you want to see
// change: every field is part of the run's key, so a changed number trains anew and an unchanged one loads. The zero Config
// names no model: [Config.Validate] refuses it with a [*SettingError].
type Config struct {
	Model        Kind       `json:"model"`
	Latent       int        `json:"latent"`        // dimensions of the code
	Hidden       int        `json:"hidden"`        // width of the one hidden layer on each side; 0: none, a linear network
	Decoder      Likelihood `json:"decoder"`       // distribution of a pixel given the code
	PixelSigma   float64    `json:"pixel_sigma"`   // a Gaussian decoder's σ, or where a learned σ starts; a Laplace decoder's b; else ignored
	KLWeight     float64    `json:"kl_weight"`     // β, the number that multiplies the KL term; 1 is the ELBO's own weight
	Epochs       int        `json:"epochs"`        // passes over the training images
	Batch        int        `json:"batch"`         // images a step
	LearningRate float64    `json:"learning_rate"` // Adam's
	Seed         uint64     `json:"seed"`          // of the weights, the shuffling and the noise

	// What follows is nothing in most runs, and then no part of the key, so that older runs keep theirs.

	Schedule Schedule `json:"schedule,omitzero"` // how the KL weight gets to KLWeight: Linear, Cyclic, or at once
	// FreeBits is λ, in nats: less than that is charged as that, so what codes less than λ saves nothing by coding less. What it
	// is that has λ free, says FreeOver: each dimension, each image, or the batch's mean. 0: none.
	FreeBits float64    `json:"free_bits,omitzero"`
	FreeOver Clip       `json:"free_over,omitzero"`
	Rate     TargetRate `json:"rate,omitzero"`   // the KL term to aim at, instead of weighing it; not the learning rate
	Sigma    SigmaRule  `json:"sigma,omitzero"`  // where a Gaussian decoder's σ comes from: fixed, learned, optimal
	Decay    Decay      `json:"decay,omitzero"`  // how the learning rate ends
	Layers   Layers     `json:"layers,omitzero"` // what stands between pixels and hidden layer: nothing, or convolutions
	// Given is how many of an image's first pixels are given to the encoder, the decoder and a learned prior: a condition. Only the
	// others are coded and restored, and only they cost nats. 0: none.
	Given   int       `json:"given,omitzero"`
	Prior   PriorRule `json:"prior,omitzero"`   // what the posterior is held against: N(0, I), or a prior that is learned
	Balance Balance   `json:"balance,omitzero"` // weighs the KL term's pull at a learned prior and at the posterior apart
}

// Default is the course's starting point: a VAE with a two-dimensional code that can be drawn as a map.
func Default() Config {
	return Config{
		Model:        VAE,
		Latent:       2,
		Hidden:       400,
		Decoder:      Bernoulli,
		PixelSigma:   0.1,
		KLWeight:     1,
		Epochs:       15,
		Batch:        128,
		LearningRate: 1e-3,
		Seed:         1,
	}
}

// Validate reports the first value that can't train, in a sentence that says what would: a [*SettingError].
func (c Config) Validate() error {
	// The bounds keep every number, and what is computed from it, within float32.
	within := func(x, least, most float64) bool { return x >= least && x <= most } // false for NaN
	bad := func(setting Setting, value any, format string, args ...any) error {
		return NewSettingError(setting, value, format, append([]any{setting}, args...)...)
	}
	switch {
	case c.Model != VAE && c.Model != AE:
		return bad("Model", c.Model, words.Format("%v is %q: write %v or %v"), string(c.Model), VAE, AE)
	case c.Latent < 1 || c.Latent > 4096:
		return bad("Latent", c.Latent, words.Format("%v is %d: a code needs between 1 and 4096 dimensions"), c.Latent)
	case c.Hidden < 0 || c.Hidden > 65536:
		return bad("Hidden", c.Hidden, words.Format("%v is %d: the hidden layer needs between 1 and 65536 units, or 0 for a linear network without one"), c.Hidden)
	case c.Decoder != Bernoulli && c.Decoder != Gaussian && c.Decoder != Laplace:
		return bad("Decoder", c.Decoder, words.Format("%v is %q: write %v, %v or %v"), string(c.Decoder), Bernoulli, Gaussian, Laplace)
	case c.Linear() && c.Decoder != Gaussian:
		return bad("Hidden", c.Hidden, words.Format("%v is 0: a linear network needs the Gaussian decoder, whose mean may be any number; set %v to %v"), Setting("Decoder"), Gaussian)
	case c.Decoder != Bernoulli && !within(c.PixelSigma, 1e-4, 1e4):
		return bad("PixelSigma", c.PixelSigma, words.Format("%v is %v: with %v, a pixel needs a spread between 0.0001 and 10000"), c.PixelSigma, c.Decoder)
	case math.IsNaN(c.PixelSigma) || math.IsInf(c.PixelSigma, 0):
		return bad("PixelSigma", c.PixelSigma, words.Format("%v is %v: it must be a number, even where the Bernoulli decoder ignores it"), c.PixelSigma)
	case !within(c.KLWeight, 0, 1e9):
		return bad("KLWeight", c.KLWeight, words.Format("%v is %v: it must be 0 or more, and at most 1e9 (1 is the ELBO's own weight)"), c.KLWeight)
	case c.Epochs < 1 || c.Epochs > 1_000_000:
		return bad("Epochs", c.Epochs, words.Format("%v is %d: train for at least 1 epoch (and at most a million)"), c.Epochs)
	case c.Batch < 1 || c.Batch > 1_000_000:
		return bad("Batch", c.Batch, words.Format("%v is %d: a step needs at least 1 image (and at most a million)"), c.Batch)
	case !within(c.LearningRate, 1e-12, 1e6):
		return bad("LearningRate", c.LearningRate, words.Format("%v is %v: it must be above 0, between 1e-12 and 1e6 (0.001 is a good start)"), c.LearningRate)
	}
	for _, err := range []error{c.validateLayers(bad), c.validateSchedule(within, bad), c.validateConditional(within, bad)} {
		if err != nil {
			return err
		}
	}
	return nil
}
