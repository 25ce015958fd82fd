package run

import (
	"math"
	"strconv"

	"vaelab/vaelib/words"
)

// Schedule says how the KL weight comes to [Config].KLWeight. The zero value is a constant weight. Make one with [Linear]
// or [Cyclic]; [Config.WeightAt] gives its values.
type Schedule struct {
	Epochs float64 `json:"epochs,omitzero"` // of Linear: how long the weight rises
	Cycles int     `json:"cycles,omitzero"` // of Cyclic: how often it starts from 0
	Share  float64 `json:"share,omitzero"`  // of Cyclic: the part of each cycle in which it rises
}

// Linear lets the KL weight rise from 0 to Config.KLWeight over the first epochs, in a straight line, and stay there:
// annealing against collapse (Bowman et al. 2016; the straight line as in Fu et al. 2019).
func Linear(epochs float64) Schedule { return Schedule{Epochs: epochs} }

// Cyclic lets the KL weight start from 0 several times: each cycle takes the same part of the run, rises in a straight
// line for the given share of its steps, and stays at Config.KLWeight for the rest (Fu et al. 2019, whose choice is 4
// cycles and a share of 0.5). Cyclic(1, r) is Linear(r·Epochs).
func Cyclic(cycles int, share float64) Schedule { return Schedule{Cycles: cycles, Share: share} }

// TargetRate asks for a KL term of so many nats, instead of weighing it. The loss is reconstruction + Pull·|KL − C|. Here KL
// is the batch's mean, and C the target: it rises from 0 to Nats in a straight line over the first Epochs, and stays there
// (the capacity of Burgess et al. 2018). The zero value asks for no target.
//
// The target is met by any Pull above the KL weight that would lead to the same KL term. More than that is of no use and
// does harm: the steps then answer to the sign of KL − C and to little else, and the reconstruction term stays larger.
type TargetRate struct {
	Nats   float64 `json:"nats,omitzero"`   // the target in the end, an image
	Epochs float64 `json:"epochs,omitzero"` // how long the target rises; 0: it is Nats from the first step on
	Pull   float64 `json:"pull,omitzero"`   // γ, nats of loss for a nat off the target
}

// Clip says what it is that has [Config].FreeBits free: where the clip stands. "" is [EachDimension]. The same λ is another loss at
// each place: 16 dimensions with 1 nat each are charged 16 nats together, as is an image with 16, but only in the first can no
// dimension take another one's share.
type Clip string

const (
	// EachDimension puts Σ_j max(λ, KL_j) in the KL term's place, KL_j the batch's mean KL of dimension j (Kingma et al. 2016).
	EachDimension Clip = ""
	// EachImage puts max(λ, KL) in its place, KL that of an image, summed over its dimensions (Ha & Schmidhuber 2018, World Models,
	// with λ = 0.5 for each of 32 dimensions).
	EachImage Clip = "image"
	// BatchMean puts max(λ, KL) in its place, KL the batch's mean: images that code much leave others free to code nothing
	// (Hafner et al. 2020, Dreamer, with λ = 3).
	BatchMean Clip = "batch"
)

// SigmaRule says where a Gaussian decoder's σ comes from. One σ serves all pixels. "" is [FixedSigma].
type SigmaRule string

const (
	// FixedSigma is Config.PixelSigma, from the first step to the last. 1/σ² weighs the squared error, and so the KL
	// term against it: it is a KL weight in hiding.
	FixedSigma SigmaRule = ""
	// LearnedSigma trains log σ like any weight; it starts from Config.PixelSigma (Dai & Wipf 2019; Rybkin et al. 2021).
	LearnedSigma SigmaRule = "learned"
	// OptimalSigma takes in each step the σ that fits the batch best, σ² = its mean squared error, which has a closed form
	// (Rybkin et al. 2021, optimal σ-VAE). A running mean of these σ² is kept beside the weights, for test images.
	OptimalSigma SigmaRule = "optimal"
)

// Decay says how the learning rate ends. "" is [NoDecay].
type Decay string

const (
	// NoDecay keeps the learning rate: the weights go on trembling in the noise of batches and samples.
	NoDecay Decay = ""
	// LinearDecay lets the learning rate fall to 0 in a straight line over the whole run.
	LinearDecay Decay = "linear"
	// CosineDecay lets it fall to 0 along half a cosine (Loshchilov & Hutter 2017).
	CosineDecay Decay = "cosine"
)

// WeightAt is the KL weight of a step, counted from 0, of a run of so many steps in all. A run of no steps is at its end.
func (c Config) WeightAt(step, steps int) float64 {
	s := c.Schedule
	switch {
	case s.Cycles > 0 && steps > 0:
		place := float64(step*s.Cycles%steps) / float64(steps) // in the cycle, from 0 up to 1
		return c.KLWeight * math.Min(1, place/s.Share)
	case s.Epochs > 0:
		return c.KLWeight * c.risen(s.Epochs, step, steps)
	}
	return c.KLWeight
}

// TargetAt is the KL term that a step is pulled to, in nats an image.
func (c Config) TargetAt(step, steps int) float64 {
	if c.Rate.Epochs == 0 {
		return c.Rate.Nats
	}
	return c.Rate.Nats * c.risen(c.Rate.Epochs, step, steps)
}

// risen goes from 0 to 1 over the first epochs.
func (c Config) risen(epochs float64, step, steps int) float64 {
	return math.Min(1, done(step, steps)*float64(c.Epochs)/epochs)
}

// done is the share of a run's steps before this one: all of none.
func done(step, steps int) float64 {
	if steps < 1 {
		return 1
	}
	return float64(step) / float64(steps)
}

// LearningRateAt is the learning rate of a step.
func (c Config) LearningRateAt(step, steps int) float64 {
	t := done(step, steps)
	switch c.Decay {
	case LinearDecay:
		return c.LearningRate * (1 - t)
	case CosineDecay:
		return c.LearningRate * (1 + math.Cos(math.Pi*t)) / 2
	}
	return c.LearningRate
}

// validateSchedule is Validate's part on what this file describes.
func (c Config) validateSchedule(within func(x, least, most float64) bool, bad func(Setting, any, string, ...any) error) error {
	s, r := c.Schedule, c.Rate
	cyclic := s.Cycles != 0 || s.Share != 0
	switch {
	case s != Linear(s.Epochs) && s != Cyclic(s.Cycles, s.Share):
		return bad("Schedule", s, words.Format("%v is %v epochs and %d cycles with a share of %v: write for example %v or %v"), s.Epochs, s.Cycles, s.Share, Linear(5), Cyclic(4, 0.5))
	case cyclic && (s.Cycles < 1 || s.Cycles > c.Epochs):
		return bad("Schedule", s, words.Format("%v is %v: there must be 1 cycle or more, and no more cycles than epochs (%d)"), s, c.Epochs)
	case cyclic && !within(s.Share, 1e-6, 1):
		return bad("Schedule", s, words.Format("%v is %v: the weight must rise in a share of each cycle above 0 and at most 1, such as %v"), s, Cyclic(4, 0.5))
	case !cyclic && s.Epochs != 0 && !within(s.Epochs, 1e-6, float64(c.Epochs)):
		return bad("Schedule", s, words.Format("%v is %v: the weight must rise over more than 0 epochs, and at most the run's %d, or it never gets to %v"), s, c.Epochs, Setting("KLWeight"))
	case !within(c.FreeBits, 0, 1e6):
		return bad("FreeBits", c.FreeBits, words.Format("%v is %v: the free nats must be 0 or more, and at most a million (for each dimension, 0.1 to 2 are usual)"), c.FreeBits)
	case c.FreeOver != EachDimension && c.FreeOver != EachImage && c.FreeOver != BatchMean:
		return bad("FreeOver", c.FreeOver, words.Format("%v is %q: write %v or %v, or leave it out for each dimension"), string(c.FreeOver), EachImage, BatchMean)
	case c.FreeOver != EachDimension && c.FreeBits == 0:
		return bad("FreeOver", c.FreeOver, words.Format("%v is %q, but nothing is free: set %v, too"), string(c.FreeOver), Setting("FreeBits"))
	case r != (TargetRate{}) && !within(r.Nats, 0, 1e6):
		return bad("Rate", r, words.Format("%v is %v nats: the target of the KL term must be 0 or more, and at most a million"), r.Nats)
	case r != (TargetRate{}) && !within(r.Pull, 1e-6, 1e6):
		return bad("Rate", r, words.Format("%v is %v nats with a pull of %v: the pull must be above 0, and at most a million (10 is a good start)"), r.Nats, r.Pull)
	case r != (TargetRate{}) && !within(r.Epochs, 0, float64(c.Epochs)):
		return bad("Rate", r, words.Format("%v is %v nats after %v epochs: the target must be reached within the run's %d"), r.Nats, r.Epochs, c.Epochs)
	case r != (TargetRate{}) && (s != (Schedule{}) || c.FreeBits != 0):
		return bad("Rate", r, words.Format("%v is %v nats, which takes the place of the KL weight: leave %v and %v out"), r.Nats, Setting("Schedule"), Setting("FreeBits"))
	case c.Sigma != FixedSigma && c.Sigma != LearnedSigma && c.Sigma != OptimalSigma:
		return bad("Sigma", c.Sigma, words.Format("%v is %q: write %v or %v, or leave it out"), string(c.Sigma), LearnedSigma, OptimalSigma)
	case c.Sigma != FixedSigma && c.Decoder != Gaussian:
		return bad("Sigma", c.Sigma, words.Format("%v is %q, but only a Gaussian decoder has a spread: set %v to %v"), string(c.Sigma), Setting("Decoder"), Gaussian)
	case c.Decay != NoDecay && c.Decay != LinearDecay && c.Decay != CosineDecay:
		return bad("Decay", c.Decay, words.Format("%v is %q: write %v or %v, or leave it out"), string(c.Decay), LinearDecay, CosineDecay)
	}
	return nil
}

// Scheduled reports whether the loss in training is another one than reconstruction + KLWeight × KL, at least for a
// time. The terms that are reported are these two all the same.
func (c Config) Scheduled() bool {
	return c.Schedule != Schedule{} || c.FreeBits != 0 || c.Rate != TargetRate{} || c.Balance != Balance{}
}

// Linear reports whether the network has no hidden layer. It needs the Gaussian decoder, and package [vaelab/vaelib/exact]
// knows the best weights of such a VAE, in closed form, for a KLWeight above 0, without FreeBits or Rate.
func (c Config) Linear() bool { return c.Hidden == 0 }

// scheduleWords are the settings of this file in a run's name.
func (c Config) scheduleWords() (parts []string) {
	short := func(x float64) string { return strconv.FormatFloat(x, 'g', 4, 64) }
	if c.Schedule.Epochs > 0 {
		parts = append(parts, "linear"+short(c.Schedule.Epochs))
	}
	if c.Schedule.Cycles > 0 {
		parts = append(parts, "cyclic"+strconv.Itoa(c.Schedule.Cycles))
	}
	if c.FreeBits > 0 {
		parts = append(parts, "free"+short(c.FreeBits)+string(c.FreeOver))
	}
	if c.Rate != (TargetRate{}) {
		parts = append(parts, "rate"+short(c.Rate.Nats))
	}
	if c.Sigma != FixedSigma {
		parts = append(parts, string(c.Sigma)+"-sigma")
	}
	return parts
}

// Aim says in words what becomes of the KL term in training: "KL weight 4", or what a schedule makes of it.
func (c Config) Aim() string {
	short := func(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
	aim := words.Say("KL weight %s", short(c.KLWeight))
	switch {
	case c.Rate != (TargetRate{}):
		aim = words.Say("KL aimed at %s nats", short(c.Rate.Nats))
	case c.Schedule.Cycles > 0:
		aim = words.Say("KL weight %s in %d cycles", short(c.KLWeight), c.Schedule.Cycles)
	case c.Schedule.Epochs > 0:
		aim = words.Say("KL weight %s after %s epochs", short(c.KLWeight), short(c.Schedule.Epochs))
	}
	and := func(more string) { aim = words.Say("%s, %s", aim, more) }
	switch nats := short(c.FreeBits); {
	case !(c.FreeBits > 0):
	case c.FreeOver == EachImage:
		and(words.Say("%s free nats an image", nats))
	case c.FreeOver == BatchMean:
		and(words.Say("%s free nats on average", nats))
	default:
		and(words.Say("%s free nats", nats))
	}
	switch c.Sigma {
	case LearnedSigma:
		and(words.Say("learned σ"))
	case OptimalSigma:
		and(words.Say("optimal σ"))
	}
	switch {
	case c.Balance != (Balance{}):
		and(words.Say("learned prior pulled %s : %s", short(c.Balance.Prior), short(c.Balance.Posterior)))
	case c.Prior == LearnedPrior:
		and(words.Say("learned prior"))
	}
	return aim
}
