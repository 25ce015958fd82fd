package run

import (
	"strconv"

	"vaelab/vaelib/words"
)

// PriorRule says what the posterior is held against. "" is [StandardPrior].
type PriorRule string

const (
	// StandardPrior is N(0, I).
	StandardPrior PriorRule = ""
	// LearnedPrior is N(μ_p, σ_p²) with μ_p and σ_p of its own for each dimension, trained with the network. Where something is
	// [Config].Given they depend on it, through a hidden layer; else they are numbers.
	LearnedPrior PriorRule = "learned"
)

// Balance is KL balancing: in the place of D(q ‖ p) it puts Prior·D(sg(q) ‖ p) + Posterior·D(q ‖ sg(p)), where sg holds one side
// still. The first moves the learned prior alone, the second the posterior alone (Hafner et al. 2021, 0.8 and 0.2; 2023, 1 and 0.1).
// Free nats hold for each of the two. The zero value doesn't balance. [vaelab/vaelib/kl.Balance] has the numbers and the slopes.
type Balance struct {
	Prior     float64 `json:"prior,omitzero"`
	Posterior float64 `json:"posterior,omitzero"`
}

// Told is how many pixels of an image are coded and restored: all that aren't given.
func (c Config) Told(pixels int) int { return pixels - c.Given }

// Takes is how many numbers the decoder takes: the code's, and behind them the grey values that are given.
func (c Config) Takes() int { return c.Latent + c.Given }

// leaves reports settings that leave nothing of images of that size to be coded.
func (c Config) leaves(width, height int) error {
	if pixels := width * height; c.Given >= pixels {
		return NewSettingError("Given", c.Given, words.Format("%v is %d, but an image has only %d×%d pixels: at least one must be left to be coded"), Setting("Given"), c.Given, width, height)
	}
	return nil
}

// validateConditional is Validate's part on what this file describes.
func (c Config) validateConditional(within func(x, least, most float64) bool, bad func(Setting, any, string, ...any) error) error {
	b := c.Balance
	switch {
	case c.Given < 0 || c.Given > 1<<24:
		return bad("Given", c.Given, words.Format("%v is %d: that many first pixels of an image can't be given (0 gives none)"), c.Given)
	case c.Given > 0 && c.Linear():
		return bad("Given", c.Given, words.Format("%v is %d, but a linear network (%v 0) takes an image as one: give %v some units, or leave %v out"), c.Given, Setting("Hidden"), Setting("Hidden"), Setting("Given"))
	case c.Given > 0 && c.Layers == Convolutional:
		return bad("Given", c.Given, words.Format("%v is %d, but convolutions (%v) need a whole square: leave one of the two out"), c.Given, Setting("Layers"))
	case c.Prior != StandardPrior && c.Prior != LearnedPrior:
		return bad("Prior", c.Prior, words.Format("%v is %q: write %v, or leave it out for N(0, I)"), string(c.Prior), LearnedPrior)
	case c.Prior == LearnedPrior && c.Model != VAE:
		return bad("Prior", c.Prior, words.Format("%v is %q, but an AE has no posterior to hold against it: set %v to %v"), string(c.Prior), Setting("Model"), VAE)
	case c.Prior == LearnedPrior && c.Linear():
		return bad("Prior", c.Prior, words.Format("%v is %q, but a linear network has the prior N(0, I): give %v some units"), string(c.Prior), Setting("Hidden"))
	case b == Balance{}:
		return nil
	case !within(b.Prior, 0, 1e6) || !within(b.Posterior, 0, 1e6):
		return bad("Balance", b, words.Format("%v is %v for the prior and %v for the posterior: both must be 0 or more, and at most a million (1 and 0.1 are usual)"), b.Prior, b.Posterior)
	case c.Prior != LearnedPrior:
		return bad("Balance", b, words.Format("%v is %v for the prior and %v for the posterior, but N(0, I) can't be moved: set %v to %v, or weigh the KL term with %v"), b.Prior, b.Posterior, Setting("Prior"), LearnedPrior, Setting("KLWeight"))
	case c.Rate != (TargetRate{}):
		return bad("Balance", b, words.Format("%v is %v for the prior and %v for the posterior, which weigh the KL term, and so does %v: leave one of the two out"), b.Prior, b.Posterior, Setting("Rate"))
	}
	return nil
}

// conditionalWords are the settings of this file in a run's name.
func (c Config) conditionalWords() (parts []string) {
	if c.Given > 0 {
		parts = append(parts, "given"+strconv.Itoa(c.Given))
	}
	if c.Prior != StandardPrior {
		parts = append(parts, string(c.Prior)+"-prior")
	}
	if c.Balance != (Balance{}) {
		parts = append(parts, "balance"+strconv.FormatFloat(c.Balance.Prior, 'g', 4, 64)+"-"+strconv.FormatFloat(c.Balance.Posterior, 'g', 4, 64))
	}
	return parts
}
