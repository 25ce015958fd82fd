package bulkmath_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"vaelab/vaelib/internal/bulkmath"
)

// exact is 2ˣ with 200 bits: e^(x·log 2/2¹⁶), by its series, squared 16 times.
func exact(x float64) *big.Float {
	number := func() *big.Float { return new(big.Float).SetPrec(200) }
	small, _ := number().SetString("0.69314718055994530941723212145817656807550013436025525412068000949")
	small.Mul(small, number().SetFloat64(x)).SetMantExp(small, -16)
	sum := number().SetInt64(1)
	for n := int64(20); n > 0; n-- {
		sum.Mul(sum, small).Quo(sum, number().SetInt64(n)).Add(sum, number().SetInt64(1))
	}
	for range 16 {
		sum.Mul(sum, sum)
	}
	return sum
}

// ulps is how far y is from the exact value, in units of its last place.
func ulps(y float64, want *big.Float) float64 {
	size, _ := want.Float64()
	off, _ := new(big.Float).Sub(new(big.Float).SetPrec(200).SetFloat64(y), want).Float64()
	return math.Abs(off) / (math.Nextafter(size, math.Inf(1)) - size)
}

func TestExp2IsRightToTheLastPlaces(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, reach := range []float64{1e-9, 1e-3, 0.7, 5, 50, 999} {
		x := make([]float64, 5000)
		for i := range x {
			x[i] = (2*rng.Float64() - 1) * reach
		}
		y := make([]float64, len(x))
		bulkmath.Exp2(y, x)
		for i, y := range y {
			if off := ulps(y, exact(x[i])); off > 1.4 {
				t.Errorf("2^%v = %v is %.2f units in the last place off", x[i], y, off)
			}
		}
	}
}

func TestExp2IsTheLibrarysWhereItOverflows(t *testing.T) {
	x := []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 1e300, -1e300, math.MaxFloat64, 5e-324}
	for e := 999.0; e < 1080; e += 0.125 { // on both sides of where the table ends, of overflow and of underflow
		x = append(x, e, -e)
	}
	y := make([]float64, len(x))
	bulkmath.Exp2(y, x)
	for i, y := range y {
		want := math.Exp2(x[i])
		if same := y == want || math.IsNaN(y) && math.IsNaN(want); !same && !(math.Abs(y/want-1) < 1e-15) {
			t.Errorf("2^%v = %v, the library's is %v", x[i], y, want)
		}
	}
	bulkmath.Exp2(x, x) // in place
	for i := range x {
		if x[i] != y[i] && !math.IsNaN(y[i]) {
			t.Errorf("in place it is %v, not %v", x[i], y[i])
		}
	}
}

func BenchmarkExp2(b *testing.B) {
	x, y := make([]float64, 512), make([]float64, 512)
	bulkmath.NewPCG(1, 2).Normal(x)
	b.Run("bulk", func(b *testing.B) {
		for b.Loop() {
			bulkmath.Exp2(y, x)
		}
	})
	b.Run("library", func(b *testing.B) {
		for b.Loop() {
			for i, x := range x {
				y[i] = math.Exp2(x)
			}
		}
	})
}
