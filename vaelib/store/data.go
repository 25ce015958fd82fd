package store

import (
	"vaelab/datasets"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Data is a data set as a run's identity knows it; make one with [Describe]. The zero Data has no images: its
// [Data.Identity] is an error with any settings.
type Data struct {
	name, digest  string
	width, height int
	train         int // images
}

// Describe looks at a data set, and reports what it lacks to be trained on. It goes by what the data set holds, whatever it
// calls itself: a learner may have cut a part out of a set that is known by another digest.
func Describe(d datasets.Dataset) (Data, error) {
	if err := trainable(d); err != nil {
		return Data{}, err
	}
	return Data{d.Name, d.Fingerprint(), d.Train.Width, d.Train.Height, d.Train.Len()}, nil
}

// Identity gives the identity of the run that is trained on the data with these settings, by the backend of that name.
// Settings that can't be trained are an error.
func (d Data) Identity(c run.Config, backend string) (run.Identity, error) {
	if err := c.Validate(); err != nil {
		return run.Identity{}, err
	}
	if c.Batch > d.train {
		return run.Identity{}, run.NewSettingError("Batch", c.Batch, words.Format("%v is %d, but there are only %d training images: choose a smaller batch"), run.Setting("Batch"), c.Batch, d.train)
	}
	if err := c.Fits(d.width, d.height); err != nil {
		return run.Identity{}, err
	}
	return run.Identity{Config: c, Backend: backend, Data: d.name, Digest: d.digest, Width: d.width, Height: d.height}, nil
}

// trainable reports what a data set lacks to be trained on.
func trainable(d datasets.Dataset) error {
	for i, set := range []datasets.Images{d.Train, d.Test} {
		name := [...]string{words.Say("training"), words.Say("test")}[i]
		fault, images := set.Validate(), set.Len()
		if len(set.Labels) > 0 {
			images = len(set.Labels) // with a pixel too few, Len is one image too few
		}
		switch {
		case fault != nil:
			return words.Errorf("the data set %q has %d pixels for %d %s images of %d×%d: %w", d.Name, len(set.Pixels), images, name, set.Width, set.Height, fault)
		case images == 0:
			return words.Errorf("the data set %q has no %s images", d.Name, name)
		case set.Width != d.Train.Width || set.Height != d.Train.Height:
			return words.Errorf("the data set %q has training images of %d×%d pixels, but test images of %d×%d",
				d.Name, d.Train.Width, d.Train.Height, set.Width, set.Height)
		}
	}
	return nil
}
