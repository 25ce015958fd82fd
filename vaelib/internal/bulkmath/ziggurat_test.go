package bulkmath_test

import (
	"math/rand/v2"
	"testing"

	"vaelab/vaelib/internal/bulkmath"
)

// 10 million draws pass every branch thousands of times: the tail takes about 6000 of them.
func TestNormalDrawsWhatTheLibraryDraws(t *testing.T) {
	for seed := range uint64(10) {
		g, rng := bulkmath.NewPCG(seed, 3), rand.New(rand.NewPCG(seed, 3))
		x := make([]float64, 997)
		for range 1000 {
			g = g.Normal(x)
			for i, x := range x {
				if want := rng.NormFloat64(); x != want {
					t.Fatalf("seed %d, draw %d of a list: %v, the library's is %v", seed, i, x, want)
				}
			}
		}
	}
}

func BenchmarkNormal(b *testing.B) {
	x := make([]float64, 512)
	b.Run("bulk", func(b *testing.B) {
		g := bulkmath.NewPCG(1, 2)
		for b.Loop() {
			g = g.Normal(x)
		}
	})
	b.Run("library", func(b *testing.B) {
		rng := rand.New(rand.NewPCG(1, 2))
		for b.Loop() {
			for i := range x {
				x[i] = rng.NormFloat64()
			}
		}
	})
}
