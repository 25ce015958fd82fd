package measure

import "math"

// together is how many queries are compared with one candidate while it is in the nearest cache.
const together = 32

// squared is |a − b|², or some number above limit where |a − b|² is above it: the sum stops there. PCA features have
// their widest directions first, so most sums stop after a few terms.
//
// It subtracts before it squares. The usual |a|² + |b|² − 2ab would let a matrix product do the work, but rounds
// the distance between equal pictures to something else than 0.
func squared(a, b []float64, limit float64) float64 {
	sum := 0.0
	for len(a) >= 8 && len(b) >= 8 {
		d0, d1, d2, d3 := a[0]-b[0], a[1]-b[1], a[2]-b[2], a[3]-b[3]
		d4, d5, d6, d7 := a[4]-b[4], a[5]-b[5], a[6]-b[6], a[7]-b[7]
		sum += (d0*d0 + d1*d1) + (d2*d2 + d3*d3) + ((d4*d4 + d5*d5) + (d6*d6 + d7*d7))
		if sum > limit {
			return sum
		}
		a, b = a[8:], b[8:]
	}
	b = b[:len(a)]
	for i, x := range a {
		d := x - b[i]
		sum += d * d
	}
	return sum
}

// kth gives each point's squared distance to its k-th nearest other point.
func kth(p points, k int) []float64 {
	out := make([]float64, p.n)
	blocks(p.n, together, func(first, end int) {
		nearest := make([]float64, (end-first)*k) // for each query the k smallest so far, in rising order
		for i := range nearest {
			nearest[i] = math.Inf(1)
		}
		for j := range p.n {
			candidate := p.row(j)
			for i := first; i < end; i++ {
				if i == j {
					continue
				}
				best := nearest[(i-first)*k : (i-first+1)*k]
				if d := squared(p.row(i), candidate, best[k-1]); d < best[k-1] {
					insert(best, d)
				}
			}
		}
		for i := first; i < end; i++ {
			out[i] = nearest[(i-first+1)*k-1]
		}
	})
	return out
}

// insert puts d in its place in a rising list, whose last number falls out.
func insert(rising []float64, d float64) {
	i := len(rising) - 1
	for ; i > 0 && rising[i-1] > d; i-- {
		rising[i] = rising[i-1]
	}
	rising[i] = d
}

// nearest gives for each query the index of the nearest candidate, the first of those equally near, and the squared
// distance. With itself false, candidate i is not considered for query i.
func nearest(queries, candidates points, itself bool) (index []int, distance []float64) {
	index, distance = make([]int, queries.n), make([]float64, queries.n)
	blocks(queries.n, together, func(first, end int) {
		for i := first; i < end; i++ {
			distance[i] = math.Inf(1)
		}
		for j := range candidates.n {
			candidate := candidates.row(j)
			for i := first; i < end; i++ {
				if i == j && !itself {
					continue
				}
				if d := squared(queries.row(i), candidate, distance[i]); d < distance[i] {
					index[i], distance[i] = j, d
				}
			}
		}
	})
	return index, distance
}
