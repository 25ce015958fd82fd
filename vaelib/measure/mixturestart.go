package measure

import (
	"math"
	"math/rand/v2"

	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/floats"
)

// startMixture makes a heap around each of some centres, from the points that no other centre is nearer to, and a component of each heap.
func startMixture(p points, components int, seed uint64) (Mixture, error) {
	centres, err := spreadOut(p, components, rand.New(rand.NewPCG(seed, 0)))
	if err != nil {
		return Mixture{}, err
	}
	heaps := newSums(components, p.dim)
	of, _ := nearest(p, centres, true)
	offset := make([]float64, p.dim)
	for i, k := range of {
		floats.SubTo(offset, p.row(i), centres.row(k))
		heaps[k].add(1, offset)
	}
	at := Mixture{Components: make([]Gaussian, components)}
	for k := range components {
		at.Components[k].Mean = centres.row(k)
	}
	return at.moved(heaps)
}

// spreadOut picks centres among the points: the first at random, each other one with a probability proportional to its squared distance
// from the nearest centre so far; of several such, the one that leaves least of these distances. (The second half is the greedy k-means++,
// which seldom puts two centres into one heap.)
func spreadOut(p points, components int, rng *rand.Rand) (points, error) {
	centres := points{0, p.dim, nil}
	distance := make([]float64, p.n) // squared, from the nearest centre
	for i := range distance {
		distance[i] = 1 // the first is any
	}
	tries := 2 + int(math.Log(float64(components)))
	for centres.n < components {
		if floats.Sum(distance) == 0 {
			return centres, words.Errorf("%d components take as many different points, and there are only %d", components, centres.n)
		}
		var best []float64
		var chosen int
		for range tries {
			candidate := pick(distance, rng)
			left := make([]float64, p.n)
			for i := range left {
				left[i] = squared(p.row(i), p.row(candidate), math.Inf(1))
				if centres.n > 0 {
					left[i] = min(left[i], distance[i])
				}
			}
			if best == nil || floats.Sum(left) < floats.Sum(best) {
				best, chosen = left, candidate
			}
		}
		distance = best
		centres.data = append(centres.data, p.row(chosen)...)
		centres.n++
	}
	return centres, nil
}
