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

func scalesToProbe() (probes []formula.Inputs) {
	for _, at := range []struct {
		weight  float64
		numbers int
		b       float64
	}{{10, 1400, 0.1}, {2, 49, 0.3}, {0.3, 784, 2}, {7, 3, 0.7}, {0.05, 100, 0.2}, {1.7, 16, 3}, {12, 5, 1.7}, {0.4, 1400, 0.6}, {3, 64, 0.04}} {
		probes = append(probes, formula.Of("weight", at.weight, "numbers", at.numbers, "b", at.b))
	}
	return probes
}

// stylesToProbe are codes of both signs. The best is neither the first nor the last, and seldom the one that another rule takes.
func stylesToProbe() (probes []formula.Inputs) {
	rng := seeded(42)
	for i := range 36 {
		n := 4 + i%4
		clearances := make([]float64, n)
		for k := range clearances {
			clearances[k] = 0.3*rng.Float64() - []float64{0.15, 0.1, 0.31, -0.02}[i%4]
		}
		if i%5 == 4 {
			clearances[rng.IntN(n)] = 0
		}
		probes = append(probes, formula.Of("z", normals(rng, n, 0, []float64{1.3, 0.7, 2.4}[i%3]), "clearance", clearances))
	}
	return probes
}

// clipsToProbe are batches as tables of their images and of their dimensions: a formula adds up along the one or the other. What is
// free lies below all sums, among them, and above them by far.
func clipsToProbe() (probes []formula.Inputs) {
	rng := seeded(43)
	for i := range 18 {
		images := make([][]float64, 1+(i+1)%4)
		for k := range images {
			for d := range 1 + (i*3)%5 {
				images[k] = append(images[k], float64(1+i%4)*rng.Float64()*[]float64{1, 3, 0.5, 2, 0.8}[(d+i)%5]/[]float64{1, 9, 2}[(k+i)%3])
			}
		}
		probes = append(probes, formula.Of("images", images, "dimensions", transposed(images), "λ", []float64{0.05, 0.4, 0.9, 2.2, 3.5}[i%5]))
	}
	return probes
}

func balancesToProbe() (probes []formula.Inputs) {
	for _, at := range [][4]float64{{2, 1, 0.1, 0.9}, {0.5, 1.2, 0.1, 0.8}, {2, 0.7, 0.3, 2}, {8, 0.8, 0.2, 0}, {3.1, 0.5, 0.4, 1.3}, {4.5, 0.4, 2, 3}, {0.5, 0.4, 2, 3},
		{18, 1.4, 1.1, 3}, {1.1, 0.9, 0.6, 1.2}, {8, 0.3, 0.7, 8}, {1.9, 2.3, 1.7, 1.8}, {0.2, 0.6, 1.3, 0.1}} {
		probes = append(probes, formula.Of("nats", at[0], "prior", at[1], "posterior", at[2], "free", at[3]))
	}
	return probes
}

func cloudsToProbe() (probes []formula.Inputs) {
	rng := seeded(44)
	for i := range 12 {
		v1, v2 := math.Exp(1.2*rng.NormFloat64()), math.Exp(1.2*rng.NormFloat64())
		rho := 0.2 + 0.75*rng.Float64()
		probes = append(probes, formula.Of("variance1", v1, "variance2", v2, "covariance", rho*math.Sqrt(v1*v2)*float64(1-2*(i%2))))
	}
	return probes
}

func heldToProbe() (probes []formula.Inputs) {
	rng := seeded(45)
	for _, v := range spreadsToProbe {
		mu, sigma := v[0]/2, 0.5+v[1]/2
		z := mu + sigma*rng.NormFloat64()
		probes = append(probes, formula.Of("z", z, "μ", mu, "σ", sigma, "r", ratioAt(z, mu, sigma)))
	}
	return probes
}
