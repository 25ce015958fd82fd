// Package tiny makes a data set and settings so small that a test trains in a blink.
package tiny

import (
	"math/rand/v2"

	"vaelab/datasets"
	"vaelab/vaelib/run"
)

// Side is the width and the height of the images.
const Side = 8

// Data is a set of bright bars on dark ground, with some noise: class 0 lies, class 1 stands. The first numbers of
// images are the same for each count.
func Data(train, test int) datasets.Dataset {
	return datasets.Dataset{Name: "bars", Title: "Bars", Train: bars(train, 1), Test: bars(test, 2)}
}

func bars(count int, seed uint64) datasets.Images {
	rng := rand.New(rand.NewPCG(seed, 0))
	set := datasets.Images{Width: Side, Height: Side, Classes: []string{"lying", "standing"}}
	for i := range count {
		class, at := i%2, rng.IntN(Side)
		for y := range Side {
			for x := range Side {
				grey := rng.IntN(40)
				if [...]int{y, x}[class] == at {
					grey = 255 - grey
				}
				set.Pixels = append(set.Pixels, uint8(grey))
			}
		}
		set.Labels = append(set.Labels, uint8(class))
	}
	return set
}

// Config is a VAE that fits the images.
func Config() run.Config {
	c := run.Default()
	c.Hidden, c.Batch, c.Epochs = 16, 8, 3
	return c
}
