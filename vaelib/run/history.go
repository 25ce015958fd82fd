package run

import "time"

// Terms are a model's loss and its two parts over a set of images, in nats an image: summed over pixels and
// over latent dimensions, averaged over images. Loss = Reconstruction + KLWeight × KL, unless the learner
// wrote another loss; the parts are then still measured the same way.
//
// That holds under a schedule, with free bits and with a [TargetRate] too: KL is the true KL term, and the weight is the
// final one, [Config].KLWeight, from the first epoch on, though a target rate trains without it. So Losses can be
// compared between runs with the same data, decoder and KLWeight and the course's own loss, whatever their schedules. What
// training makes small at a step may be another number. How good a model is on new images, its Terms over the test
// images tell.
//
// The zero Terms are 0 nats each: a sum begins with them.
type Terms struct {
	Loss           float64 `json:"loss"`
	Reconstruction float64 `json:"reconstruction"`
	KL             float64 `json:"kl"`
}

// Plus adds term by term.
func (t Terms) Plus(u Terms) Terms {
	return Terms{t.Loss + u.Loss, t.Reconstruction + u.Reconstruction, t.KL + u.KL}
}

// Over divides each term by n.
func (t Terms) Over(n int) Terms {
	k := float64(n)
	return Terms{t.Loss / k, t.Reconstruction / k, t.KL / k}
}

// Epoch is one line of a run's history. The zero Epoch, number 0, is none: what [Run.Last] gives of an empty history.
type Epoch struct {
	Epoch   int     `json:"epoch"` // counted from 1
	Seconds float64 `json:"seconds"`
	Train   Terms   `json:"train"` // mean over the epoch's steps, while the weights were moving
	Test    Terms   `json:"test"`  // after the epoch, on the test images
}

// Progress is what an observer of a training run is told, several times an epoch. An observer may keep it, but must not
// change its History: the training goes on using that list. The zero Progress is of no run. It has no epochs to train,
// and so it is Done.
type Progress struct {
	Config  Config
	Backend string // in words: "XLA on the CPU"
	Data    string // in words: "Fashion-MNIST sample, 10,000 images"

	Step, Steps int // training steps done, and in all
	Elapsed     time.Duration
	Left        time.Duration // estimate; 0 while nothing is known yet
	History     []Epoch       // finished epochs
	Now         Terms         // running mean of the epoch under way
	Waiting     bool          // another process trains this run, and this one waits for it
}

// Done reports whether the last epoch has been trained and measured.
func (p Progress) Done() bool { return len(p.History) >= p.Config.Epochs }
