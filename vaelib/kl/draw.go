package kl

import (
	"math"
	"math/rand/v2"

	"vaelab/vaelib/internal/allcores"
	"vaelab/vaelib/internal/bulkmath"
	"vaelab/vaelib/words"
)

// chunkSize samples share one random stream, and blockSize of them are in hand at once (they fit a core's nearest
// cache). Both are part of what a seed means: with other sizes the same seed gives other numbers.
const (
	chunkSize = 1 << 13
	blockSize = 1 << 9
)

// block is the samples in hand and what is computed from them.
type block struct{ x, term, spare, weight []float64 }

// Estimate draws n samples and averages. The same seed gives the same estimate, to the last bit, whatever the number
// of cores: sample i comes from the stream of chunk i/8192, and chunks are combined in their order. (A processor of
// another kind may round the last bit otherwise.)
func (e Estimator) Estimate(n int, seed uint64) (Estimate, error) {
	estimates, err := e.Running([]int{n}, seed)
	if err != nil {
		return Estimate{}, err
	}
	return estimates[0], nil
}

// mostSamples keeps sums of counts within an int.
const mostSamples = 1 << 40

// Running gives the estimates after the first ns[0], ns[1], … samples of one stream, for a picture of estimate and
// band against n. Each is what Estimate gives for that n. See LogSpaced.
func (e Estimator) Running(ns []int, seed uint64) ([]Estimate, error) {
	if e.err != nil {
		return nil, e.err
	}
	if e.terms == nil {
		return nil, words.Errorf("the estimator is empty: make one with LogRatio, LowVariance, Importance or Expectation")
	}
	if len(ns) == 0 {
		return nil, words.Errorf("the list of sample counts is empty: at least one is needed")
	}
	for i, n := range ns {
		if n < 2 {
			return nil, words.Errorf("n is %d: at least 2 samples are needed to tell the spread", n)
		}
		if n > mostSamples {
			return nil, words.Errorf("n is %d: the limit is %d samples, which take hours", n, mostSamples)
		}
		if i > 0 && n < ns[i-1] {
			return nil, words.Errorf("the sample counts go down from %d to %d: list them in rising order", ns[i-1], n)
		}
	}
	// The whole chunks of the longest run serve all; each shorter run adds the beginning of its last chunk.
	whole := ns[len(ns)-1] / chunkSize
	found := make([]moments, whole+len(ns))
	allcores.With(len(found), newBlock, func(i int, b *block) {
		if i < whole {
			found[i] = e.chunk(b, seed, i, chunkSize, nil)
		} else if n := ns[i-whole]; n%chunkSize > 0 {
			found[i] = e.chunk(b, seed, n/chunkSize, n%chunkSize, nil)
		}
	})
	var sum moments
	done := 0
	estimates := make([]Estimate, len(ns))
	for i, n := range ns {
		for ; done < n/chunkSize; done++ {
			sum.add(found[done])
		}
		all := sum
		all.add(found[whole+i])
		var err error
		if estimates[i], err = all.estimate(e.weighted); err != nil {
			return nil, err
		}
	}
	return estimates, nil
}

// Terms gives the n numbers whose mean is the estimate for that n and seed, for a histogram of their spread.
func (e Estimator) Terms(n int, seed uint64) ([]float64, error) {
	if _, err := e.Estimate(n, seed); err != nil {
		return nil, err
	}
	terms := make([]float64, n)
	allcores.With((n+chunkSize-1)/chunkSize, newBlock, func(i int, b *block) {
		part := terms[i*chunkSize : min(n, (i+1)*chunkSize)]
		e.chunk(b, seed, i, len(part), part)
	})
	return terms, nil
}

// chunk sums up the first n samples of a chunk, and keeps their terms where there is room for them.
func (e Estimator) chunk(b *block, seed uint64, index, n int, keep []float64) moments {
	draw := stream(e.from, seed, uint64(index))
	var sum moments
	for n > 0 {
		size := min(n, blockSize)
		now := &block{x: b.x[:size], term: b.term[:size], spare: b.spare[:size], weight: b.weight[:size]}
		draw(now.x)
		e.terms(now)
		m := momentsOf(now.term)
		if e.weighted {
			m.weight, m.weight2 = sumsOf(now.weight)
		}
		sum.add(m)
		keep = keep[copy(keep, now.term):]
		n -= size
	}
	return sum
}

// stream draws a chunk's samples, block after block. A Normal's are those of its Sample, without a call for each.
func stream(from Sampler, seed, index uint64) func(dst []float64) {
	q, normal := from.(Normal)
	if !normal {
		rng := rand.New(rand.NewPCG(seed, index))
		return func(dst []float64) { from.Sample(dst, rng) }
	}
	g := bulkmath.NewPCG(seed, index)
	return func(dst []float64) {
		g = g.Normal(dst)
		if q != Standard {
			for i, e := range dst {
				dst[i] = q.Mu + q.Sigma*e
			}
		}
	}
}

// newBlock is a core's own room.
func newBlock() *block {
	room := make([]float64, 4*blockSize)
	return &block{room[:blockSize], room[blockSize : 2*blockSize], room[2*blockSize : 3*blockSize], room[3*blockSize:]}
}

// LogSpaced gives about count whole numbers from first to last, evenly spaced on a log axis, none twice.
func LogSpaced(first, last, count int) []int {
	if first < 1 || last < first || count < 1 {
		return nil
	}
	var ns []int
	for i := range count {
		share := 1.0
		if count > 1 {
			share = float64(i) / float64(count-1)
		}
		n := int(math.Round(math.Exp((1-share)*math.Log(float64(first)) + share*math.Log(float64(last)))))
		if len(ns) == 0 || n > ns[len(ns)-1] {
			ns = append(ns, n)
		}
	}
	return ns
}
