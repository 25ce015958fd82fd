package datasets

import (
	"fmt"
	"math/rand/v2"

	"vaelab/vaelib/words"
)

// Binarisation is a rule that makes grey pixels black or white. Two rules are in use, and numbers from one can't be
// compared with numbers from the other:
//
//   - [Threshold]: white is what is nearer to white.
//   - [ByChance]: a pixel of grey value v becomes white with probability v, once and for all. (R. Salakhutdinov and
//     I. Murray, "On the Quantitative Analysis of Deep Belief Networks", 2008; their MNIST is the "statically binarised"
//     one of the literature, drawn with another generator than ours.)
//
// The zero Binarisation is that of [Threshold].
type Binarisation struct {
	chance bool
	seed   uint64
}

// Threshold makes white what is nearer to white than to black: bytes from 128 on.
func Threshold() Binarisation { return Binarisation{} }

// ByChance makes a pixel of the byte v white with probability v/255. Each seed is another data set.
func ByChance(seed uint64) Binarisation { return Binarisation{chance: true, seed: seed} }

// name is for a folder, and titled for a caption.
func (b Binarisation) name() string {
	if b.chance {
		return fmt.Sprintf("by-chance-%d", b.seed)
	}
	return "threshold"
}

func (b Binarisation) titled(grey string) string {
	if b.chance {
		return words.Say("%s, black and white by chance, seed %d", grey, b.seed)
	}
	return words.Say("%s, black and white by a threshold", grey)
}

// Binarised is a copy of the data set in black and white. On such pixels a Bernoulli decoder's reconstruction term is
// the negative logarithm of a probability; on grey ones it is not. The copy has a name, a title and a Digest of its own.
func (d Dataset) Binarised(rule Binarisation) Dataset {
	d.Name += "-" + rule.name()
	d.Title = rule.titled(d.Title)
	d.Train = rule.apply(d.Train, 0)
	d.Test = rule.apply(d.Test, 1)
	d.Digest = d.Fingerprint()
	return d
}

// apply draws for the grey pixels one after the other, so the first images are the same however many there are.
func (b Binarisation) apply(s Images, stream uint64) Images {
	grey := s.Pixels
	s.Pixels = make([]uint8, len(grey))
	rng := rand.New(rand.NewPCG(b.seed, stream))
	for i, v := range grey {
		switch {
		case v == 0 || v == 255:
			s.Pixels[i] = v
		case b.chance && rng.Uint32N(255) < uint32(v), !b.chance && v >= 128:
			s.Pixels[i] = 255
		}
	}
	return s
}

// Binary reports whether every pixel is black or white.
func (s Images) Binary() bool {
	for _, v := range s.Pixels {
		if v != 0 && v != 255 {
			return false
		}
	}
	return true
}
