package datasets

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"
)

// A binarised set's digest names its rule and not its pixels, and runs are kept under it. So the pixels that a rule gives
// may never change: other ones need a rule of another name.
func TestBinarisedPixelsStay(t *testing.T) {
	grey := openSample(t)
	for name, c := range map[string]struct {
		rule        Binarisation
		train, test string
	}{
		"threshold": {Threshold(), "d9586fdc7ba68b4a1e53ed0fff979534", "83714ffe3651d58a87af4ac64c3e0224"},
		"by chance": {ByChance(1), "dc31fbb2ea4cf0909d7447e3b21b7c61", "b1d8b0c7c65abc4894e7b0a05be830dd"},
	} {
		data := grey.Binarised(c.rule)
		for part, sums := range map[string][2]string{"train": {sum(data.Train.Pixels), c.train}, "test": {sum(data.Test.Pixels), c.test}} {
			if sums[0] != sums[1] {
				t.Errorf("%s: the pixels to %s have the SHA-256 %s, want %s", name, part, sums[0], sums[1])
			}
		}
	}
}

// sum is the first half of a SHA-256.
func sum(pixels []uint8) string {
	all := sha256.Sum256(pixels)
	return hex.EncodeToString(all[:16])
}
