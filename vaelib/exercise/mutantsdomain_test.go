package exercise

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distmv"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/kl"
)

// subject is an exercise whose solution is mutated: inputs drawn from all of its stated domain, and an oracle, another way to the
// truth than its solution, that says which mutants are still right. Neither knows the check's points and probes.
type subject struct {
	draw  func(rng *rand.Rand) formula.Inputs
	judge func(f any) check.Report
	value func(f any, in formula.Inputs) []float64
	truth func(in formula.Inputs) []float64
	lines *formula.Lines
	// listed says whether a known mistake with this diagnosis has a function's values.
	listed func(says string, same func(value func(in formula.Inputs) []float64) bool) (known, fits bool)
}

var subjects = map[string]subject{}

func addSubject[F any](e *check.Function[F], oracle F, draw func(rng *rand.Rand) formula.Inputs) {
	call := e.Formula.Call
	subjects[e.ID] = subject{
		draw:  draw,
		judge: func(f any) check.Report { return e.Judge(f.(F)) },
		value: func(f any, in formula.Inputs) []float64 { return call(f.(F), in) },
		truth: func(in formula.Inputs) []float64 { return call(oracle, in) },
		lines: e.Formula.Lines,
		listed: func(says string, same func(value func(in formula.Inputs) []float64) bool) (known, fits bool) {
			for _, m := range e.Mistakes {
				if m.Says == says {
					known = true
					fits = fits || same(func(in formula.Inputs) []float64 { return call(m.F, in) })
				}
			}
			return known, fits
		},
	}
}

func between(rng *rand.Rand, low, high float64) float64 { return low + (high-low)*rng.Float64() }

// spreadOf draws spreads evenly by their logarithm.
func spreadOf(rng *rand.Rand) float64 { return math.Exp(between(rng, math.Log(0.02), math.Log(10))) }

func manyOf(rng *rand.Rand, n int, draw func() float64) []float64 {
	list := make([]float64, n)
	for i := range list {
		list[i] = draw()
	}
	return list
}

func init() {
	muSigma := func(rng *rand.Rand) formula.Inputs {
		return formula.Of("μ", between(rng, -5, 5), "σ", spreadOf(rng))
	}
	muS := func(rng *rand.Rand) formula.Inputs {
		s := between(rng, -8, 3)
		if rng.IntN(8) == 0 {
			s = between(rng, -1000, 0)
		}
		return formula.Of("μ", between(rng, -5, 5), "s", s)
	}
	ofLogVar := func(mu, s float64) float64 { return value(kl.LogVarParts(mu, s)).Total() }
	addSubject(Reparameterise, func(m, s, e float64) float64 { return kl.Normal{Mu: m, Sigma: s}.Quantile(kl.Standard.CDF(e)) },
		func(rng *rand.Rand) formula.Inputs {
			return formula.Of("μ", between(rng, -5, 5), "σ", spreadOf(rng), "noise", between(rng, -3, 3))
		})
	addSubject(KLInOneDimension, distuvKL, muSigma)
	addSubject(SampledKL, witnessed(func(mu, s, z float64) float64 {
		return distuv.Normal{Mu: mu, Sigma: s}.LogProb(z) - distuv.UnitNormal.LogProb(z)
	}), func(rng *rand.Rand) formula.Inputs {
		mu, sigma := between(rng, -3, 3), between(rng, 0.2, 3)
		return formula.Of("μ", mu, "σ", sigma, "z", manyOf(rng, 2+rng.IntN(30), func() float64 { return mu + sigma*rng.NormFloat64() }))
	})
	lists := func(first, second string, most int, a, b func(rng *rand.Rand) float64) func(rng *rand.Rand) formula.Inputs {
		return func(rng *rand.Rand) formula.Inputs {
			n := 1 + rng.IntN(most)
			return formula.Of(first, manyOf(rng, n, func() float64 { return a(rng) }), second, manyOf(rng, n, func() float64 { return b(rng) }))
		}
	}
	means := func(rng *rand.Rand) float64 { return between(rng, -4, 4) }
	addSubject(SignError, summed(ofLogVar), lists("μ", "s", 6, means, func(rng *rand.Rand) float64 { return between(rng, -6, 3) }))
	addSubject(KLGradient, func(mu, s float64) (float64, float64) {
		v := s * s // d/dσ of a function of v = σ² is 2σ times that of v
		return mu, 2 * s * (0.5 - 0.5/v)
	}, muSigma)
	addSubject(KLInManyDimensions, summed(distuvKL), lists("μ", "σ", 20, means, spreadOf))
	addSubject(KLFromLogVar, ofLogVar, muS)
	addSubject(KLFromLogStd, func(mu, s float64) float64 { return ofLogVar(mu, 2*s) }, muS)
	addSubject(ReconstructionFromLogits, summed(func(x, l float64) float64 {
		return x*floats.LogSumExp([]float64{0, -l}) + (1-x)*floats.LogSumExp([]float64{0, l})
	}), lists("x", "l", 20, func(rng *rand.Rand) float64 { return []float64{0, 1, rng.Float64()}[rng.IntN(3)] }, func(rng *rand.Rand) float64 {
		if rng.IntN(20) == 0 {
			return between(rng, -1000, 1000)
		}
		return 3 * rng.NormFloat64()
	}))
	addSubject(GreyFloor, func(x []float64) (sum float64) {
		for _, x := range x {
			sum += stat.Entropy([]float64{x, 1 - x})
		}
		return sum
	}, func(rng *rand.Rand) formula.Inputs {
		return formula.Of("x", manyOf(rng, 1+rng.IntN(8), func() float64 { return []float64{0, 1, rng.Float64(), rng.Float64()}[rng.IntN(4)] }))
	})
	addSubject(ELBO, func(r, kl [][]float64, weight float64) float64 {
		return stat.Mean(slices.Concat(r...), nil)*float64(len(r[0])) + weight*stat.Mean(slices.Concat(kl...), nil)*float64(len(kl[0]))
	}, func(rng *rand.Rand) formula.Inputs {
		images, pixels, latent := 1+rng.IntN(6), 1+rng.IntN(12), 1+rng.IntN(6)
		var r, k [][]float64
		for range images {
			r = append(r, manyOf(rng, pixels, rng.ExpFloat64))
			k = append(k, manyOf(rng, latent, rng.ExpFloat64))
		}
		return formula.Of("reconstruction", r, "kl", k, "weight", between(rng, 0, 10))
	})
	addSubject(CodeToDecode, func(mu, s, noise float64, training bool) float64 {
		if !training {
			noise = 0
		}
		return kl.Normal{Mu: mu, Sigma: math.Sqrt(math.Exp(s))}.Quantile(kl.Standard.CDF(noise))
	}, func(rng *rand.Rand) formula.Inputs {
		return formula.Of("μ", between(rng, -5, 5), "s", between(rng, -8, 4), "noise", between(rng, -3, 3), "training", rng.IntN(2) == 0)
	})
	addSubject(EffectiveWeight, func(pixels, latent int, meanOverPixels, meanOverLatent bool) float64 {
		l := kl.Loss{Pixels: pixels, Latent: latent, Batch: 1, ErrorFactor: 1, KLFactor: 1}
		if meanOverPixels {
			l.ErrorPixels = kl.Mean
		}
		if meanOverLatent {
			l.KLLatent = kl.Mean
		}
		return value(l.Weight())
	}, func(rng *rand.Rand) formula.Inputs {
		return formula.Of("pixels", 1+rng.IntN(4000), "latent", 1+rng.IntN(300), "meanOverPixels", rng.IntN(2) == 0, "meanOverLatent", rng.IntN(2) == 0)
	})
	addSubject(HiddenWeight, func(pixels int, sigma float64) float64 {
		return value(kl.Loss{Pixels: pixels, Latent: 1, Batch: 1, Error: kl.SquaredError, Sigma: sigma, ErrorFactor: 1, ErrorPixels: kl.Mean, KLFactor: 1}.Weight())
	}, func(rng *rand.Rand) formula.Inputs {
		return formula.Of("pixels", 1+rng.IntN(20_000), "σ", between(rng, 0.05, 3))
	})
	addSubject(CollapsedUnits, func(means [][]float64) (list []int) {
		for d := range means[0] {
			var column []float64
			for _, row := range means {
				column = append(column, row[d])
			}
			if stat.Variance(column, nil) <= 0.01 {
				list = append(list, d)
			}
		}
		return list
	}, func(rng *rand.Rand) formula.Inputs {
		var means [][]float64
		for range 2 + rng.IntN(7) {
			spread, away := []float64{1, 0.5, 0.15, 0.07, 0.03, 0.01}[rng.IntN(6)], []float64{0, 0.7, -2}[rng.IntN(3)]
			column := manyOf(rng, 60, rng.NormFloat64)
			mean, deviation := stat.MeanStdDev(column, nil)
			for i, x := range column {
				column[i] = away + (x-mean)/deviation*spread
			}
			means = append(means, column)
		}
		return formula.Of("means", means)
	})
	addSubject(FreeBits, func(kl []float64, lambda float64) float64 {
		return summed(func(x, _ float64) float64 { return (x + lambda + math.Abs(x-lambda)) / 2 })(kl, kl)
	}, func(rng *rand.Rand) formula.Inputs {
		return formula.Of("kl", manyOf(rng, 1+rng.IntN(8), rng.ExpFloat64), "λ", between(rng, 0, 2))
	})
	addSubject(Annealing, func(step, warmup int) float64 {
		if step >= warmup {
			return 1
		}
		return float64(step) / float64(warmup)
	}, func(rng *rand.Rand) formula.Inputs {
		warmup := 1 + rng.IntN(1000)
		return formula.Of("step", rng.IntN(2*warmup+2), "warmup", warmup)
	})
	addSubject(LogWeight, func(l, z, mu, sigma float64) float64 {
		return l + distuv.UnitNormal.LogProb(z) - distuv.Normal{Mu: mu, Sigma: sigma}.LogProb(z)
	}, func(rng *rand.Rand) formula.Inputs {
		return formula.Of("l", between(rng, -800, 0), "z", 2*rng.NormFloat64(), "μ", between(rng, -3, 3), "σ", between(rng, 0.05, 3))
	})
	addSubject(ImportanceWeightedBound, func(list []float64) float64 { return floats.LogSumExp(list) - math.Log(float64(len(list))) },
		func(rng *rand.Rand) formula.Inputs {
			middle, spread := between(rng, -1000, 800), math.Exp(between(rng, -1, 5.5))
			return formula.Of("a", manyOf(rng, 1+rng.IntN(20), func() float64 { return middle + spread*rng.NormFloat64() }))
		})
	addSubject(LaplaceWeight, func(weight float64, numbers int, b float64) float64 {
		atOne := value(kl.Loss{Pixels: numbers, Latent: 1, Batch: 1, Error: kl.AbsoluteError, Scale: b, ErrorFactor: 1, ErrorPixels: kl.Mean, KLFactor: weight}.ELBOScale())
		return atOne / b // the β for b = 1, in units of 1/b
	}, func(rng *rand.Rand) formula.Inputs {
		return formula.Of("weight", spreadOf(rng), "numbers", 1+rng.IntN(3000), "b", spreadOf(rng))
	})
	addSubject(ChooseStyle, func(codes, clearances []float64) float64 {
		best := 0
		for i := range codes { // a density, which is above 0, beats every path that isn't clear
			one, other := scoreOf(codes[i], clearances[i]), scoreOf(codes[best], clearances[best])
			if one > other {
				best = i
			}
		}
		return codes[best]
	}, func(rng *rand.Rand) formula.Inputs {
		n, off := 1+rng.IntN(8), []float64{0, 0.1, 0.3}[rng.IntN(3)]
		clearances := manyOf(rng, n, func() float64 { return between(rng, -0.15, 0.25) - off })
		if rng.IntN(3) == 0 { // of two that touch neither is the better one
			clearances[rng.IntN(n)] = 0
		}
		return formula.Of("z", manyOf(rng, n, rng.NormFloat64), "clearance", clearances)
	})
	addSubject(FreeNats, func(nats [][]float64, lambda float64) (byDimension, byImage, byBatch float64) {
		larger := func(x, y float64) float64 { return (x + y + math.Abs(x-y)) / 2 }
		free, all := lambda*float64(len(nats[0])), 0.0
		for _, row := range nats {
			byImage += larger(floats.Sum(row), free)
			all += floats.Sum(row)
		}
		for _, column := range transposed(nats) {
			byDimension += larger(stat.Mean(column, nil), lambda)
		}
		return byDimension, byImage / float64(len(nats)), larger(all/float64(len(nats)), free)
	}, func(rng *rand.Rand) formula.Inputs {
		var nats [][]float64
		images, dims := 1+rng.IntN(6), 1+rng.IntN(6)
		for range images {
			nats = append(nats, manyOf(rng, dims, rng.ExpFloat64))
		}
		return formula.Of("images", nats, "dimensions", transposed(nats), "λ", between(rng, 0, 2))
	})
	addSubject(BalancedWeight, func(nats, prior, posterior, free float64) float64 {
		_, factor, err := kl.BatchMean.Charge([][]float64{{nats}}, free)
		return posterior * value(factor, err)[0][0]
	}, func(rng *rand.Rand) formula.Inputs {
		nats, free := between(rng, 0, 4), between(rng, 0, 4)
		if rng.IntN(6) == 0 {
			free = nats
		}
		return formula.Of("nats", nats, "prior", between(rng, 0, 2), "posterior", between(rng, 0, 2), "free", free)
	})
	addSubject(TotalCorrelation, func(v1, v2, c float64) float64 {
		cloud, ok := distmv.NewNormal([]float64{0, 0}, mat.NewSymDense(2, []float64{v1, c, c, v2}), nil)
		alone, okAlone := distmv.NewNormal([]float64{0, 0}, mat.NewSymDense(2, []float64{v1, 0, 0, v2}), nil)
		if !ok || !okAlone {
			panic("no covariance matrix")
		}
		return distmv.KullbackLeibler{}.DistNormal(cloud, alone)
	}, func(rng *rand.Rand) formula.Inputs {
		v1, v2 := spreadOf(rng), spreadOf(rng)
		return formula.Of("variance1", v1, "variance2", v2, "covariance", between(rng, -0.99, 0.99)*math.Sqrt(v1*v2))
	})
	addSubject(K3Slope, func(z, mu, sigma float64) float64 {
		q, score := distuv.Normal{Mu: mu, Sigma: sigma}, make([]float64, 2)
		q.Score(score, z)
		return -math.Expm1(distuv.UnitNormal.LogProb(z)-q.LogProb(z)) * score[0]
	}, func(rng *rand.Rand) formula.Inputs {
		mu, sigma := between(rng, -2, 2), between(rng, 0.5, 2)
		z := mu + sigma*between(rng, -2.5, 2.5)
		return formula.Of("z", z, "μ", mu, "σ", sigma, "r", distuv.UnitNormal.Prob(z)/distuv.Normal{Mu: mu, Sigma: sigma}.Prob(z))
	})
}

// scoreOf is a code's density under N(0, 1) if its path is clear, and else the clearance, which is 0 or less.
func scoreOf(z, clearance float64) float64 {
	if clearance > 0 {
		return distuv.UnitNormal.Prob(z)
	}
	return clearance
}
