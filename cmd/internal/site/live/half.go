package live

import "math"

// half rounds to a float of 16 bits (IEEE 754 binary16), to the nearest, ties to even. What is too large becomes ∞.
func half(x float32) uint16 {
	bits := math.Float32bits(x)
	sign := uint16(bits >> 16 & 0x8000)
	exponent := int(bits>>23&0xFF) - 127
	switch {
	case exponent == 128 && bits&0x7FFFFF != 0: // not a number
		return sign | 0x7E00
	case exponent > 15:
		return sign | 0x7C00
	case exponent < -25:
		return sign
	}
	fraction, drop := bits&0x7FFFFF|0x800000, uint(13)
	if exponent < -14 { // too small to begin with a 1
		drop += uint(-14 - exponent)
		exponent = -15
	} else {
		fraction &^= 0x800000
	}
	whole := uint32(exponent+15)<<10 + fraction>>drop
	rest, middle := fraction&(1<<drop-1), uint32(1)<<(drop-1)
	if rest > middle || rest == middle && whole&1 == 1 {
		whole++ // it may carry into the exponent, which is right
	}
	return sign | uint16(whole)
}

// float is a half as a float of 32 bits, exactly.
func float(h uint16) float32 {
	sign, exponent, fraction := uint32(h&0x8000)<<16, uint32(h>>10&0x1F), uint32(h&0x3FF)
	switch {
	case exponent == 0x1F:
		return math.Float32frombits(sign | 0x7F800000 | fraction<<13)
	case exponent == 0:
		x := float32(fraction) * (1.0 / (1 << 24))
		return math.Float32frombits(math.Float32bits(x) | sign)
	}
	return math.Float32frombits(sign | (exponent+112)<<23 | fraction<<13)
}
