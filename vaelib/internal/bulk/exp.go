package bulk

import "math"

// pieces are the parts that each doubling is cut into.
const pieces = 2048

// powers are the bits of 2^(i/2048).
var powers = func() (p [pieces]uint64) {
	for i := range p {
		p[i] = math.Float64bits(math.Exp2(float64(i) / pieces))
	}
	return p
}()

// Exp sets dst[i] to exp(x[i]), within 1.4 units in the last place (math.Exp: 1.7). No number waits for another, so
// that a processor works on several at once. The two lists may be the same.
//
// With x = k·log 2/2048 + r it is 2^(k/2048)·eʳ: a table's entry, its exponent, and a short series (Tang 1989).
func Exp(dst, x []float64) {
	dst = dst[:len(x)]
	for i, x := range x {
		k, r := split(x)
		if k-zero+1000*pieces > 2000*pieces { // it is below 2⁻¹⁰⁰⁰ or above 2¹⁰⁰⁰, or x is no number
			dst[i] = math.Exp(x)
		} else {
			dst[i] = join(k, r)
		}
	}
}

// A number to which shift is added has no bits left for a fraction: it is rounded to a whole number k. The sum's own
// bits, read as an integer, are zero + k.
const (
	shift = 0x1.8p52
	zero  = 0x4338000000000000
)

// split gives k, with zero added, and r with |r| ≤ ½ log 2/2048.
func split(x float64) (k uint64, r float64) {
	const (
		high = 0x1.62e42fep-1 / pieces
		low  = math.Ln2/pieces - high // log 2/2048 in two parts: k times the first is exact
	)
	shifted := x*(pieces/math.Ln2) + shift
	whole := shifted - shift
	return math.Float64bits(shifted), x - whole*high - whole*low
}

// join gives 2^(k/2048)·eʳ; what is added to k shifts out. Three terms are enough: the fourth, r⁴/24, is below
// 4·10⁻¹⁷, a fifth of the last bit.
func join(k uint64, r float64) float64 {
	power := math.Float64frombits(powers[k%pieces] + k/pieces<<52)
	return power + power*(r+r*r*(1./2+r*(1./6)))
}
