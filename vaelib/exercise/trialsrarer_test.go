package exercise

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

type (
	ofNumbers = func(a, b float64) float64
	ofLists   = func(a, b []float64) float64
)

// summed makes a function of lists of one of numbers, as a learner's loop does.
func summed(f ofNumbers) ofLists {
	return func(a, b []float64) (sum float64) {
		for i := range a {
			sum += f(a[i], b[i])
		}
		return sum
	}
}

// witnessed is the mean of terms over the draws, and its standard error.
func witnessed(term func(mu, s, z float64) float64) sampledKL {
	return func(mu, s float64, z []float64) (float64, float64) {
		list := make([]float64, len(z))
		for i, z := range z {
			list[i] = term(mu, s, z)
		}
		m, sd := stat.MeanStdDev(list, nil)
		return m, stat.StdErr(sd, float64(len(z)))
	}
}

// inTraining is a code that is right for restoring.
func inTraining(f func(mu, s, noise float64) float64) code {
	return func(mu, s, noise float64, training bool) float64 {
		if training {
			return f(mu, s, noise)
		}
		return mu
	}
}

// rarer are wrong answers beside those of an exercise's trial, by its name: with them each known mistake is met by an
// answer that somebody wrote apart from it.
var rarer = map[string]any{
	"KLInOneDimension": []answer[ofNumbers]{
		{"a square forgotten", func(mu, s float64) float64 { return (mu*mu+s-1)/2 - math.Log(s) }, "the first σ wants a square"},
		{"+1", func(mu, s float64) float64 { return distuvKL(mu, s) + 1 }, "+1 stands where −1 belongs"},
		{"+ log", func(mu, s float64) float64 { return (mu*mu+s*s-1)/2 + math.Log(s) }, "the logarithm's sign is turned"},
		{"½ for σ alone", func(mu, s float64) float64 { return distuvKL(0, s) + mu*mu }, "the ½ reaches the σ part alone"},
		{"no σ", func(mu, s float64) float64 { return distuvKL(mu, 1) }, "the price of the spread is missing"},
		{"|μ|", func(mu, s float64) float64 { return distuvKL(math.Sqrt(math.Abs(mu)), s) }, "not an absolute value"},
	},
	"KLFromLogVar": []answer[ofNumbers]{
		{"2s taken off", func(mu, s float64) float64 { return (mu*mu+math.Expm1(s))/2 - s }, "log σ² is s, not 2s"},
		{"s/2 taken off", func(mu, s float64) float64 { return (mu*mu + math.Expm1(s) - 0.5*s) / 2 }, "log σ² is s, not s/2"},
		{"e²ˢ", func(mu, s float64) float64 { σ2 := math.Exp(s) * math.Exp(s); return (mu*mu + σ2 - 1 - s) / 2 }, "σ² is eˢ, not e²ˢ"},
		{"−1 missing", func(mu, s float64) float64 { return (mu*mu + math.Exp(s) - s) / 2 }, "the −1 is missing"},
	},
	"KLFromLogStd": []answer[ofNumbers]{
		{"doubled twice", func(mu, s float64) float64 { return solveKLFromLogVar(mu, 4*s) }, "s has been doubled twice"},
		{"exp forgotten", func(mu, s float64) float64 { return distuvKL(mu, math.Abs(s)) }, "s is taken for σ"},
	},
	"KLInManyDimensions": []answer[ofLists]{
		{"−1 missing", summed(func(mu, s float64) float64 { return (mu*mu+s*s)/2 - math.Log(s) }), "the −1 is missing"},
		{"log σ", summed(func(mu, s float64) float64 { return (mu*mu + s*s - 1 - math.Log(s)) / 2 }), "log σ stands where log σ² belongs"},
		{"σ as variance", summed(func(mu, s float64) float64 { return distuvKL(mu, math.Sqrt(s)) }), "sigma is taken for the variances"},
	},
	"SignError": []answer[ofLists]{
		{"only σ² turned", summed(func(mu, s float64) float64 { return (1 + s - mu*mu + math.Exp(s)) / 2 }), "σ² counts the right way"},
		{"all but the log turned", summed(func(mu, s float64) float64 { return (mu*mu + math.Expm1(s) + s) / 2 }), "log σ² is to be taken off"},
	},
	"SampledKL": []answer[sampledKL]{
		{"log q alone", witnessed(func(mu, s, z float64) float64 { return distuv.Normal{Mu: mu, Sigma: s}.LogProb(z) }), "the mean of log q(z) alone"},
		{"the other estimator", witnessed(func(mu, s, z float64) float64 {
			d := distuv.UnitNormal.LogProb(z) - distuv.Normal{Mu: mu, Sigma: s}.LogProb(z)
			return math.Expm1(d) - d
		}), "the other estimator"},
	},
	"KLGradient": []answer[gradient]{
		{"+1/σ", func(mu, s float64) (float64, float64) { return mu, (s*s + 1) / s }, "the logarithm has the wrong sign"},
		{"1/(2σ)", func(mu, s float64) (float64, float64) { return mu, s - 0.5/s }, "not 1/(2σ)"},
		{"2/σ", func(mu, s float64) (float64, float64) { return mu, (s*s - 2) / s }, "not 2/σ"},
	},
	"ReconstructionFromLogits": []answer[nats]{
		{"+ x·l", summed(func(x, l float64) float64 { return math.Max(l, 0) + x*l + math.Log1p(math.Exp(-math.Abs(l))) }), "The sign before x·l is turned"},
		{"no x", summed(func(_, l float64) float64 { return math.Max(l, 0) + math.Log1p(math.Exp(-math.Abs(l))) }), "x doesn't count"},
	},
	"GreyFloor": []answer[pixels]{
		{"half of it, unguarded", func(x []float64) float64 {
			return summed(func(x, _ float64) float64 { return -math.Log(x) * x })(x, x)
		}, "and at x = 0 it is NaN"},
		{"twice the variance", func(x []float64) float64 {
			return 2 * (floats.Sum(x) - floats.Dot(x, x))
		}, "twice the variance"},
	},
	"ELBO": []answer[elbo]{
		{"no KL term", func(r, kl [][]float64, weight float64) float64 { return overBatch(r) / float64(len(r)) }, "the KL term isn't there"},
		{"reconstruction turned", func(r, kl [][]float64, weight float64) float64 {
			return (weight*overBatch(kl) - overBatch(r)) / float64(len(r))
		}, "The reconstruction term has its sign turned"},
		{"reconstruction summed over the batch", func(r, kl [][]float64, weight float64) float64 {
			return overBatch(r) + weight*overBatch(kl)/float64(len(r))
		}, "shrinks with the batch"},
	},
	"CodeToDecode": []answer[code]{
		{"s for σ", inTraining(func(mu, s, noise float64) float64 { return mu + noise*s }), "stretched by s itself"},
		{"no σ", inTraining(func(mu, s, noise float64) float64 { return noise + mu }), "σ isn't used"},
	},
	"EffectiveWeight": []answer[convention]{
		{"divided by both", func(p, l int, mp, ml bool) float64 {
			w := 1.0
			if mp {
				w /= float64(p)
			}
			if ml {
				w /= float64(l)
			}
			return w
		}, "The mean over dimensions counts the right way"},
	},
	"HiddenWeight": []answer[hidden]{
		{"σ² above, twice", func(p int, s float64) float64 { return float64(p) * s * s * 2 }, "σ works the other way: a small σ"},
		{"divided by the pixels", func(p int, s float64) float64 { return 0.5 / (float64(p) * s * s) }, "The mean over pixels works the other way"},
		{"always 1", func(p int, s float64) float64 { return 1 }, "Always 1"},
	},
	"CollapsedUnits": []answer[units]{
		{"the mean's size, against 0.01", func(means [][]float64) (list []int) {
			for d := range means[0] {
				sum := 0.0
				for _, row := range means {
					sum += row[d] / float64(len(means))
				}
				if math.Abs(sum) < 0.01 {
					list = append(list, d)
				}
			}
			return list
		}, "The size of the mean is held against 0.01."},
	},
	"LogWeight": []answer[logWeight]{
		{"logarithms of densities", func(l, z, mu, sigma float64) float64 {
			return l + math.Log(distuv.UnitNormal.Prob(z)) - math.Log(distuv.Normal{Mu: mu, Sigma: sigma}.Prob(z))
		}, "Elsewhere it is right"},
		{"the likelihood alone", func(l, z, mu, sigma float64) float64 { return l }, "the likelihood alone"},
	},
	"ImportanceWeightedBound": []answer[bound]{
		{"first taken out", func(list []float64) float64 {
			sum := 0.0
			for _, a := range list {
				sum += math.Exp(a - list[0])
			}
			return list[0] + math.Log(sum/float64(len(list)))
		}, "gives +∞ at log w = (−2000, −5, −900). Elsewhere it is right"},
		{"unstable, and no 1/k", func(list []float64) float64 {
			sum := 0.0
			for _, a := range list {
				sum += math.Exp(a)
			}
			return math.Log(sum)
		}, "and at −800 it breaks down"},
		{"largest, less log k", func(list []float64) float64 { return floats.Max(list) - math.Log(float64(len(list))) }, "less log k"},
		{"plus log k", func(list []float64) float64 {
			top, sum := floats.Max(list), 0.0
			for _, a := range list {
				sum += math.Exp(a - top)
			}
			return top + math.Log(sum*float64(len(list)))
		}, "log k has the wrong sign"},
	},
}

func overBatch(rows [][]float64) (sum float64) {
	for _, row := range rows {
		sum += floats.Sum(row)
	}
	return sum
}
