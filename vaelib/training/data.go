package training

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"vaelab/datasets"
)

// whole reports what a data set lacks to be trained on.
func whole(d datasets.Dataset) error {
	for i, set := range []datasets.Images{d.Train, d.Test} {
		name := [...]string{"training", "test"}[i]
		switch {
		case set.Len() == 0:
			return fmt.Errorf("the data set %q has no %s images", d.Name, name)
		case set.Width < 1 || set.Height < 1 || len(set.Pixels) != set.Len()*set.Width*set.Height:
			return fmt.Errorf("the data set %q has %d pixels for %d %s images of %d×%d", d.Name, len(set.Pixels), set.Len(), name, set.Width, set.Height)
		case set.Width != d.Train.Width || set.Height != d.Train.Height:
			return fmt.Errorf("the data set %q has training images of %d×%d pixels, but test images of %d×%d",
				d.Name, d.Train.Width, d.Train.Height, set.Width, set.Height)
		}
	}
	return nil
}

// digest is the SHA-256 of the images and labels that are trained on and tested on. It is taken of what the job
// really holds, since a learner may have cut a part out of a data set that is known by another sum.
func digest(d datasets.Dataset) string {
	h := sha256.New()
	for _, set := range []datasets.Images{d.Train, d.Test} {
		fmt.Fprintf(h, "%d %d %d\n", set.Len(), set.Width, set.Height)
		h.Write(set.Pixels)
		h.Write(set.Labels)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func pixels(d datasets.Dataset) int { return d.Train.Width * d.Train.Height }
