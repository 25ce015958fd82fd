package datasets

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
)

// Fingerprint is the SHA-256, in hex, of the images and labels as they are now: of what a run trains on and is measured
// on. Whatever is kept for a data set is kept under it, and not under the name or the Digest, which don't change when
// pixels do. It is worked out at every call, some tens of milliseconds for 70,000 images, so that it is never an old one.
func (d Dataset) Fingerprint() string {
	h := sha256.New()
	d.Train.sum(h)
	d.Test.sum(h)
	return hex.EncodeToString(h.Sum(nil))
}

// Fingerprint is the same of one part: what was computed from images is kept under it.
func (s Images) Fingerprint() string {
	h := sha256.New()
	s.sum(h)
	return hex.EncodeToString(h.Sum(nil))
}

func (s Images) sum(h hash.Hash) {
	fmt.Fprintf(h, "%d %d %d\n", s.Len(), s.Width, s.Height)
	if len(s.Labels) != s.Len() { // else where the labels end is said
		fmt.Fprintf(h, "with %d pixels and %d labels\n", len(s.Pixels), len(s.Labels))
	}
	h.Write(s.Pixels)
	h.Write(s.Labels)
}
