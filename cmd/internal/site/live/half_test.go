package live

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestHalvesAreExactFloats: each of the 65,536 is the float that the standard says, and rounds to itself.
func TestHalvesAreExactFloats(t *testing.T) {
	for h := range 1 << 16 {
		sign, exponent, fraction := 1-2*float64(h>>15), h>>10&0x1F, float64(h&0x3FF)
		want := sign * math.Ldexp(1+fraction/1024, exponent-15)
		switch exponent {
		case 0:
			want = sign * math.Ldexp(fraction/1024, -14)
		case 31:
			want = sign * math.Inf(1)
			if fraction > 0 {
				want = math.NaN()
			}
		}
		got := float(uint16(h))
		if math.IsNaN(want) {
			if !math.IsNaN(float64(got)) || !math.IsNaN(float64(float(half(got)))) {
				t.Fatalf("%#04x is %g, want a NaN that stays one", h, got)
			}
			continue
		}
		if float64(got) != want || math.Signbit(float64(got)) != (h>>15 == 1) {
			t.Fatalf("%#04x is %g, want %g", h, got, want)
		}
		if half(got) != uint16(h) {
			t.Fatalf("%g is rounded to %#04x, want %#04x", got, half(got), h)
		}
	}
}

// TestHalfIsTheNearest: no other half is nearer, and of two that are as near it is the even one.
func TestHalfIsTheNearest(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	numbers := []float32{0, 65504, 65519.99, 65520, 1e9, 6e-8, 2.9802322e-08, 2.98024e-08, 1e-30, 1 + 1.0/2048, 1 + 3.0/2048, float32(math.Inf(1))}
	for range 200_000 {
		numbers = append(numbers, float32(math.Ldexp(rng.Float64(), rng.IntN(48)-30)))
	}
	for _, x := range numbers {
		got := half(x)
		if -float(got) != float(half(-x)) {
			t.Fatalf("%g and its negative are rounded to %g and %g", x, float(got), float(half(-x)))
		}
		if x >= 65520 {
			if got != 0x7C00 {
				t.Fatalf("%g is rounded to %#04x, want +∞", x, got)
			}
			continue
		}
		off := func(h uint16) float64 { return math.Abs(float64(float(h)) - float64(x)) }
		for _, other := range []uint16{got - 1, got + 1} {
			if other > 0x7C00 { // below zero, or not a number
				continue
			}
			far := off(other)
			if other == 0x7C00 {
				far = 65536 - float64(x) // as the standard rounds to ∞
			}
			if far < off(got) || far == off(got) && got&1 == 1 {
				t.Fatalf("%g is rounded to %g, though %g is nearer, or even", x, float(got), float(other))
			}
		}
	}
}
