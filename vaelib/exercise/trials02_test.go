package exercise

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/kl"
)

func distuvKL(mu, sigma float64) float64 {
	return distuv.KullbackLeibler{}.DistNormal(distuv.Normal{Mu: mu, Sigma: sigma}, distuv.UnitNormal)
}

func init() {
	type F = func(a, b float64) float64
	trial[func(mu, sigma float64) float64]{of: KLInOneDimension,
		right: []answer[F]{
			{"another way: from the log-variance", func(mu, sigma float64) float64 {
				s := 2 * math.Log(sigma) // an encoder gives it
				return 0.5 * (mu*mu + math.Exp(s) - 1 - s)
			}, ""},
			{"minus in front", func(mu, s float64) float64 { return -(1 + math.Log(s*s) - mu*mu - s*s) / 2 }, ""},
			{"float32", func(mu, s float64) float64 {
				m, v := float32(mu), float32(s)*float32(s)
				return float64(0.5 * (m*m + v - 1 - float32(math.Log(float64(v)))))
			}, ""},
			{"gonum's", distuvKL, ""},
			{"by quadrature", func(mu, s float64) float64 {
				d, _ := kl.Quadrature(kl.Normal{Mu: mu, Sigma: s}, kl.Standard)
				return d
			}, ""},
		},
		wrong: []answer[F]{
			{"½ missing", func(mu, s float64) float64 { return mu*mu + s*s - 1 - math.Log(s*s) }, "is a ½ missing"},
			{"as printed", func(mu, s float64) float64 { return 0.5 * (1 + math.Log(s*s) - mu*mu - s*s) }, "sign turned at every input"},
			{"sign and ½", func(mu, s float64) float64 { return 1 + 2*math.Log(s) - mu*mu - s*s }, "the sign is turned, and there is a factor of 2"},
			{"log σ", func(mu, s float64) float64 { return (mu*mu + s*s - 1 - math.Log(s)) / 2 }, "log σ² is 2 log σ"},
			{"σ as variance", func(mu, s float64) float64 { return -0.5 * (1 + math.Log(s) - mu*mu - s) }, "σ is taken for the variance"},
			{"σ as log-variance", func(mu, s float64) float64 { return -0.5 * (1 + s - mu*mu - math.Exp(s)) }, "log-variance"},
			{"−1 missing", func(mu, s float64) float64 { return (mu*mu+s*s)/2 - math.Log(s) }, "the −1 is missing"},
			{"wrong bracket", func(mu, s float64) float64 { return mu*mu/2 + s*s - 1 - math.Log(s*s) }, "brackets"},
			{"log₂", func(mu, s float64) float64 { return distuvKL(mu, s) / math.Ln2 }, "bits"},
			{"no μ", func(mu, s float64) float64 { return distuvKL(0, s) }, "price of the mean"},
			{"other direction", func(mu, s float64) float64 { return math.Log(s) + (1+mu*mu)/(2*s*s) - 0.5 }, "other direction"},
			{"log of |μ|", func(mu, s float64) float64 { return 0.5 * (mu*mu + s*s - 1 - math.Log(s*s*mu*mu)) }, "gives +∞ at μ = 0"},
			{"π for ½", func(mu, s float64) float64 { return math.Pi * distuvKL(mu, s) }, "3.142 times"},
			{"always 1", func(mu, s float64) float64 { return 1 }, "is 1 whatever the input"},
			{"an odd one", func(mu, s float64) float64 { return math.Hypot(mu, s) + math.Sin(s) }, "the simplest that fails"},
		}}.add()

	trial[func(mu, logVar float64) float64]{of: KLFromLogVar,
		right: []answer[F]{
			{"another way: by expm1", func(mu, s float64) float64 { return (mu*mu + math.Expm1(s) - s) / 2 }, ""},
			{"float32", func(mu, s float64) float64 {
				m, v := float32(mu), float32(s)
				return float64(-0.5 * (1 + v - m*m - float32(math.Exp(float64(v)))))
			}, ""},
			{"two parts", func(mu, s float64) float64 { p, _ := kl.LogVarParts(mu, s); return p.Mu + p.Sigma }, ""},
		},
		wrong: []answer[F]{
			{"s as log σ", func(mu, s float64) float64 { σ := math.Exp(s); return 0.5*(mu*mu+σ*σ-1) - s }, "read as log σ"},
			{"½ missing", func(mu, s float64) float64 { return mu*mu + math.Exp(s) - 1 - s }, "is a ½ missing"},
			{"as printed", func(mu, s float64) float64 { return 0.5 * (1 + s - mu*mu - math.Exp(s)) }, "sign turned at every input"},
			{"σ for σ²", func(mu, s float64) float64 { return 0.5 * (mu*mu + math.Sqrt(math.Exp(s)) - 1 - s) }, "e^(s/2) is σ"},
			{"by way of σ", func(mu, s float64) float64 { σ := math.Exp(s / 2); return distuvKL(mu, σ) }, "log 0 is −∞"},
			{"s as variance", func(mu, s float64) float64 { return distuvKL(mu, math.Sqrt(s)) }, "taken for the variance"},
			{"sign of s", func(mu, s float64) float64 { return -0.5 * (1 - s - mu*mu - math.Exp(s)) }, "sign of s is turned"},
			{"exp forgotten", func(mu, s float64) float64 { return distuvKL(mu, math.Abs(s)) }, "taken for σ"},
			{"only for s > −20", func(mu, s float64) float64 { return 0.5 * (mu*mu + math.Exp(s) - 1 - max(s, -20)) }, "Wrong only where s is very negative"},
		}}.add()

	trial[func(mu, logStd float64) float64]{of: KLFromLogStd,
		right: []answer[F]{
			{"another way: by the log-variance", func(mu, s float64) float64 { return solveKLFromLogVar(mu, s+s) }, ""},
			{"float32", func(mu, s float64) float64 {
				e := float32(math.Exp(float64(float32(s))))
				return float64(0.5*(float32(mu)*float32(mu)+e*e-1) - float32(s))
			}, ""},
		},
		wrong: []answer[F]{
			{"her own", func(mu, s float64) float64 { return -0.5 * (1 + s - mu*mu - math.Exp(s)) }, "her own number"},
			{"only σ² mended", func(mu, s float64) float64 { σ := math.Exp(s); return (mu*mu + σ*σ - 1 - s) / 2 }, "log σ² is 2s, not s"},
			{"only the log mended", func(mu, s float64) float64 { return (mu*mu+math.Exp(s)-1)/2 - s }, "not eˢ"},
			{"halved", func(mu, s float64) float64 { return solveKLFromLogVar(mu, s/2) }, "the half went the wrong way"},
			{"by way of σ", func(mu, s float64) float64 { return distuvKL(mu, math.Exp(s)) }, "log 0 is −∞"},
			{"½ missing", func(mu, s float64) float64 { return mu*mu + math.Exp(2*s) - 1 - 2*s }, "is a ½ missing"},
			{"as printed", func(mu, s float64) float64 { return 0.5 * (1 + 2*s - mu*mu - math.Exp(2*s)) }, "sign turned"},
		}}.add()

	type L = func(a, b []float64) float64
	trial[func(mu, sigma []float64) float64]{of: KLInManyDimensions,
		right: []answer[L]{
			{"sums first", func(mu, s []float64) float64 {
				logs := 0.0
				for _, s := range s {
					logs += math.Log(s)
				}
				return 0.5*(floats.Dot(mu, mu)+floats.Dot(s, s)-float64(len(s))) - logs
			}, ""},
			{"another way: log of the product", func(mu, s []float64) float64 {
				return 0.5*(floats.Dot(mu, mu)+floats.Dot(s, s)-float64(len(s))) - math.Log(floats.Prod(s))
			}, ""},
			{"float32", func(mu, s []float64) float64 {
				var sum float32
				for i := range mu {
					sum += float32(distuvKL(mu[i], s[i]))
				}
				return float64(sum)
			}, ""},
			{"changes its input", func(mu, s []float64) float64 {
				for i := range mu {
					mu[i] = distuvKL(mu[i], s[i])
					s[i] = 0
				}
				return floats.Sum(mu)
			}, ""},
		},
		wrong: []answer[L]{
			{"mean over dimensions", func(mu, s []float64) float64 {
				terms := make([]float64, len(mu))
				for i := range mu {
					terms[i] = distuvKL(mu[i], s[i])
				}
				return stat.Mean(terms, nil)
			}, "mean over dimensions"},
			{"returns in the loop", func(mu, s []float64) float64 {
				for i := range mu {
					return distuvKL(mu[i], s[i])
				}
				return 0
			}, "the others ride free"},
			{"= for +=", func(mu, s []float64) (sum float64) {
				for i := range mu {
					sum = distuvKL(mu[i], s[i])
				}
				return sum
			}, "= where += belongs"},
			{"−1 once", func(mu, s []float64) float64 {
				sum := -1.0
				for i := range mu {
					sum += mu[i]*mu[i] + s[i]*s[i] - 2*math.Log(s[i])
				}
				return sum / 2
			}, "taken off once"},
			{"½ missing", func(mu, s []float64) (sum float64) {
				for i := range mu {
					sum += mu[i]*mu[i] + s[i]*s[i] - 1 - 2*math.Log(s[i])
				}
				return sum
			}, "is a ½ missing"},
			{"as printed", func(mu, s []float64) (sum float64) {
				for i := range mu {
					sum += 1 + 2*math.Log(s[i]) - mu[i]*mu[i] - s[i]*s[i]
				}
				return sum / 2
			}, "sign turned"},
			{"sigma as log-variance", func(mu, s []float64) (sum float64) {
				for i := range mu {
					sum -= (1 + s[i] - mu[i]*mu[i] - math.Exp(s[i])) / 2
				}
				return sum
			}, "log-variances"},
			{"root of the squares", func(mu, s []float64) (sum float64) {
				for i := range mu {
					sum = math.Hypot(sum, distuvKL(mu[i], s[i]))
				}
				return sum
			}, "Right only where there is one dimension"},
		}}.add()

	trial[func(mu, logVar []float64) float64]{of: SignError,
		right: []answer[L]{
			{"another way: term by term", func(mu, s []float64) (sum float64) {
				for i := range mu {
					sum += 0.5*mu[i]*mu[i] + 0.5*math.Exp(s[i]) - 0.5 - 0.5*s[i]
				}
				return sum
			}, ""},
			{"the size of it", func(mu, s []float64) (sum float64) {
				for i := range mu {
					sum += 0.5 * (1 + s[i] - mu[i]*mu[i] - math.Exp(s[i]))
				}
				return math.Abs(sum)
			}, ""},
			{"float32", func(mu, s []float64) float64 {
				var sum float32
				for i := range mu {
					sum -= float32(s[i]) - float32(mu[i])*float32(mu[i]) - float32(math.Expm1(s[i]))
				}
				return float64(sum / 2)
			}, ""},
		},
		wrong: []answer[L]{
			{"untouched: as printed", func(mu, s []float64) (sum float64) {
				for i := range mu {
					sum += 1 + s[i] - mu[i]*mu[i] - math.Exp(s[i])
				}
				return sum / 2
			}, "still as printed"},
			{"only μ² turned", func(mu, s []float64) (sum float64) {
				for i := range mu {
					sum += 1 + s[i] + mu[i]*mu[i] - math.Exp(s[i])
				}
				return sum / 2
			}, "not of μ² alone"},
			{"only the log turned", func(mu, s []float64) (sum float64) {
				for i := range mu {
					sum += 1 - s[i] - mu[i]*mu[i] - math.Exp(s[i])
				}
				return sum / 2
			}, "so must the other three"},
			{"the 1 forgotten", func(mu, s []float64) (sum float64) {
				for i := range mu {
					sum -= -1 + s[i] - mu[i]*mu[i] - math.Exp(s[i])
				}
				return sum / 2
			}, "the 1 is still to be taken off"},
			{"cut off at 0", func(mu, s []float64) (sum float64) {
				for i := range mu {
					sum += math.Max(1+s[i]-mu[i]*mu[i]-math.Exp(s[i]), 0)
				}
				return sum
			}, "hides the mistake"},
			{"mean", func(mu, s []float64) (sum float64) {
				for i := range mu {
					sum -= 1 + s[i] - mu[i]*mu[i] - math.Exp(s[i])
				}
				return sum / float64(2*len(mu))
			}, "a mean over dimensions"},
			{"½ lost", func(mu, s []float64) (sum float64) {
				for i := range mu {
					sum -= 1 + s[i] - mu[i]*mu[i] - math.Exp(s[i])
				}
				return sum
			}, "is a ½ missing"},
		}}.add()
}
