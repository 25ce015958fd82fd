package path

import (
	"slices"

	"vaelab/datasets"
	"vaelab/vaelib/words"
)

// sideNames are the classes of the images: on which side the obstacle is passed.
var sideNames = []string{words.Mark("on the left"), words.Mark("on the right")}

func classOf(left bool) int {
	if left {
		return 0
	}
	return 1
}

// Dataset makes images of demonstrations, Width × 1 pixels, to train on and to test on, with their sides as labels: 0 on the left, 1 on
// the right, by [Scene.Left]. Name and title are the data set's. Each demonstration must be valid; the error says which isn't, counted
// from 1, and why. Both lists need one at least.
func Dataset(name, title string, train, test []Demonstration) (datasets.Dataset, error) {
	if name == "" {
		return datasets.Dataset{}, &FieldError{"name", `""`, words.Say("a data set has a name")}
	}
	d := datasets.Dataset{Name: name, Title: title, Source: words.Say("made of demonstrations")}
	var err error
	var at int
	switch {
	case len(train) == 0:
		return datasets.Dataset{}, words.Errorf("there is no demonstration to train on: give at least 1")
	case len(test) == 0:
		return datasets.Dataset{}, words.Errorf("there is no demonstration to test on: give at least 1")
	}
	if d.Train, at, err = images(train); err != nil {
		return datasets.Dataset{}, words.Errorf("demonstration %d of %d to train on: %w", at, len(train), err)
	}
	if d.Test, at, err = images(test); err != nil {
		return datasets.Dataset{}, words.Errorf("demonstration %d of %d to test on: %w", at, len(test), err)
	}
	d.Digest = d.Fingerprint()
	return d, nil
}

// images are those of demonstrations. With an error goes the number of the one that it is about, counted from 1.
func images(shown []Demonstration) (datasets.Images, int, error) {
	set := datasets.Images{Width: Width, Height: 1, Classes: slices.Clone(sideNames)}
	for i, d := range shown {
		err := d.Validate()
		if err != nil {
			return datasets.Images{}, i + 1, err
		}
		image, _ := d.Bytes() // valid
		set.Pixels = append(set.Pixels, image...)
		set.Labels = append(set.Labels, uint8(classOf(d.Scene.Left(d.Path))))
	}
	return set, 0, nil
}

// Image is the scene as a single image of Width × 1 pixels, whose path is black: what a conditional model is given, and nothing else. The
// error is that of [Scene.Validate].
func (s Scene) Image() (datasets.Images, error) {
	image, err := s.Bytes()
	if err != nil {
		return datasets.Images{}, err
	}
	return datasets.Images{Width: Width, Height: 1, Pixels: append(image, make([]byte, Width-Given)...)}, nil
}
