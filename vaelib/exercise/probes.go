package exercise

import (
	"math"

	"gonum.org/v1/gonum/stat"

	"vaelab/vaelib/check/formula"
)

// The probes of formulas: they lie where terms can be told apart. So none has σ = 1 or a weight of 1, all signs occur, and lists
// have their largest element neither first nor last.

func codesToProbe(spread string, of func(float64) float64) []formula.Inputs {
	rng := seeded(31)
	return listsOf("μ", spread, func() float64 { return 1.4 * rng.NormFloat64() }, func() float64 { return of(0.7 * rng.NormFloat64()) },
		2, 3, 1, 4, 3, 5, 1, 2, 6, 2, 3, 4, 1, 5, 2)
}

func drawsToProbe() (probes []formula.Inputs) {
	rng := seeded(32)
	for _, v := range spreadsToProbe {
		probes = append(probes, formula.Of("μ", v[0], "σ", v[1], "noise", rng.NormFloat64()))
	}
	return probes
}

func weightsToProbe() (probes []formula.Inputs) {
	rng := seeded(33)
	for i, v := range spreadsToProbe {
		probes = append(probes, formula.Of("l", -float64(7*i)-3*rng.Float64(), "z", 1.5*rng.NormFloat64(), "μ", v[0], "σ", v[1]))
	}
	return probes
}

func logitsToProbe() []formula.Inputs {
	rng := seeded(34)
	grey := func() float64 { return []float64{0, 1, rng.Float64(), rng.Float64()}[rng.IntN(4)] }
	probes := listsOf("x", "l", grey, func() float64 { return 2 * rng.NormFloat64() }, 3, 1, 2, 4, 1, 5, 2, 3, 1, 6, 2, 4)
	return append(probes, formula.Of("x", []float64{0.3, 1}, "l", []float64{-900, -3}), formula.Of("x", []float64{0.3}, "l", []float64{900}))
}

func greysToProbe() (probes []formula.Inputs) {
	rng := seeded(35)
	for _, n := range []int{3, 1, 2, 4, 1, 5, 2, 3, 1, 6, 2, 4} {
		x := make([]float64, n)
		for i := range x {
			x[i] = 0.02 + 0.96*rng.Float64()
		}
		if n > 2 {
			x[rng.IntN(n)], x[rng.IntN(n)] = 0, float64(n%2)
		}
		probes = append(probes, formula.Of("x", x))
	}
	return probes
}

func batchesToProbe() (probes []formula.Inputs) {
	rng := seeded(36)
	rows := func(n, columns int) [][]float64 {
		list := make([][]float64, n)
		for i := range list {
			for range columns {
				list[i] = append(list[i], math.Abs(rng.NormFloat64()))
			}
		}
		return list
	}
	for i := range 12 {
		images, pixels, latent := 1+i%4, 2+(i*5)%7, 1+(i*3)%5
		probes = append(probes, formula.Of("reconstruction", rows(images, pixels), "kl", rows(images, latent), "weight", 0.2+3*rng.Float64()))
	}
	return probes
}

func conventionsToProbe() (probes []formula.Inputs) {
	for _, size := range [][2]int{{784, 2}, {64, 16}, {100, 3}, {12, 5}} {
		for _, mean := range [][2]bool{{true, true}, {true, false}, {false, true}, {false, false}} {
			probes = append(probes, formula.Of("pixels", size[0], "latent", size[1], "meanOverPixels", mean[0], "meanOverLatent", mean[1]))
		}
	}
	return probes
}

func freeToProbe() (probes []formula.Inputs) {
	rng := seeded(37)
	for i := range 12 {
		kl := make([]float64, 1+(i*3)%5)
		for d := range kl {
			kl[d] = 2 * rng.Float64()
		}
		probes = append(probes, formula.Of("kl", kl, "λ", []float64{0.5, 0.9, 0.3, 1.2}[i%4]))
	}
	return probes
}

func samplesToProbe() (probes []formula.Inputs) {
	rng := seeded(38)
	for i, v := range spreadsToProbe[:9] {
		probes = append(probes, formula.Of("μ", v[0], "σ", v[1], "z", normals(rng, 3+i, v[0], v[1])))
	}
	return probes
}

func boundsToProbe() (probes []formula.Inputs) {
	rng := seeded(39)
	for i := range 12 {
		probes = append(probes, formula.Of("a", normals(rng, 3+i%4, float64(i%5)-3, 1.5)))
	}
	probes = append(probes, formula.Of("a", []float64{-801, -800, -803}), formula.Of("a", []float64{890, 900, 880.5}), formula.Of("a", []float64{-2000, -5, -900}))
	return probes
}

func decodedToProbe() (probes []formula.Inputs) {
	rng := seeded(40)
	for i, v := range logsToProbe {
		probes = append(probes, formula.Of("μ", v[0], "s", v[1], "noise", rng.NormFloat64(), "training", i%4 != 1 && i%4 != 2))
	}
	return probes
}

// meansToProbe are the means of 40 images, one list for each dimension, with variances on both sides of the limit, and near it, but
// not so near that it matters whether one divides by n or by n − 1.
func meansToProbe() (probes []formula.Inputs) {
	rng := seeded(41)
	for i := range 9 {
		var means [][]float64
		for d := range 16 + i%4 {
			times := math.Pow(1.06, float64(1+rng.IntN([]int{20, 200}[d/2%2])))
			if d%2 == 1 {
				times = 1 / times
			}
			variance := 0.01 * times
			column := normals(rng, 40, 0, 1)
			mean, deviation := stat.PopMeanStdDev(column, nil)
			away := 0.7 * float64(rng.IntN(3)-1)
			for i, x := range column {
				column[i] = away + (x-mean)/deviation*math.Sqrt(variance)
			}
			means = append(means, column)
		}
		probes = append(probes, formula.Of("means", means))
	}
	return probes
}
