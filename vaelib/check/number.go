package check

import (
	"math"
)

// Tolerance is how far a right value may be off: Absolute + Relative·|true value|. In a [Function] the zero Tolerance stands
// for the usual one, Relative 1e-4 and Absolute 2e-6, which lets float32 pass and no mistake.
type Tolerance struct{ Relative, Absolute float64 }

var usual = Tolerance{Relative: 1e-4, Absolute: 2e-6}

func (t Tolerance) near(got, want float64) bool {
	if got == want || math.IsNaN(got) && math.IsNaN(want) {
		return true
	}
	if math.IsNaN(got) || math.IsInf(got, 0) || math.IsNaN(want) || math.IsInf(want, 0) {
		return false
	}
	return math.Abs(got-want) <= t.Absolute+t.Relative*math.Abs(want)
}

func (t Tolerance) allNear(got, want []float64) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range got {
		if !t.near(got[i], want[i]) {
			return false
		}
	}
	return true
}

// Finite reports whether a number is neither infinite nor NaN.
func Finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
