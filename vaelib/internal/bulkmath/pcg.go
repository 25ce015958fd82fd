package bulkmath

import "math/bits"

// PCG is the generator of math/rand/v2's type of the same name (O'Neill 2014, PCG-DXSM), with the same numbers for
// the same seeds. It is a value, not a pointer: a loop can keep it in two registers.
type PCG struct{ hi, lo uint64 }

// NewPCG seeds a generator.
func NewPCG(seed1, seed2 uint64) PCG { return PCG{seed1, seed2} }

// step moves on: state ← state·multiplier + increment, modulo 2¹²⁸.
func (g PCG) step() PCG {
	const (
		multiplierHi, multiplierLo = 0x2360ed051fc65da4, 0x4385df649fccf645
		incrementHi, incrementLo   = 0x5851f42d4c957f2d, 0x14057b7ef767814f
	)
	hi, lo := bits.Mul64(g.lo, multiplierLo)
	hi += g.lo*multiplierHi + g.hi*multiplierLo
	lo, carry := bits.Add64(lo, incrementLo, 0)
	hi, _ = bits.Add64(hi, incrementHi, carry)
	return PCG{hi, lo}
}

// word scrambles the state into a random number: a double xorshift and multiply.
func (g PCG) word() uint64 {
	const multiplier = 0xda942042e4dd58b5
	x := (g.hi ^ g.hi>>32) * multiplier
	return (x ^ x>>48) * (g.lo | 1)
}

// float gives a number in [0, 1), of 53 random bits.
func (g PCG) float() float64 { return float64(g.word()<<11>>11) / (1 << 53) }
