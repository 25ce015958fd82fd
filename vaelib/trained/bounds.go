package trained

import (
	"vaelab/datasets"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Bounds are a model's ELBO and importance-weighted bounds on some images, in nats an image. Larger is better: the ELBO
// is −(reconstruction + KL), whatever KL weight it was trained with. The zero Bounds hold none, and their
// [Reading] is none either; [BoundsOf] makes others.
type Bounds struct {
	measure.Bounds
	Reading Reading
	Caveat  string // what to print beside the numbers, or ""
}

// BoundsOf says beside the numbers what they are bounds on.
func BoundsOf(b measure.Bounds, decoder run.Likelihood, set datasets.Images) Bounds {
	reading := ReadingOf(decoder, set)
	return Bounds{Bounds: b, Reading: reading, Caveat: reading.Caveat()}
}

// Reading says what a model's log p(x|z) is the logarithm of, and so what its ELBO and every other bound are bounds on.
// The zero Reading, "", is none of those below, and has no caveat.
type Reading string

const (
	// LogProbability is that of a Bernoulli decoder on black-and-white pixels.
	LogProbability Reading = "log-probability"
	// LogDensity is that of a Gaussian or a Laplace decoder.
	LogDensity Reading = "log-density"
	// CrossEntropy is that of a Bernoulli decoder on grey pixels: the logarithm of nothing.
	CrossEntropy Reading = "negative cross-entropy"
)

// ReadingOf says what the decoder's log p(x|z) of such images is.
func ReadingOf(decoder run.Likelihood, set datasets.Images) Reading {
	switch {
	case decoder == run.Gaussian || decoder == run.Laplace:
		return LogDensity
	case set.Binary():
		return LogProbability
	}
	return CrossEntropy
}

// String is what the reading is called in the language that is spoken.
func (r Reading) String() string {
	switch r {
	case LogProbability:
		return words.Say("log-probability")
	case LogDensity:
		return words.Say("log-density")
	case CrossEntropy:
		return words.Say("negative cross-entropy")
	}
	return string(r)
}

// Caveat is what to print beside a number: empty for a log-probability, which needs none.
func (r Reading) Caveat() string {
	switch r {
	case CrossEntropy:
		return words.Say("Not a log-likelihood: the pixels are grey, but a Bernoulli decoder gives probabilities to black and white only. " +
			"Compare it with models on the same pixels and the same decoder, and with nothing in the literature. " +
			"On a binarised data set it would be a log-likelihood.")
	case LogDensity:
		return words.Say("A log-density of grey values from 0 to 1, not a log-probability: it may be above 0, it changes with the pixels’ scale, " +
			"and with a small σ it grows without limit. Compare it with other densities at this scale only.")
	}
	return ""
}
