package lab

import (
	"errors"
	"fmt"

	"vaelab/datasets"
)

var errEmpty = errors.New("the model is empty: make it with lab.Train (did its training fail?)")

// ready reports a model that lab.Train hasn't made: the zero Model, or none.
func (m *Model) ready() error {
	if m == nil || m.open == nil || m.engine == nil {
		return errEmpty
	}
	return nil
}

// allReady is ready of each.
func allReady(models []*Model) error {
	for _, m := range models {
		if err := m.ready(); err != nil {
			return err
		}
	}
	return nil
}

// alike reports what keeps models from being one line of a table: there are none, or they differ in more than their
// seed, so that their mean is a mean of different things.
func alike(group []*Model) error {
	if len(group) == 0 {
		return errors.New("a group has no models")
	}
	for _, m := range group {
		if err := m.ready(); err != nil {
			return err
		}
		if m.State.Epochs() == 0 {
			return fmt.Errorf("%s has not been trained: it has no losses", m.Key())
		}
		first, other := group[0].Identity, m.Identity
		if other.Seed = first.Seed; other != first {
			return fmt.Errorf("a group has models that differ in more than their seed, so they have no mean: %s and %s", group[0].Key(), m.Key())
		}
	}
	return nil
}

// trainedOn reports a model that was trained on other images than the data's, whatever they are called.
func (m *Model) trainedOn(data datasets.Dataset, fingerprint string) error {
	if m.Digest == fingerprint {
		return nil
	}
	return fmt.Errorf("%s was trained on other images than the data set %q holds now: give the data that it was trained on", m.Key(), data.Name)
}
