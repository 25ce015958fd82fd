package exercise

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/kl"
)

// float is the arithmetic of float32, as learners who come from graphs use it.
type float = float32

func exp32(x float) float { return float(math.Exp(float64(x))) }

// backwards adds up from the end.
func backwards(f ofNumbers) ofLists {
	return func(a, b []float64) (sum float64) {
		for i := len(a) - 1; i >= 0; i-- {
			sum = f(a[i], b[i]) + sum
		}
		return sum
	}
}

// columnwise lets gonum add up a list of terms.
func columnwise(f ofNumbers) ofLists {
	return func(a, b []float64) float64 {
		terms := make([]float64, len(a))
		for i := range a {
			terms[i] = f(a[i], b[i])
		}
		return floats.Sum(terms)
	}
}

// halves adds up the two halves of the lists, each in the same way.
func halves(f ofNumbers) ofLists {
	var add ofLists
	add = func(a, b []float64) float64 {
		if len(a) < 2 {
			return summed(f)(a, b)
		}
		h := len(a) / 2
		return add(a[:h], b[:h]) + add(a[h:], b[h:])
	}
	return add
}

// everyWay adds up in all these ways.
func everyWay(name string, f ofNumbers) []answer[ofLists] {
	return []answer[ofLists]{{name + ", in a loop", summed(f), ""}, {name + ", from the end", backwards(f), ""},
		{name + ", by gonum", columnwise(f), ""}, {name + ", in halves", halves(f), ""}}
}

// otherwise are more right answers, by the exercise's name: the same formula in another order, in float32, by another quantity, in
// factors, in other loops. None may be refused.
var otherwise = map[string]any{
	"Reparameterise": []answer[draw]{
		{"factored", func(m, s, e float64) float64 { return s * (m/s + e) }, ""},
		{"fused", func(m, s, e float64) float64 { return math.FMA(e, s, m) }, ""},
		{"by the log-variance", func(m, s, e float64) float64 { return m + math.Exp(0.5*math.Log(s*s))*e }, ""},
	},
	"KLInOneDimension": []answer[ofNumbers]{
		{"by the log-variance", func(mu, s float64) float64 { l := 2 * math.Log(s); return (mu*mu + math.Exp(l) - 1 - l) / 2 }, ""},
		{"by powers", func(mu, s float64) float64 { return 0.5*math.Pow(mu, 2) + 0.5*math.Pow(s, 2) - 0.5 - math.Log(s) }, ""},
		{"entropy from cross-entropy", func(mu, s float64) float64 {
			return 0.5*(math.Log(2*math.Pi)+mu*mu+s*s) - 0.5*math.Log(2*math.Pi*math.E*s*s)
		}, ""},
		{"a root's logarithm", func(mu, s float64) float64 { return (mu*mu+(s-1)*(s+1))/2 - 4*math.Log(math.Sqrt(math.Sqrt(s))) }, ""},
		{"log of 1/σ", func(mu, s float64) float64 { return math.Log(1/s) + math.FMA(mu, mu, s*s-1)/2 }, ""},
		{"hypotenuse", func(mu, s float64) float64 { h := math.Hypot(mu, s); return (h*h-1)/2 - math.Log(s) }, ""},
	},
	"KLFromLogVar": []answer[ofNumbers]{
		{"term by term", func(mu, s float64) float64 { return mu*mu/2 + math.Exp(s)/2 - s/2 - 0.5 }, ""},
		{"by σ, without its logarithm", func(mu, s float64) float64 { σ := math.Exp(s / 2); return (mu*mu + σ*σ - 1 - s) / 2 }, ""},
		{"minus in front", func(mu, s float64) float64 { return -(1 + s - mu*mu - math.Exp(s)) / 2 }, ""},
		{"float32 throughout", func(mu, s float64) float64 { m, l := float(mu), float(s); return float64((m*m + exp32(l) - 1 - l) / 2) }, ""},
	},
	"KLFromLogStd": []answer[ofNumbers]{
		{"by σ", func(mu, s float64) float64 { σ := math.Exp(s); return (mu*mu+σ*σ-1)/2 - s }, ""},
		{"a power of σ", func(mu, s float64) float64 { return (mu*mu+math.Pow(math.Exp(s), 2))/2 - 0.5 - s }, ""},
		{"by expm1", func(mu, s float64) float64 { return (mu*mu + math.Expm1(2*s) - 2*s) / 2 }, ""},
		{"minus in front", func(mu, s float64) float64 { return -0.5 * (1 + 2*s - mu*mu - math.Exp(2*s)) }, ""},
	},
	"KLGradient": []answer[gradient]{
		{"factored", func(mu, s float64) (float64, float64) { return mu, (s - 1) * (s + 1) / s }, ""},
		{"by the slope for σ²", func(mu, s float64) (float64, float64) { return mu, 2 * s * (0.5 - 0.5/(s*s)) }, ""},
		{"by the slope for log σ", func(mu, s float64) (float64, float64) { return mu / 2 * 2, (s*s - 1) * math.Pow(s, -1) }, ""},
	},
	"KLInManyDimensions": slices.Concat(everyWay("gonum's", distuvKL), everyWay("by the log-variance", func(mu, s float64) float64 {
		l := 2 * math.Log(s)
		return (mu*mu + math.Exp(l) - 1 - l) / 2
	}), []answer[ofLists]{
		{"mean, times their number", func(mu, s []float64) float64 { return columnwise(distuvKL)(mu, s) / float64(len(mu)) * float64(len(s)) }, ""},
		{"the constant as a number", func(mu, s []float64) float64 {
			return (floats.Dot(mu, mu)+floats.Dot(s, s))/2 - 0.5*float64(len(s)) - summed(func(_, s float64) float64 { return math.Log(s) })(mu, s)
		}, ""},
		{"norms", func(mu, s []float64) float64 {
			return 0.5 * (math.Pow(floats.Norm(mu, 2), 2) + math.Pow(floats.Norm(s, 2), 2) + summed(func(_, s float64) float64 { return -1 - math.Log(s*s) })(mu, s))
		}, ""},
	}),
	"SignError": slices.Concat(everyWay("expm1", func(mu, s float64) float64 { return (mu*mu + math.Expm1(s) - s) / 2 }), []answer[ofLists]{
		{"by σ", summed(func(mu, s float64) float64 { return distuvKL(mu, math.Exp(s/2)) }), ""},
		{"float32 throughout", func(mu, s []float64) float64 {
			var sum float
			for i := range mu {
				m, l := float(mu[i]), float(s[i])
				sum += (m*m + exp32(l) - 1 - l) / 2
			}
			return float64(sum)
		}, ""},
	}),
	"SampledKL": []answer[sampledKL]{
		{"log σ taken off once", func(mu, s float64, z []float64) (float64, float64) {
			m, se := witnessed(func(mu, s, z float64) float64 { u := (z - mu) / s; return (z - u) * (z + u) / 2 })(mu, s, z)
			return m - math.Log(s), se
		}, ""},
		{"one pass", func(mu, s float64, z []float64) (mean, se float64) {
			squares := 0.0
			for i, z := range z {
				d := logRatio(kl.Normal{Mu: mu, Sigma: s}, z) - mean
				mean += d / float64(i+1)
				squares += d * d * float64(i) / float64(i+1)
			}
			n := float64(len(z))
			return mean, math.Sqrt(squares / (n - 1) / n)
		}, ""},
		{"from the end", func(mu, s float64, z []float64) (float64, float64) {
			slices.Reverse(z)
			return witnessed(func(mu, s, z float64) float64 { return z*z/2 - (z-mu)*(z-mu)/(2*s*s) - math.Log(s*s)/2 })(mu, s, z)
		}, ""},
	},
	"ReconstructionFromLogits": slices.Concat(everyWay("by the sign of l", func(x, l float64) float64 {
		if l < 0 {
			return math.Log1p(math.Exp(l)) - x*l
		}
		return (1-x)*l + math.Log1p(math.Exp(-l))
	}), everyWay("by LogSumExp", func(x, l float64) float64 { return floats.LogSumExp([]float64{0, l}) - x*l })),
	"GreyFloor": []answer[pixels]{
		{"by gonum's cross-entropy", eachPixel(func(x float64) float64 { return stat.CrossEntropy([]float64{x, 1 - x}, []float64{x, 1 - x}) }), ""},
		{"by symmetry", eachPixel(func(x float64) float64 {
			x = min(x, 1-x)
			if x == 0 {
				return 0
			}
			return -x*math.Log(x) - (1-x)*math.Log1p(-x)
		}), ""},
		{"NaN caught", eachPixel(func(x float64) float64 {
			if h := entropy(x); !math.IsNaN(h) {
				return h
			}
			return 0
		}), ""},
		{"bits times log 2", eachPixel(func(x float64) float64 {
			if x == 0 || x == 1 {
				return 0
			}
			return math.Ln2 * (-x*math.Log2(x) - (1-x)*math.Log2(1-x))
		}), ""},
	},
	"ELBO": []answer[elbo]{
		{"two means", func(r, kl [][]float64, weight float64) float64 {
			return overBatch(r)/float64(len(r)) + weight*overBatch(kl)/float64(len(kl))
		}, ""},
		{"the last image first", func(r, kl [][]float64, weight float64) (sum float64) {
			for i := len(r) - 1; i >= 0; i-- {
				sum += floats.Sum(r[i]) + floats.Sum(kl[i])*weight
			}
			return sum / float64(len(kl))
		}, ""},
		{"weights beforehand", func(r, kl [][]float64, weight float64) float64 {
			for i := range kl {
				floats.Scale(weight, kl[i])
			}
			return (overBatch(r) + overBatch(kl)) / float64(len(r))
		}, ""},
	},
	"CodeToDecode": []answer[code]{
		{"mean first", func(mu, s, noise float64, training bool) float64 {
			z := mu
			if training {
				z += noise * math.Exp(0.5*s)
			}
			return z
		}, ""},
		{"root of the variance", inTraining(func(mu, s, noise float64) float64 { return mu + math.Pow(math.Exp(s), 0.5)*noise }), ""},
		{"spread of 0", func(mu, s, noise float64, training bool) float64 {
			if !training {
				s = math.Inf(-1)
			}
			return mu + math.Exp(s/2)*noise
		}, ""},
	},
	"EffectiveWeight": []answer[convention]{
		{"four cases", func(p, l int, mp, ml bool) float64 {
			switch {
			case mp && ml:
				return float64(p) / float64(l)
			case mp:
				return float64(p)
			case ml:
				return 1 / float64(l)
			}
			return 1
		}, ""},
		{"logarithms", func(p, l int, mp, ml bool) float64 {
			w := 0.0
			if mp {
				w += math.Log(float64(p))
			}
			if ml {
				w -= math.Log(float64(l))
			}
			return math.Exp(w)
		}, ""},
	},
	"HiddenWeight": []answer[hidden]{
		{"by the factor before the nats", func(p int, s float64) float64 { factor := 2 * s * s / float64(p); return 1 / factor }, ""},
		{"powers", func(p int, s float64) float64 { return float64(p) * math.Pow(2, -1) * math.Pow(s, -2) }, ""},
		{"by √2·σ", func(p int, s float64) float64 { r := math.Sqrt2 * s; return float64(p) / r / r }, ""},
	},
	"CollapsedUnits": []answer[units]{
		{"by deviations in a pass", perUnit(stat.PopVariance, func(v float64) bool { return !(v > 0.01) }), ""},
		{"sum of squares against n/100", perUnit(func(x, _ []float64) float64 {
			m, sum := stat.Mean(x, nil), 0.0
			for _, x := range x {
				sum += (x - m) * (x - m)
			}
			return sum / float64(len(x)) * 100
		}, func(s float64) bool { return s <= 1 }), ""},
	},
	"FreeBits": []answer[free]{
		{"sorted", func(kl []float64, lambda float64) float64 {
			slices.Sort(kl)
			i, _ := slices.BinarySearch(kl, lambda)
			return float64(i)*lambda + floats.Sum(kl[i:])
		}, ""},
		{"absolute values", func(kl []float64, lambda float64) float64 {
			return charge(kl, func(x float64) float64 { return (x + lambda + math.Abs(x-lambda)) / 2 })
		}, ""},
		{"what is missing, added", func(kl []float64, lambda float64) float64 {
			return floats.Sum(kl) + charge(kl, func(x float64) float64 { return max(lambda-x, 0) })
		}, ""},
	},
	"Annealing": []answer[schedule]{
		{"1 less what is left", func(step, warmup int) float64 { return 1 - math.Max(0, float64(warmup-step))/float64(warmup) }, ""},
		{"whole numbers compared", func(step, warmup int) float64 {
			if warmup < step {
				step = warmup
			}
			return float64(step) * (1 / float64(warmup))
		}, ""},
	},
	"LogWeight": []answer[logWeight]{
		{"constants kept", func(l, z, mu, s float64) float64 {
			c := 0.5 * math.Log(2*math.Pi)
			return l + (-z*z/2 - c) - (-(z-mu)*(z-mu)/(2*s*s) - math.Log(s) - c)
		}, ""},
		{"difference of squares", func(l, z, mu, s float64) float64 { u := (z - mu) / s; return l + (u-z)*(u+z)/2 + math.Log(s) }, ""},
		{"by the log-variance", func(l, z, mu, s float64) float64 {
			v := math.Log(s * s)
			return l + v/2 - (z*z-(z-mu)*(z-mu)*math.Exp(-v))/2
		}, ""},
		{"gonum's, from the end", func(l, z, mu, s float64) float64 {
			return -distuv.Normal{Mu: mu, Sigma: s}.LogProb(z) + distuv.UnitNormal.LogProb(z) + l
		}, ""},
	},
	"ImportanceWeightedBound": []answer[bound]{
		{"gonum's", func(list []float64) float64 { return floats.LogSumExp(list) - math.Log(float64(len(list))) }, ""},
		{"sorted", func(list []float64) float64 {
			slices.Sort(list)
			top, sum := list[len(list)-1], 0.0
			for _, a := range list {
				sum += math.Exp(a - top)
			}
			return math.Log(sum) + top - math.Log(float64(len(list)))
		}, ""},
		{"log k inside", func(list []float64) float64 {
			for i := range list {
				list[i] -= math.Log(float64(len(list)))
			}
			return floats.LogSumExp(list)
		}, ""},
		{"1 for the largest", func(list []float64) float64 {
			top := floats.MaxIdx(list)
			rest := 0.0
			for i, a := range list {
				if i != top {
					rest += math.Exp(a - list[top])
				}
			}
			return list[top] + math.Log1p(rest) - math.Log(float64(len(list)))
		}, ""},
	},
}
