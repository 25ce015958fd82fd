package exercise

import (
	"math"
	"testing"
)

// A check's slowest answer is a wrong one that nobody listed and that no change of the formula explains: all are tried.
func BenchmarkUnexplained(b *testing.B) {
	odd := func(list []float64) (x float64) {
		for i, y := range list {
			x += math.Sin(y + float64(i))
		}
		return x
	}
	for name, judge := range map[string]func(){
		"KLInOneDimension":         func() { KLInOneDimension.Judge(func(a, b float64) float64 { return math.Sin(a) + b }) },
		"KLFromLogVar":             func() { KLFromLogVar.Judge(func(a, b float64) float64 { return math.Sin(a) + b }) },
		"KLFromLogStd":             func() { KLFromLogStd.Judge(func(a, b float64) float64 { return math.Sin(a) + b }) },
		"KLGradient":               func() { KLGradient.Judge(func(a, b float64) (float64, float64) { return math.Sin(a) + b, a / b }) },
		"KLInManyDimensions":       func() { KLInManyDimensions.Judge(func(a, b []float64) float64 { return odd(a) - odd(b) }) },
		"SignError":                func() { SignError.Judge(func(a, b []float64) float64 { return odd(a) - odd(b) }) },
		"Reparameterise":           func() { Reparameterise.Judge(func(a, b, c float64) float64 { return math.Sin(a) + b*math.Cos(c) }) },
		"LogWeight":                func() { LogWeight.Judge(func(a, b, c, d float64) float64 { return math.Sin(a) + b*c/d }) },
		"ReconstructionFromLogits": func() { ReconstructionFromLogits.Judge(func(a, b []float64) float64 { return odd(a) - odd(b) }) },
		"GreyFloor":                func() { GreyFloor.Judge(odd) },
		"ELBO": func() {
			ELBO.Judge(func(r, kl [][]float64, weight float64) float64 { return odd(r[0]) + weight*odd(kl[0]) })
		},
		"HiddenWeight": func() { HiddenWeight.Judge(func(p int, s float64) float64 { return math.Sin(s) + float64(p) }) },
		"EffectiveWeight": func() {
			EffectiveWeight.Judge(func(p, l int, mp, ml bool) float64 { return math.Sqrt(float64(p)) + float64(l) })
		},
		"FreeBits": func() { FreeBits.Judge(func(kl []float64, l float64) float64 { return odd(kl) + l }) },
		"SampledKL": func() {
			SampledKL.Judge(func(m, s float64, z []float64) (float64, float64) { return odd(z) * s, m + odd(z) })
		},
		"ImportanceWeightedBound": func() { ImportanceWeightedBound.Judge(odd) },
		"CodeToDecode": func() {
			CodeToDecode.Judge(func(m, s, e float64, training bool) float64 { return math.Sin(m) + s*e })
		},
		"Annealing":      func() { Annealing.Judge(func(step, warmup int) float64 { return math.Sqrt(float64(step)) }) },
		"CollapsedUnits": func() { CollapsedUnits.Judge(func(means [][]float64) []int { return []int{0} }) },
		"LaplaceWeight": func() {
			LaplaceWeight.Judge(func(w float64, n int, b float64) float64 { return math.Sin(b) + w*float64(n) })
		},
		"ChooseStyle": func() {
			ChooseStyle.Judge(func(codes, clearances []float64) float64 { return odd(codes) - odd(clearances) })
		},
		"FreeNats": func() {
			FreeNats.Judge(func(nats [][]float64, l float64) (float64, float64, float64) {
				return odd(nats[0]), l + odd(nats[0]), l * odd(nats[0])
			})
		},
		"BalancedWeight": func() {
			BalancedWeight.Judge(func(nats, p, q, free float64) float64 { return math.Sin(nats) + p*q - free })
		},
		"TotalCorrelation": func() { TotalCorrelation.Judge(func(a, b, c float64) float64 { return math.Sin(a) + b*c }) },
		"K3Slope":          func() { K3Slope.Judge(func(z, m, s float64) float64 { return math.Sin(z) + m*s }) },
	} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				judge()
			}
		})
	}
}
