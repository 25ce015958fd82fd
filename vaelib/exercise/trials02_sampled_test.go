package exercise

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

func init() {
	type S = func(mu, sigma float64, z []float64) (mean, standardError float64)
	terms := func(mu, s float64, z []float64) []float64 {
		list := make([]float64, len(z))
		for i, z := range z {
			list[i] = distuv.Normal{Mu: mu, Sigma: s}.LogProb(z) - distuv.UnitNormal.LogProb(z)
		}
		return list
	}
	trial[S]{of: SampledKL,
		right: []answer[S]{
			{"another way: gonum's standard error", func(mu, s float64, z []float64) (float64, float64) {
				m, sd := stat.MeanStdDev(terms(mu, s, z), nil)
				return m, stat.StdErr(sd, float64(len(z)))
			}, ""},
			{"by E x² − (E x)²", func(mu, s float64, z []float64) (float64, float64) {
				list, n := terms(mu, s, z), float64(len(z))
				m, m2 := floats.Sum(list)/n, floats.Dot(list, list)/n
				return m, math.Sqrt((m2 - m*m) / (n - 1))
			}, ""},
			{"float32 terms", func(mu, s float64, z []float64) (float64, float64) {
				list := terms(mu, s, z)
				for i := range list {
					list[i] = float64(float32(list[i]))
				}
				m, sd := stat.MeanStdDev(list, nil)
				return m, sd / math.Sqrt(float64(len(z)))
			}, ""},
		},
		wrong: []answer[S]{
			{"n for n − 1", func(mu, s float64, z []float64) (float64, float64) {
				m, sd := stat.PopMeanStdDev(terms(mu, s, z), nil)
				return m, sd / math.Sqrt(float64(len(z)))
			}, "divide the squared deviations by n − 1"},
			{"spread for error", func(mu, s float64, z []float64) (float64, float64) { return stat.MeanStdDev(terms(mu, s, z), nil) }, "divide it by √n"},
			{"over n", func(mu, s float64, z []float64) (float64, float64) {
				m, sd := stat.MeanStdDev(terms(mu, s, z), nil)
				return m, sd / float64(len(z))
			}, "by √n, not by n"},
			{"no root", func(mu, s float64, z []float64) (float64, float64) {
				m, v := stat.MeanVariance(terms(mu, s, z), nil)
				return m, v / float64(len(z))
			}, "take the root"},
			{"turned", func(mu, s float64, z []float64) (float64, float64) {
				m, sd := stat.MeanStdDev(terms(mu, s, z), nil)
				return -m, sd / math.Sqrt(float64(len(z)))
			}, "The sign is turned"},
			{"no log σ", func(mu, s float64, z []float64) (float64, float64) {
				list := make([]float64, len(z))
				for i, z := range z {
					list[i] = (z*z - (z-mu)*(z-mu)/s/s) / 2
				}
				m, sd := stat.MeanStdDev(list, nil)
				return m, sd / math.Sqrt(float64(len(z)))
			}, "log q(z) has a − log σ"},
			{"closed form for the mean", func(mu, s float64, z []float64) (float64, float64) {
				_, sd := stat.MeanStdDev(terms(mu, s, z), nil)
				return distuvKL(mu, s), sd / math.Sqrt(float64(len(z)))
			}, "the closed form's value"},
			{"weighed twice", func(mu, s float64, z []float64) (float64, float64) {
				list := terms(mu, s, z)
				for i := range list {
					list[i] *= distuv.Normal{Mu: mu, Sigma: s}.Prob(z[i])
				}
				m, sd := stat.MeanStdDev(list, nil)
				return m, sd / math.Sqrt(float64(len(z)))
			}, "weighed by q(z)"},
			{"median", func(mu, s float64, z []float64) (float64, float64) {
				list := terms(mu, s, z)
				_, sd := stat.MeanStdDev(list, nil)
				slices.Sort(list)
				return list[len(list)/2], sd / math.Sqrt(float64(len(z)))
			}, "Only the mean is wrong"},
			{"twice the error", func(mu, s float64, z []float64) (float64, float64) {
				m, sd := stat.MeanStdDev(terms(mu, s, z), nil)
				return m, 2 * sd / math.Sqrt(float64(len(z)))
			}, "Only the standard error is wrong: it is twice"},
		}}.add()

	type G = func(mu, sigma float64) (dMu, dSigma float64)
	trial[G]{of: KLGradient,
		right: []answer[G]{
			{"another way: the chain rule", func(mu, s float64) (float64, float64) { return mu, 0.5 * (s*s - 1) * 2 / s }, ""},
			{"one fraction", func(mu, s float64) (float64, float64) { return mu, (s*s - 1) / s }, ""},
			{"by small steps", func(mu, s float64) (float64, float64) {
				h := 1e-4 * s
				return (distuvKL(mu+h, s) - distuvKL(mu-h, s)) / (2 * h), (distuvKL(mu, s+h) - distuvKL(mu, s-h)) / (2 * h)
			}, ""},
			{"float32", func(mu, s float64) (float64, float64) {
				return float64(float32(mu)), float64(float32(s) - 1/float32(s))
			}, ""},
		},
		wrong: []answer[G]{
			{"slope for log σ²", func(mu, s float64) (float64, float64) { return mu, (s*s - 1) / 2 }, "the one for log σ²"},
			{"slope for log σ", func(mu, s float64) (float64, float64) { return mu, (s - 1) * (s + 1) }, "the one for log σ,"},
			{"slope for σ²", func(mu, s float64) (float64, float64) { return mu, 0.5 - 0.5/(s*s) }, "the variance σ²"},
			{"no logarithm", func(mu, s float64) (float64, float64) { return mu, s }, "the logarithm's part is missing"},
			{"½ missing", func(mu, s float64) (float64, float64) { return 2 * mu, 2*s - 2/s }, "is a ½ missing"},
			{"½ missing for μ", func(mu, s float64) (float64, float64) { return 2 * mu, s - 1/s }, "Only the slope for μ is wrong: it is twice"},
			{"turned", func(mu, s float64) (float64, float64) { return -mu, 1/s - s }, "has its sign turned"},
			{"turned for σ", func(mu, s float64) (float64, float64) { return mu, (1 - s*s) / s }, "above σ = 1 the fine rises"},
			{"1/σ²", func(mu, s float64) (float64, float64) { return mu, s - 1/s/s }, "not 1/σ²"},
			{"the fine itself", func(mu, s float64) (float64, float64) { return 0.5 * mu * mu, 0.5 * (s*s - math.Log(s*s)) }, "parts of the fine itself"},
		}}.add()
}
