package exercise

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/kl"
)

func init() {
	type G = func(logLikelihood, z, mu, sigma float64) float64
	q := func(z, mu, sigma float64) float64 { return distuv.Normal{Mu: mu, Sigma: sigma}.LogProb(z) }
	p := distuv.UnitNormal.LogProb
	trial[G]{of: LogWeight,
		right: []answer[G]{
			{"another way: densities that are there", func(l, z, mu, sigma float64) float64 {
				return l + kl.Standard.LogProb(z) - kl.Normal{Mu: mu, Sigma: sigma}.LogProb(z)
			}, ""},
			{"gonum's densities", func(l, z, mu, sigma float64) float64 { return l + p(z) - q(z, mu, sigma) }, ""},
			{"float32", func(l, z, mu, sigma float64) float64 {
				return float64(float32(l) + float32(p(z)) - float32(q(z, mu, sigma)))
			}, ""},
		},
		wrong: []answer[G]{
			{"closed form", func(l, z, mu, sigma float64) float64 { return l - distuvKL(mu, sigma) }, "the closed form, which is an average"},
			{"exchanged", func(l, z, mu, sigma float64) float64 { return l + q(z, mu, sigma) - p(z) }, "changed places"},
			{"no posterior", func(l, z, mu, sigma float64) float64 { return p(z) + l }, "log q(z) is missing"},
			{"no prior", func(l, z, mu, sigma float64) float64 { return l - q(z, mu, sigma) }, "log p(z) is missing"},
			{"no log σ", func(l, z, mu, sigma float64) float64 {
				return l - z*z/2 + math.Pow(z-mu, 2)/(2*sigma*sigma)
			}, "log q(z) has a − log σ"},
			{"added", func(l, z, mu, sigma float64) float64 { return l + p(z) + q(z, mu, sigma) }, "log q(z) is added"},
			{"the weight itself", func(l, z, mu, sigma float64) float64 { return math.Exp(l + p(z) - q(z, mu, sigma)) }, "the weight itself"},
		}}.add()

	type I = func(logWeights []float64) float64
	mean := func(list []float64) float64 { return stat.Mean(list, nil) }
	exps := func(list []float64) []float64 {
		out := make([]float64, len(list))
		for i, a := range list {
			out[i] = math.Exp(a)
		}
		return out
	}
	trial[I]{of: ImportanceWeightedBound,
		right: []answer[I]{
			{"another way: gonum's LogSumExp", func(list []float64) float64 {
				return floats.LogSumExp(list) - math.Log(float64(len(list)))
			}, ""},
			{"the mean first", func(list []float64) float64 {
				top := floats.Max(list)
				floats.AddConst(-top, list)
				return top + math.Log(mean(exps(list)))
			}, ""},
			{"two at a time", func(list []float64) float64 {
				sum := math.Inf(-1)
				for _, a := range list {
					high, low := math.Max(a, sum), math.Min(a, sum)
					sum = high + math.Log1p(math.Exp(low-high))
				}
				return sum - math.Log(float64(len(list)))
			}, ""},
			{"float32", func(list []float64) float64 {
				top, sum := float32(slices.Max(list)), float32(0)
				for _, a := range list {
					sum += float32(math.Exp(float64(float32(a) - top)))
				}
				return float64(top + float32(math.Log(float64(sum)/float64(len(list)))))
			}, ""},
		},
		wrong: []answer[I]{
			{"mean of the logarithms", mean, "the mean of the logarithms, the ELBO"},
			{"unstable", func(list []float64) float64 { return math.Log(mean(exps(list))) }, "rounded to 0, and log 0 is −∞: take"},
			{"1/k forgotten", func(list []float64) float64 {
				top := floats.Max(list)
				floats.AddConst(-top, list)
				return top + math.Log(floats.Sum(exps(list)))
			}, "Too large by log k"},
			{"largest alone", floats.Max, "the largest log-weight alone"},
			{"sum of the logarithms", floats.Sum, "sum of the logarithms"},
			{"divided by k", func(list []float64) float64 { return floats.LogSumExp(list) / float64(len(list)) }, "k belongs under the logarithm"},
			{"not put back", func(list []float64) float64 {
				floats.AddConst(-floats.Max(list), list)
				return math.Log(mean(exps(list)))
			}, "not been put back"},
			{"no logarithm", func(list []float64) float64 { return mean(exps(list)) }, "the last logarithm is missing"},
			{"smallest taken out", func(list []float64) float64 {
				low := slices.Min(list)
				sum := 0.0
				for _, a := range list {
					sum += math.Exp(a - low)
				}
				return 2*low + math.Log(sum/float64(len(list)))
			}, "largest(a)"},
		}}.add()

	trials["RecallAtWeight4"] = func(t *testing.T) {
		tryTrend(t, RecallAtWeight4, [][]float64{{0.40, 0.08}}, []string{"falls"},
			surprised{[]string{"rises"}, "recall rises; measured, it falls"},
			surprised{[]string{"stays"}, "recall stays; measured, it falls"},
			surprised{[]string{"falls, then rises"}, "recall falls, then rises; measured"},
			surprised{[]string{"halves"}, "“halves” can't be compared"})
	}
	trials["WeightSweep"] = func(t *testing.T) {
		tryTrend(t, WeightSweep, [][]float64{{102, 35, 15.7, 6.6, 3}, {222, 224, 234, 252, 262}, {0.04, 0.45, 0.40, 0.08, 0.02}},
			[]string{"falls", "rises", "rises, then falls"},
			surprised{[]string{"rises", "rises", "rises, then falls"}, "the KL term rises; measured, it falls"},
			surprised{[]string{"falls", "falls", "rises, then falls"}, "the reconstruction term falls; measured, it rises"},
			surprised{[]string{"falls", "rises", "falls"}, "recall falls; measured, it rises, then falls"},
			surprised{[]string{"falls", "rises", "rises"}, "recall rises; measured, it rises, then falls"},
			surprised{[]string{"stays", "stays", "stays"}, "the KL term stays; measured, it falls"})
	}
}
