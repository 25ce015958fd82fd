package run

import "vaelab/vaelib/words"

// Run is a finished run: who it is, where it lies, how it went, and its weights. The zero Run is none: it has no epoch
// and no weights.
type Run struct {
	Identity
	Dir   string
	State State
	By    string   // what trained it, in words, where that isn't the backend that it was asked for; else ""
	Notes []string // what a reader should know: a damaged state passed over, a run gone on with
}

// Whole reports a run that lacks weights of its network's, or has others in their place.
func (r Run) Whole() error {
	if len(r.State.Arrays) == 0 {
		return words.Errorf("the run in %s holds no trained weights: train it first", r.Dir)
	}
	if err := r.Config.Fit(r.State.Arrays, r.Width*r.Height); err != nil {
		return words.Errorf("the state of the run in %s isn't one of its settings: %w", r.Dir, err)
	}
	return nil
}

// Last is the run's last epoch: its final losses.
func (r Run) Last() Epoch {
	if len(r.State.History) == 0 {
		return Epoch{}
	}
	return r.State.History[len(r.State.History)-1]
}
