package exercise

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

func init() {
	type L = func(pixels, logits []float64) float64
	each := func(f func(x, l float64) float64) L {
		return func(pixels, logits []float64) (sum float64) {
			for i := range pixels {
				sum += f(pixels[i], logits[i])
			}
			return sum
		}
	}
	trial[L]{of: ReconstructionFromLogits,
		right: []answer[L]{
			{"softplus of −|l|", each(func(x, l float64) float64 {
				return math.Max(l, 0) - l*x + math.Log(1+math.Exp(-math.Abs(l)))
			}), ""},
			{"another way: two cases", each(func(x, l float64) float64 {
				if l > 0 {
					return (1-x)*l + math.Log1p(math.Exp(-l))
				}
				return -x*l + math.Log1p(math.Exp(l))
			}), ""},
			{"float32", func(pixels, logits []float64) float64 {
				var sum float32
				for i, l := range logits {
					sum += float32(max(l, 0)) - float32(pixels[i])*float32(l) + float32(math.Log1p(math.Exp(-math.Abs(l))))
				}
				return float64(sum)
			}, ""},
		},
		wrong: []answer[L]{
			{"unstable: log of the probability", each(func(x, l float64) float64 {
				p := 1 / (1 + math.Exp(-l))
				return -(x*math.Log(p) + (1-x)*math.Log(1-p))
			}), "its logarithm is −∞"},
			{"unstable: log(1 + eˡ)", each(func(x, l float64) float64 { return math.Log1p(math.Exp(l)) - l*x }), "the exponential overflows"},
			{"cut off at 1e-7", each(func(x, l float64) float64 {
				p := math.Max(1e-7, math.Min(1-1e-7, 1/(1+math.Exp(-l))))
				return -x*math.Log(p) - (1-x)*math.Log(1-p)
			}), "cut off"},
			{"mean over pixels", func(pixels, logits []float64) float64 {
				list := make([]float64, len(pixels))
				for i, l := range logits {
					list[i] = math.Max(l, 0) - l*pixels[i] + math.Log1p(math.Exp(-math.Abs(l)))
				}
				return stat.Mean(list, nil)
			}, "mean over pixels"},
			{"turned", each(func(x, l float64) float64 { return l*x - math.Max(l, 0) - math.Log1p(math.Exp(-math.Abs(l))) }), "sign turned at every input"},
			{"squared error", each(func(x, l float64) float64 { return math.Pow(x-1/(1+math.Exp(-l)), 2) }), "squared error"},
			{"half of it", each(func(x, l float64) float64 {
				if l < 0 {
					return x * (math.Log1p(math.Exp(l)) - l)
				}
				return x * math.Log1p(math.Exp(-l))
			}), "half with 1 − x is missing"},
			{"black for white", each(func(x, l float64) float64 { return math.Max(l, 0) - l*(1-x) + math.Log1p(math.Exp(-math.Abs(l))) }), "sign of l is turned"},
			{"rounded pixels", each(func(x, l float64) float64 {
				if x >= 0.5 {
					l = -l
				}
				return math.Max(l, 0) + math.Log1p(math.Exp(-math.Abs(l)))
			}), "grey pixels are rounded"},
			{"log and exp in turn", each(func(x, l float64) float64 { return math.Log(1+math.Exp(l)) - math.Log(math.Exp(x*l)) }), "Elsewhere it is right"},
		}}.add()

	type P = func(pixels []float64) float64
	trial[P]{of: GreyFloor,
		right: []answer[P]{
			{"another way: gonum's entropy", func(pixels []float64) (sum float64) {
				for _, x := range pixels {
					sum += stat.Entropy([]float64{x, 1 - x})
				}
				return sum
			}, ""},
			{"two conditions", func(pixels []float64) (sum float64) {
				for _, x := range pixels {
					for _, p := range []float64{x, 1 - x} {
						if p > 0 {
							sum -= p * math.Log(p)
						}
					}
				}
				return sum
			}, ""},
			{"a tiny number inside the logarithm", func(pixels []float64) (sum float64) {
				for _, x := range pixels {
					sum -= x*math.Log(x+1e-12) + (1-x)*math.Log(1-x+1e-12)
				}
				return sum
			}, ""},
			{"float32", func(pixels []float64) float64 {
				var sum float32
				for _, x := range pixels {
					sum += float32(stat.Entropy([]float64{x, 1 - x}))
				}
				return float64(sum)
			}, ""},
		},
		wrong: []answer[P]{
			{"0 · log 0", func(pixels []float64) (sum float64) {
				for _, x := range pixels {
					sum += -x*math.Log(x) - (1-x)*math.Log(1-x)
				}
				return sum
			}, "Right for grey pixels. At 0 and at 1 it is NaN"},
			{"half of it", func(pixels []float64) float64 { return stat.Entropy(pixels) }, "The half with 1 − x is missing."},
			{"bits", func(pixels []float64) (sum float64) {
				for _, x := range pixels {
					sum += stat.Entropy([]float64{x, 1 - x}) / math.Ln2
				}
				return sum
			}, "bits"},
			{"mean", func(pixels []float64) (sum float64) {
				for _, x := range pixels {
					sum += stat.Entropy([]float64{x, 1 - x}) / float64(len(pixels))
				}
				return sum
			}, "mean over pixels"},
			{"nothing", func(pixels []float64) float64 { return 0 }, "Always 0"},
			{"variance", func(pixels []float64) (sum float64) {
				for _, x := range pixels {
					sum += x - x*x
				}
				return sum
			}, "variance x(1 − x)"},
			{"turned", func(pixels []float64) (sum float64) {
				for _, x := range pixels {
					sum -= stat.Entropy([]float64{x, 1 - x})
				}
				return sum
			}, "sign turned"},
			{"a coin a pixel", func(pixels []float64) float64 { return float64(len(pixels)) * math.Log(2) }, "what a coin costs"},
		}}.add()

	type E = func(reconstruction, kl [][]float64, weight float64) float64
	all := func(rows [][]float64) (list []float64) {
		for _, row := range rows {
			list = append(list, row...)
		}
		return list
	}
	trial[E]{of: ELBO,
		right: []answer[E]{
			{"another way: a loss for each image", func(r, kl [][]float64, weight float64) float64 {
				losses := make([]float64, len(r))
				for i := range losses {
					losses[i] = floats.Sum(r[i]) + weight*floats.Sum(kl[i])
				}
				return stat.Mean(losses, nil)
			}, ""},
			{"image by image", func(r, kl [][]float64, weight float64) (mean float64) {
				for i := range r {
					mean += (floats.Sum(r[i]) + weight*floats.Sum(kl[i])) / float64(len(r))
				}
				return mean
			}, ""},
			{"means, multiplied back", func(r, kl [][]float64, weight float64) float64 {
				return stat.Mean(all(r), nil)*float64(len(r[0])) + weight*stat.Mean(all(kl), nil)*float64(len(kl[0]))
			}, ""},
			{"float32", func(r, kl [][]float64, weight float64) float64 {
				return float64(float32(floats.Sum(all(r)))+float32(weight)*float32(floats.Sum(all(kl)))) / float64(len(r))
			}, ""},
		},
		wrong: []answer[E]{
			{"mean over pixels", func(r, kl [][]float64, weight float64) float64 {
				return stat.Mean(all(r), nil) + weight*floats.Sum(all(kl))/float64(len(kl))
			}, "averaged over pixels"},
			{"mean over dimensions", func(r, kl [][]float64, weight float64) float64 {
				return floats.Sum(all(r))/float64(len(r)) + weight*stat.Mean(all(kl), nil)
			}, "averaged over dimensions"},
			{"means everywhere", func(r, kl [][]float64, weight float64) float64 {
				return stat.Mean(all(r), nil) + weight*stat.Mean(all(kl), nil)
			}, "Both terms are means"},
			{"sum over the batch", func(r, kl [][]float64, weight float64) float64 {
				return floats.Sum(all(r)) + weight*floats.Sum(all(kl))
			}, "the batch is summed up"},
			{"weight never applied", func(r, kl [][]float64, weight float64) float64 {
				return (floats.Sum(all(r)) + floats.Sum(all(kl))) / float64(len(r))
			}, "never applied"},
			{"weight on the wrong term", func(r, kl [][]float64, weight float64) float64 {
				return (weight*floats.Sum(all(r)) + floats.Sum(all(kl))) / float64(len(r))
			}, "on the reconstruction term"},
			{"weight on both", func(r, kl [][]float64, weight float64) float64 {
				return weight * (floats.Sum(all(r)) + floats.Sum(all(kl))) / float64(len(r))
			}, "multiplies both terms"},
			{"KL taken off", func(r, kl [][]float64, weight float64) float64 {
				return (floats.Sum(all(r)) - weight*floats.Sum(all(kl))) / float64(len(r))
			}, "The KL term is taken off"},
			{"KL summed over the batch", func(r, kl [][]float64, weight float64) float64 {
				return floats.Sum(all(r))/float64(len(r)) + weight*floats.Sum(all(kl))
			}, "grows with the batch"},
			{"the ELBO, not the loss", func(r, kl [][]float64, weight float64) float64 {
				return -(floats.Sum(all(r)) + weight*floats.Sum(all(kl))) / float64(len(r))
			}, "sign turned"},
			{"the batch's size by mistake", func(r, kl [][]float64, weight float64) float64 {
				return (floats.Sum(all(r)) + weight*floats.Sum(all(kl))) / float64(len(r)+1)
			}, "count(each) + 1 stands where count(each) belongs"},
		}}.add()

	type C = func(mu, logVar, noise float64, training bool) float64
	trial[C]{of: CodeToDecode,
		right: []answer[C]{
			{"another way: noise set to 0", func(mu, s, noise float64, training bool) float64 {
				if !training {
					noise = 0
				}
				return mu + math.Exp(s/2)*noise
			}, ""},
			{"float32", func(mu, s, noise float64, training bool) float64 {
				if !training {
					return mu
				}
				return float64(float32(mu) + float32(math.Exp(s/2))*float32(noise))
			}, ""},
		},
		wrong: []answer[C]{
			{"always drawn", func(mu, s, noise float64, training bool) float64 { return noise*math.Exp(s*0.5) + mu }, "the draw is still a draw"},
			{"μ + σ at evaluation", func(mu, s, noise float64, training bool) float64 {
				if !training {
					noise = 1
				}
				return mu + math.Exp(s/2)*noise
			}, "gives μ + σ"},
			{"always the mean", func(mu, s, noise float64, training bool) float64 { return mu }, "an autoencoder's code"},
			{"exchanged", func(mu, s, noise float64, training bool) float64 {
				if training {
					return mu
				}
				return mu + math.Exp(s/2)*noise
			}, "changed places"},
			{"variance for σ", func(mu, s, noise float64, training bool) float64 {
				if training {
					return mu + math.Exp(s)*noise
				}
				return mu
			}, "which is the variance"},
			{"the noise alone", func(mu, s, noise float64, training bool) float64 {
				if training {
					return mu + math.Exp(s/2)*noise
				}
				return noise
			}, "the noise alone"},
			{"half of μ for restoring", func(mu, s, noise float64, training bool) float64 {
				if training {
					return mu + math.Exp(s/2)*noise
				}
				return 0.5*mu + 0.1
			}, "Right only where training is true"},
		}}.add()

	trials["TermsInTraining"] = func(t *testing.T) {
		tryTrend(t, TermsInTraining, [][]float64{{344.1, 281, 274.8, 271.8, 270}, {6.53, 7.41, 7.11, 6.86, 6.39}}, []string{"falls", "rises, then falls"},
			surprised{[]string{"falls", "falls"}, "the KL term falls; measured, it rises, then falls"},
			surprised{[]string{"rises", "rises, then falls"}, "the reconstruction term rises; measured, it falls"},
			surprised{[]string{"falls", "stays"}, "the KL term stays; measured, it rises"},
			surprised{[]string{"falls", ""}, "“” can't be compared"},
			surprised{[]string{"falls", "rises"}, "the KL term rises; measured, it rises, then falls"})
	}
}
