package kl_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"vaelab/vaelib/kl"
)

// The estimators draw a million samples an operation, on one core and on all. The same work in NumPy, in blocks that
// fit a cache (numpy.random.Generator(PCG64), q and p as in the benchmark, term.mean() and term.std(ddof=1)), is the
// peer to compare with: in turns, on one machine.
func BenchmarkEstimators(b *testing.B) {
	const n = 1_000_000
	q := kl.Normal{Mu: 1, Sigma: 0.9}
	for _, c := range []struct {
		name      string
		estimator kl.Estimator
	}{
		{"LogRatio", kl.LogRatio(q, kl.Standard)},
		{"LowVariance", kl.LowVariance(q, kl.Standard)},
		{"Importance", kl.Importance(q, kl.Standard, kl.Normal{Mu: 0.5, Sigma: 1.5})},
	} {
		for _, cores := range []int{1, runtime.NumCPU()} {
			b.Run(fmt.Sprintf("%s/cores=%d", c.name, cores), func(b *testing.B) {
				defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
				for i := 0; b.Loop(); i++ {
					if _, err := c.estimator.Estimate(n, uint64(i)); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds()/1e6, "Msamples/s")
			})
		}
	}
}

func BenchmarkNormalSample(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	x := make([]float64, 512)
	for b.Loop() {
		kl.Standard.Sample(x, rng)
	}
	b.ReportMetric(512*float64(b.N)/b.Elapsed().Seconds()/1e6, "Msamples/s")
}
