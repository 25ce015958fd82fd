package lab

import (
	"vaelab/datasets"
	"vaelab/vaelib/engine"
	"vaelab/vaelib/store"
	"vaelab/vaelib/words"
)

// Load gives the model whose finished run lies in a folder, whichever settings it has: also one whose weights came from elsewhere.
// The data must be those that the run names.
func Load(dir string, data datasets.Dataset) (*Model, error) {
	e, err := computes()
	if err != nil {
		return nil, err
	}
	return LoadOn(e, dir, data)
}

// LoadOn is Load on an engine of your own.
func LoadOn(e engine.Engine, dir string, data datasets.Dataset) (*Model, error) {
	if e == nil {
		return nil, words.Errorf("there is no engine to compute on: it is nil")
	}
	r, err := store.Open(dir)
	if err != nil {
		return nil, err
	}
	if r.State.Epochs() < r.Epochs {
		return nil, words.Errorf("the run in %s has been trained for %d of %d epochs: train it to its end first", dir, r.State.Epochs(), r.Epochs)
	}
	if r.Digest != data.Fingerprint() {
		return nil, words.Errorf("the run in %s belongs to the data set %q, and not to the images that %q holds now: give it its own", dir, r.Data, data.Name)
	}
	return ready(e, r, data, true), nil
}
