package bulkmath

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

// Exp2 sets dst[i] to 2 to the power of x[i], within 1.4 units in the last place (math.Exp: 1.7). No number waits for
// another, so that a processor works on several at once. The two lists may be the same.
//
// With x = k/2048 + r it is 2^(k/2048)·2ʳ: a table's entry, its exponent, and a short series (Tang 1989). For powers of
// e, r would have to be computed in two parts to be as exact: a logarithm that is to be undone is best taken in bits.
func Exp2(dst, x []float64) {
	dst = dst[:len(x)]
	for i, x := range x {
		k, r := split(x)
		if k-zero+1000*pieces > 2000*pieces { // it is below 2⁻¹⁰⁰⁰ or above 2¹⁰⁰⁰, or x is no number
			dst[i] = math.Exp2(x)
		} else {
			dst[i] = join(k, r)
		}
	}
}

// A number to which shift is added has bits left for whole 2048ths only: it is rounded to k/2048. The sum's own bits,
// read as an integer, are zero + k.
const (
	shift = 0x1.8p52 / pieces
	zero  = 0x4288000000000000
)

// split gives k, with zero added, and r with |r| ≤ ½/2048.
func split(x float64) (k uint64, r float64) {
	shifted := x + shift
	return math.Float64bits(shifted), x - (shifted - shift)
}

// join gives 2^(k/2048)·2ʳ; what is added to k shifts out. Three terms of the series are enough: the fourth,
// (r·log 2)⁴/24, is below 4·10⁻¹⁷, a fifth of the last bit.
func join(k uint64, r float64) float64 {
	const a, b, c = math.Ln2, math.Ln2 * math.Ln2 / 2, math.Ln2 * math.Ln2 * math.Ln2 / 6
	power := math.Float64frombits(powers[k%pieces] + k/pieces<<52)
	return power + power*(r*(a+r*(b+r*c)))
}
