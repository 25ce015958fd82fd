package study

import (
	"vaelab/datasets"
	"vaelab/vaelib/run"
	"vaelab/vaelib/trained"
	"vaelab/vaelib/words"
)

// Subject is a model that is studied: its run, the data that it was trained on, and the network. The zero Subject is nobody:
// every study answers it with an error. Several goroutines may use one as far as its Network may be shared: that of
// [vaelab/vaelib/inference.Open] serves one at a time.
type Subject struct {
	Run     run.Run
	Data    datasets.Dataset
	Network trained.Coder
}

var errNobody = words.Errorf("a model is empty: give one that has been trained")

// ready reports a subject that can't be asked.
func (s Subject) ready() error {
	if s.Network == nil {
		return errNobody
	}
	return nil
}

// Alike reports what keeps models from being one line of a table: there are none, or they differ in more than their
// seed, so that their mean is a mean of different things.
func Alike(runs []run.Run) error {
	if len(runs) == 0 {
		return words.Errorf("a group has no models")
	}
	for _, r := range runs {
		if r.State.Epochs() == 0 {
			return words.Errorf("%s has not been trained: it has no losses", r.Key())
		}
		first, other := runs[0], r.Identity
		if other.Seed = first.Seed; other != first.Identity {
			return words.Errorf("a group has models that differ in more than their seed, so they have no mean: %s and %s", first.Key(), r.Key())
		}
	}
	return nil
}

// runsOf are the subjects' runs.
func runsOf(group []Subject) (runs []run.Run) {
	for _, s := range group {
		runs = append(runs, s.Run)
	}
	return runs
}

// trainedOn reports a model that was trained on other images than the data's, whatever they are called.
func (s Subject) trainedOn(data datasets.Dataset, fingerprint string) error {
	if s.Run.Digest == fingerprint {
		return nil
	}
	return words.Errorf("%s was trained on other images than the data set %q holds now: give the data that it was trained on", s.Run.Key(), data.Name)
}
