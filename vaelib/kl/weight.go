package kl

import (
	"fmt"
	"math"

	"vaelab/vaelib/words"
)

// Reduction says what a loss does with an axis: add up along it, or average. The zero value is [Sum].
type Reduction int

const (
	Sum Reduction = iota
	Mean
)

// String is "sum" or "mean".
func (r Reduction) String() string {
	switch r {
	case Sum:
		return words.Say("sum")
	case Mean:
		return words.Say("mean")
	}
	return fmt.Sprintf("Reduction(%d)", int(r))
}

// ReconstructionError is what a loss measures at each pixel, or at whatever number a decoder gives. The zero value is
// [CrossEntropyError].
type ReconstructionError int

const (
	// CrossEntropyError is −x log x̂ − (1 − x) log(1 − x̂): the nats of a Bernoulli decoder.
	CrossEntropyError ReconstructionError = iota
	// SquaredError is (x − x̂)²: 2σ² times the nats of a Gaussian decoder with the spread σ, less a constant.
	SquaredError
	// AbsoluteError is |x − x̂|, the L1 loss: b times the nats |x − x̂|/b + log 2b of a Laplace decoder with the scale b, less a
	// constant.
	AbsoluteError
)

// Loss is a convention for the loss of a VAE:
//
//	ErrorFactor · reduce(pixel errors) + KLFactor · reduce(KL terms).
//
// Each reduction that averages divides its term by the length of the axis, and so changes the balance.
// The zero Loss has no pixels: [Loss.Validate] refuses it, and so does Weight.
//
// An image stands for whatever is restored: for a policy that plans 100 actions of 14 joints at a time, Pixels is 100 · 14. What
// a conditional model is only told, its context, is restored by nobody and doesn't count.
type Loss struct {
	Name string // where it is used

	Pixels, Latent, Batch int // numbers of pixels and of latent dimensions an image, and of images a batch

	Error       ReconstructionError
	Sigma       float64 // with SquaredError: the decoder's spread σ whose nats are meant, in the unit of x
	Scale       float64 // with AbsoluteError: the decoder's scale b whose nats are meant, in the unit of x
	ErrorFactor float64
	ErrorPixels Reduction // of the errors, over an image's pixels
	ErrorBatch  Reduction // of the errors, over the batch

	KLFactor float64
	KLLatent Reduction // of the KL terms, over latent dimensions
	KLBatch  Reduction // of the KL terms, over the batch
}

// Weight is the β for which the loss is a multiple of
//
//	reconstruction nats + β · KL nats,
//
// both summed over an image's pixels and dimensions and averaged over images. At β = 1 that is the negative evidence
// lower bound. The multiple acts like a learning rate; β decides what is learnt.
//
// An error that has a unit has nats only for a decoder of some width, and the weight is the one for the width that the Loss
// states: Sigma for squares, where it goes as 1/σ², and Scale for absolute errors, where it goes as 1/b. Whoever doesn't know the
// width can still ask for which one the loss is the bound: ELBOSigma, ELBOScale. A clip of the KL term (free nats; see [Clip])
// leaves the weight of what it lets through as it is.
func (l Loss) Weight() (float64, error) {
	if err := l.Validate(); err != nil {
		return 0, err
	}
	kl, nats := l.factors()
	return notOverflown(kl / nats)
}

// ELBOSigma is the σ of a Gaussian decoder for which a squared-error loss is the evidence lower bound itself,
// β = 1: a fixed σ and a KL weight are the same choice.
func (l Loss) ELBOSigma() (float64, error) {
	if l.Error != SquaredError {
		return 0, l.named(words.Errorf("%s has no σ: this is asked of a squared error", l.Error))
	}
	l.Sigma = 1
	beta, err := l.Weight()
	return math.Sqrt(beta), err
}

// ELBOScale is the b of a Laplace decoder for which an absolute-error loss is the evidence lower bound itself, β = 1, in the
// unit of x. As β goes as 1/b, it is the weight for b = 1. Data that are standardised have a spread of 1, so a b far above 1
// says: the errors are taken for noise, and hardly anything is worth a nat.
func (l Loss) ELBOScale() (float64, error) {
	if l.Error != AbsoluteError {
		return 0, l.named(words.Errorf("%s has no scale b: this is asked of an absolute error", l.Error))
	}
	l.Scale = 1
	return l.Weight()
}

// String names the error with its article, as in "a squared error".
func (e ReconstructionError) String() string {
	switch e {
	case CrossEntropyError:
		return words.Say("a cross-entropy")
	case SquaredError:
		return words.Say("a squared error")
	case AbsoluteError:
		return words.Say("an absolute error")
	}
	return fmt.Sprintf("ReconstructionError(%d)", int(e))
}

// String tells the weight, where it comes from, and for which σ or b it is.
func (l Loss) String() string {
	beta, err := l.Weight()
	if err != nil {
		return err.Error()
	}
	kl, nats := l.factors()
	text := words.Say("a nat of an image's KL term adds %.3g to the loss, a nat of its reconstruction %.3g, so β = %.4g", kl, nats, beta)
	switch l.Error {
	case SquaredError:
		text = words.Say("%s for σ = %.4g", text, l.Sigma)
	case AbsoluteError:
		text = words.Say("%s for b = %.4g", text, l.Scale)
	}
	if l.Name == "" {
		return text
	}
	return words.Say("%s: %s", l.Name, text)
}

// factors are what stands before an image's KL nats and before its reconstruction nats.
func (l Loss) factors() (kl, nats float64) {
	kl = l.KLFactor / l.KLLatent.divisor(l.Latent) / l.KLBatch.divisor(l.Batch)
	nats = l.ErrorFactor / l.ErrorPixels.divisor(l.Pixels) / l.ErrorBatch.divisor(l.Batch)
	switch l.Error {
	case SquaredError:
		nats *= 2 * l.Sigma * l.Sigma
	case AbsoluteError:
		nats *= l.Scale
	}
	return kl, nats
}

func (r Reduction) divisor(n int) float64 {
	if r == Mean {
		return float64(n)
	}
	return 1
}

// Validate reports a size, factor or spread that no loss has.
func (l Loss) Validate() error { return l.named(l.fault()) }

func (l Loss) fault() error {
	for _, size := range []struct {
		name string
		n    int
	}{{"Pixels", l.Pixels}, {"Latent", l.Latent}, {"Batch", l.Batch}} {
		if size.n < 1 {
			return words.Errorf("%s is %d: at least 1 is needed", size.name, size.n)
		}
	}
	for _, reduction := range []struct {
		name string
		r    Reduction
	}{{"ErrorPixels", l.ErrorPixels}, {"ErrorBatch", l.ErrorBatch}, {"KLLatent", l.KLLatent}, {"KLBatch", l.KLBatch}} {
		if reduction.r != Sum && reduction.r != Mean {
			return words.Errorf("%s is %d: write kl.Sum or kl.Mean", reduction.name, reduction.r)
		}
	}
	switch {
	case l.Error != CrossEntropyError && l.Error != SquaredError && l.Error != AbsoluteError:
		return words.Errorf("Error is %d: write kl.CrossEntropyError, kl.SquaredError or kl.AbsoluteError", int(l.Error))
	case !(l.ErrorFactor > 0) || math.IsInf(l.ErrorFactor, 1):
		return words.Errorf("ErrorFactor is %v: it must be positive and finite (1 if there is none)", l.ErrorFactor)
	case !(l.KLFactor >= 0) || math.IsInf(l.KLFactor, 1):
		return words.Errorf("KLFactor is %v: it must be 0 or more, and finite (1 if there is none)", l.KLFactor)
	case l.Error == SquaredError:
		return positive("Sigma", l.Sigma)
	case l.Error == AbsoluteError && (!(l.Scale > 0) || math.IsInf(l.Scale, 1)):
		return words.Errorf("Scale is %v: a Laplace decoder's b must be positive and finite (1 for the weight in units of 1/b)", l.Scale)
	}
	return nil
}

// named is an error about this loss, with its name.
func (l Loss) named(err error) error {
	if l.Name == "" || err == nil {
		return err
	}
	return words.Errorf("%s: %w", l.Name, err)
}
