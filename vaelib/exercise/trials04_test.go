package exercise

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

func init() {
	type W = func(pixels, latent int, meanOverPixels, meanOverLatent bool) float64
	trial[W]{of: EffectiveWeight,
		right: []answer[W]{
			{"another way: ratio of factors", func(p, l int, mp, ml bool) float64 {
				a, b := 1.0, 1.0
				if mp {
					a = 1 / float64(p)
				}
				if ml {
					b = 1 / float64(l)
				}
				return b / a
			}, ""},
			{"float32", func(p, l int, mp, ml bool) float64 {
				w := float32(1)
				if mp {
					w = float32(p)
				}
				if ml {
					w /= float32(l)
				}
				return float64(w)
			}, ""},
		},
		wrong: []answer[W]{
			{"upside down", func(p, l int, mp, ml bool) float64 {
				w := 1.0
				if mp {
					w /= float64(p)
				}
				if ml {
					w *= float64(l)
				}
				return w
			}, "Upside down"},
			{"pixels overlooked", func(p, l int, mp, ml bool) float64 {
				if ml {
					return 1 / float64(l)
				}
				return 1
			}, "mean over pixels is overlooked"},
			{"dimensions overlooked", func(p, l int, mp, ml bool) float64 {
				if mp {
					return float64(p)
				}
				return 1
			}, "mean over dimensions is overlooked"},
			{"whole numbers", func(p, l int, mp, ml bool) float64 {
				w := 1
				if mp {
					w *= p
				}
				if ml {
					w /= l
				}
				return float64(w)
			}, "Whole numbers were divided"},
			{"always both", func(p, l int, mp, ml bool) float64 { return float64(p) / float64(l) }, "Right only where both are means"},
			{"both multiplied", func(p, l int, mp, ml bool) float64 {
				w := 1.0
				if mp {
					w *= float64(p)
				}
				if ml {
					w *= float64(l)
				}
				return w
			}, "works the other way: it divides"},
			{"always 1", func(p, l int, mp, ml bool) float64 { return 1 }, "Always 1"},
		}}.add()

	type H = func(pixels int, sigma float64) float64
	trial[H]{of: HiddenWeight,
		right: []answer[H]{
			{"another way: from the σ of the plain ELBO", func(p int, s float64) float64 {
				r := math.Sqrt(float64(p)/2) / s
				return r * r
			}, ""},
			{"half the pixels", func(p int, s float64) float64 { return 0.5 * float64(p) / s / s }, ""},
			{"float32", func(p int, s float64) float64 { return float64(float32(p) / (2 * float32(s) * float32(s))) }, ""},
		},
		wrong: []answer[H]{
			{"sum, not mean", func(p int, s float64) float64 { return 0.5 * math.Pow(s, -2) }, "that is for a sum over pixels"},
			{"upside down", func(p int, s float64) float64 { return 2 * math.Pow(s, 2) / float64(p) }, "Upside down"},
			{"2 forgotten", func(p int, s float64) float64 { return float64(p) / (s * s) }, "is twice the true one"},
			{"σ for σ²", func(p int, s float64) float64 { return 0.5 * float64(p) / s }, "have the variance σ² in them"},
			{"σ forgotten", func(p int, s float64) float64 { return float64(p) * 1 }, "σ doesn't count yet"},
			{"σ² above", func(p int, s float64) float64 { return float64(p) * s * s / 2 }, "divide by σ²"},
			{"σ forgotten, not the 2", func(p int, s float64) float64 { return float64(p) / 2 }, "½·pixels: the part σ is missing"},
		}}.add()

	type U = func(means [][]float64) []int
	columns := func(means [][]float64) [][]float64 {
		list := make([][]float64, len(means[0]))
		for _, row := range means {
			for d, m := range row {
				list[d] = append(list[d], m)
			}
		}
		return list
	}
	find := func(collapsed func(column []float64) bool) U {
		return func(means [][]float64) (list []int) {
			for d, c := range columns(means) {
				if collapsed(c) {
					list = append(list, d)
				}
			}
			return list
		}
	}
	trial[U]{of: CollapsedUnits,
		right: []answer[U]{
			{"divided by n − 1", find(func(c []float64) bool { return stat.Variance(c, nil) <= 0.01 }), ""},
			{"E μ² − (E μ)²", find(func(c []float64) bool {
				n, m := float64(len(c)), floats.Sum(c)/float64(len(c))
				return floats.Dot(c, c)/n-m*m < 0.01
			}), ""},
			{"another way: standard deviation of 0.1", find(func(c []float64) bool { return stat.StdDev(c, nil) <= 0.1 }), ""},
			{"in another order", func(means [][]float64) []int {
				list := find(func(c []float64) bool { return stat.Variance(c, nil) <= 0.01 })(means)
				slices.Reverse(list)
				return list
			}, ""},
		},
		wrong: []answer[U]{
			{"the active ones", find(func(c []float64) bool { return stat.Variance(c, nil) > 0.01 }), "These are the active ones"},
			{"deviation of 0.01", find(func(c []float64) bool { return stat.PopStdDev(c, nil) < 0.01 }), "standard deviation is held against 0.01"},
			{"μ² for the variance", find(func(c []float64) bool { return floats.Dot(c, c)/float64(len(c)) < 0.01 }), "mean of μ² is held"},
			{"the mean's size", find(func(c []float64) bool { return math.Abs(floats.Sum(c)/float64(len(c))) < 0.1 }), "size of the mean is held against 0.1"},
			{"from 1", func(means [][]float64) (list []int) {
				for d, c := range columns(means) {
					if stat.Variance(c, nil) <= 0.01 {
						list = append(list, d+1)
					}
				}
				return list
			}, "counted from 1"},
			{"across dimensions", func(means [][]float64) (list []int) {
				for i, row := range means {
					if v := stat.PopVariance(row, nil); v*float64(len(row))/float64(len(row)-1) <= 0.01 {
						list = append(list, i)
					}
				}
				return list
			}, "across the dimensions of each image"},
			{"limit 0.1", find(func(c []float64) bool { return stat.PopVariance(c, nil) < 0.1 }), "held against 0.1: the limit"},
			{"none at all", func(means [][]float64) []int { return nil }, "No dimension is listed"},
			{"all of them", find(func(c []float64) bool { return true }), "Every dimension is listed"},
			{"one too many", func(means [][]float64) []int {
				return append(find(func(c []float64) bool { return stat.Variance(c, nil) <= 0.01 })(means), 0)
			}, "Your list has 3 numbers where it should have 2"},
		}}.add()

	type B = func(kl []float64, lambda float64) float64
	trial[B]{of: FreeBits,
		right: []answer[B]{
			{"if, else", func(kl []float64, lambda float64) (sum float64) {
				for _, x := range kl {
					if x < lambda {
						sum += lambda
					} else {
						sum += x
					}
				}
				return sum
			}, ""},
			{"another way: by the excess", func(kl []float64, lambda float64) float64 {
				sum := lambda * float64(len(kl))
				for _, x := range kl {
					sum += math.Max(0, x-lambda)
				}
				return sum
			}, ""},
			{"float32", func(kl []float64, lambda float64) float64 {
				var sum float32
				for _, x := range kl {
					sum += max(float32(x), float32(lambda))
				}
				return float64(sum)
			}, ""},
		},
		wrong: []answer[B]{
			{"on the sum", func(kl []float64, lambda float64) float64 { return math.Max(floats.Sum(kl), lambda) }, "The limit is put on the sum: one busy"},
			{"on the sum, D·λ", func(kl []float64, lambda float64) float64 {
				return math.Max(floats.Sum(kl), float64(len(kl))*lambda)
			}, "λ times the number of dimensions"},
			{"min", func(kl []float64, lambda float64) (sum float64) {
				for _, x := range kl {
					sum += math.Min(x, lambda)
				}
				return sum
			}, "The smaller one is taken"},
			{"the excess alone", func(kl []float64, lambda float64) (sum float64) {
				for _, x := range kl {
					if x > lambda {
						sum += x - lambda
					}
				}
				return sum
			}, "That is max(0, KL − λ)"},
			{"added", func(kl []float64, lambda float64) float64 { return floats.Sum(kl) + lambda*float64(len(kl)) }, "λ is added"},
			{"mean", func(kl []float64, lambda float64) (sum float64) {
				for _, x := range kl {
					sum += math.Max(x, lambda) / float64(len(kl))
				}
				return sum
			}, "mean over dimensions"},
			{"no λ", func(kl []float64, lambda float64) float64 { return floats.Sum(kl) }, "Right at λ = 0 only"},
			{"not charged below", func(kl []float64, lambda float64) (sum float64) {
				for _, x := range kl {
					if x >= lambda {
						sum += x
					}
				}
				return sum
			}, "pays nothing"},
		}}.add()

	type A = func(step, warmup int) float64
	trial[A]{of: Annealing,
		right: []answer[A]{
			{"if first", func(step, warmup int) float64 {
				if step >= warmup {
					return 1
				}
				return float64(step) / float64(warmup)
			}, ""},
			{"another way: clipped step", func(step, warmup int) float64 { return float64(min(step, warmup)) / float64(warmup) }, ""},
			{"float32", func(step, warmup int) float64 { return float64(min(1, float32(step)/float32(warmup))) }, ""},
		},
		wrong: []answer[A]{
			{"whole numbers", func(step, warmup int) float64 { return math.Min(1, float64(step/warmup)) }, "and then 1 at once"},
			{"whole numbers, not clipped", func(step, warmup int) float64 { w := step / warmup; return float64(w) }, "so it jumps"},
			{"overshoots", func(step, warmup int) float64 { return 1 / float64(warmup) * float64(step) }, "grows beyond 1, without end"},
			{"never quite 1", func(step, warmup int) float64 {
				return math.Min(float64(step)/(1+float64(warmup)), 1)
			}, "divided by warmup + 1"},
			{"one step early", func(step, warmup int) float64 { return math.Min(1, (float64(step)+1)/float64(warmup)) }, "One step too early"},
			{"falls", func(step, warmup int) float64 { return math.Max(float64(warmup-step)/float64(warmup), 0) }, "Upside down"},
			{"cyclical", func(step, warmup int) float64 { return math.Mod(float64(step), float64(warmup)) / float64(warmup) }, "cyclical"},
			{"dropped afterwards", func(step, warmup int) float64 {
				if step >= warmup {
					return 0
				}
				return float64(step) / float64(warmup)
			}, "falls back to 0"},
			{"squared", func(step, warmup int) float64 {
				w := math.Min(1, float64(step)/float64(warmup))
				return w * w
			}, "where min(1, step/warmup) belongs"},
		}}.add()
}
