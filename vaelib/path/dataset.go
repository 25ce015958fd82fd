package path

import (
	"fmt"
	"slices"

	"vaelab/datasets"
)

// sideNames are the classes of the images: on which side the obstacle is passed.
var sideNames = []string{"left", "right"}

func classOf(left bool) int {
	if left {
		return 0
	}
	return 1
}

// Dataset makes images of demonstrations, Width × 1 pixels, to train on and to test on, with their sides as labels: 0 left, 1 right, by
// [Scene.Left]. Name and title are the data set's. Each demonstration must be valid; the error says which isn't,
// counted from 1, and why. Both lists need one at least.
func Dataset(name, title string, train, test []Demonstration) (datasets.Dataset, error) {
	if name == "" {
		return datasets.Dataset{}, &FieldError{"name", `""`, "a data set has a name"}
	}
	d := datasets.Dataset{Name: name, Title: title, Source: "made of demonstrations"}
	var err error
	if d.Train, err = images("train", train); err != nil {
		return datasets.Dataset{}, err
	}
	if d.Test, err = images("test", test); err != nil {
		return datasets.Dataset{}, err
	}
	d.Digest = d.Fingerprint()
	return d, nil
}

func images(to string, shown []Demonstration) (datasets.Images, error) {
	if len(shown) == 0 {
		return datasets.Images{}, fmt.Errorf("there is no demonstration to %s on: give at least 1", to)
	}
	set := datasets.Images{Width: Width, Height: 1, Classes: slices.Clone(sideNames)}
	for i, d := range shown {
		err := d.Validate()
		if err != nil {
			return datasets.Images{}, fmt.Errorf("demonstration %d of %d to %s on: %w", i+1, len(shown), to, err)
		}
		image, _ := d.Bytes() // valid
		set.Pixels = append(set.Pixels, image...)
		set.Labels = append(set.Labels, uint8(classOf(d.Scene.Left(d.Path))))
	}
	return set, nil
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
