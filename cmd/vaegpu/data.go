package main

import (
	"slices"

	"vaelab/datasets"
)

// data is the sample that the program holds: all of it, or an eighth.
func (r request) data() (datasets.Dataset, error) {
	d, err := datasets.Sample()
	if err == nil && r.Quick {
		d.Train, d.Test = d.Train.First(d.Train.Len()/8), d.Test.First(500)
	}
	return d, err
}

// many are n training images, the sample's again and again, and few test images.
func many(d datasets.Dataset, n int) datasets.Dataset {
	size := d.Train.Width * d.Train.Height
	times := (n + d.Train.Len() - 1) / d.Train.Len()
	d.Train.Pixels, d.Train.Labels = slices.Repeat(d.Train.Pixels, times)[:n*size], nil
	d.Test = d.Test.First(100)
	return d
}
