package measure

import (
	"math/rand/v2"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

// FarShare is the share of the prior's mass that lies far from every code even where codes are spread as the prior is.
const FarShare = 0.05

// Holes says how much of the prior N(0, I) a decoder has never been near to: who draws a code there asks it for
// something that it has not learnt.
type Holes struct {
	// Share of the prior's mass that lies farther than Distance from every code; sampled, with its standard error for
	// these codes. FarShare (0.05) is as good as it gets, 1 is nothing but hole.
	Share    kl.Estimate
	Distance float64
}

// FindHoles draws from the prior and looks how far the nearest code is. The codes are those of an AE, or of a VAE one
// draw from each posterior (see Draw), since its decoder learns from draws and not from means.
//
// How far is far? Not a fixed distance: among n points, near neighbours lie close together in 2 dimensions and far
// apart in 16. Nor a multiple of a typical distance: twice the distance is 4 times the area in 2 dimensions and 65,536
// times the volume in 16, where draws hardly differ in how far away their nearest neighbour is. So the prior itself is
// the yardstick. Distance is Spacing(n, dim, FarShare): if the n codes were draws from the prior, 5% of new draws would be
// farther than that from all of them, whatever n and the dimension are. What is above 5% is what the codes leave out.
//
// As n is part of the yardstick, compare models by the codes of the same images. The same seed gives the same result.
func FindHoles(codes [][]float64, draws int, seed uint64) (Holes, error) {
	c, err := pack(words.Mark("codes"), codes, 1)
	if err != nil {
		return Holes{}, err
	}
	if draws < 2 {
		return Holes{}, words.Errorf("draws is %d: at least 2 are needed to tell a standard error, and some thousands for a small one", draws)
	}
	if err := fits(words.Mark("draws"), draws, c.dim); err != nil {
		return Holes{}, err
	}
	t, err := Spacing(c.n, c.dim, FarShare)
	if err != nil {
		return Holes{}, err
	}
	z := prior(draws, c.dim, seed)
	far := make([]float64, draws)
	blocks(draws, together, func(first, end int) {
		for i := first; i < end; i++ {
			far[i] = 1
		}
		for j := range c.n {
			code := c.row(j)
			for i := first; i < end; i++ {
				if far[i] == 1 && squared(z.row(i), code, t*t) <= t*t {
					far[i] = 0
				}
			}
		}
	})
	share, err := Mean(far)
	return Holes{Share: share, Distance: t}, err
}

// prior draws n points from N(0, I).
func prior(n, dim int, seed uint64) points {
	rng := rand.New(rand.NewPCG(seed, 0))
	p := newPoints(n, dim)
	for i := range p.data {
		p.data[i] = rng.NormFloat64()
	}
	return p
}
