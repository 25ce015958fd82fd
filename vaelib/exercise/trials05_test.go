package exercise

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/kl"
)

func init() {
	type L = func(weight float64, numbers int, b float64) float64
	trial[L]{of: LaplaceWeight,
		right: []answer[L]{
			{"another way: one nat over the other", func(w float64, n int, b float64) float64 { return w / (b / float64(n)) }, ""},
			{"from the b of the plain ELBO", func(w float64, n int, b float64) float64 { plain := w * float64(n); return plain / b }, ""},
			{"logarithms", func(w float64, n int, b float64) float64 {
				return math.Exp(math.Log(w) + math.Log(float64(n)) - math.Log(b))
			}, ""},
			{"float32", func(w float64, n int, b float64) float64 { return float64(float32(w) * float32(n) / float32(b)) }, ""},
		},
		wrong: []answer[L]{
			{"a sum, not a mean", func(w float64, n int, b float64) float64 { return w * math.Pow(b, -1) }, "The mean is overlooked"},
			{"divided by the numbers", func(w float64, n int, b float64) float64 { return w / b / float64(n) }, "the numbers works the other way"},
			{"no b", func(w float64, n int, b float64) float64 { return float64(n) * w }, "is still to be divided by b"},
			{"b above", func(w float64, n int, b float64) float64 { return b * float64(n) * w }, "b works the other way"},
			{"factor applied", func(w float64, n int, b float64) float64 { factor := b / float64(n); return factor * w }, "multiplies the weight there"},
			{"upside down", func(w float64, n int, b float64) float64 { return 1 / (w * float64(n) / b) }, "Upside down"},
			{"squared error", func(w float64, n int, b float64) float64 { return 0.5 * w * float64(n) * math.Pow(b, -2) }, "a squared error's weight"},
			{"b²", func(w float64, n int, b float64) float64 { return w * float64(n) / b / b }, "b has no square"},
			{"2b", func(w float64, n int, b float64) float64 { return w * float64(n) / (b + b) }, "the Laplace density"},
			{"no weight", func(w float64, n int, b float64) float64 { return float64(n) / b }, "the program's own weight is missing"},
			{"the weight alone", func(w float64, n int, b float64) float64 { return 1 * w }, "the number in the program"},
			{"weight squared", func(w float64, n int, b float64) float64 { return w * w * float64(n) / b }, "weight² stands where weight belongs"},
			{"four times", func(w float64, n int, b float64) float64 { return 4 * w * float64(n) / b }, "is 4 times the true one"},
		}}.add()

	type C = func(codes, clearances []float64) float64
	clear := func(c float64) bool { return c > 0 }
	// first takes the first code in an order, of those that pass, or of all in another order.
	first := func(passes func(c float64) bool, order, otherwise func(z, c float64) float64) C {
		return func(codes, clearances []float64) float64 {
			var passed, all [][2]float64
			for i, z := range codes {
				all = append(all, [2]float64{z, clearances[i]})
				if passes(clearances[i]) {
					passed = append(passed, all[i])
				}
			}
			by := order
			if len(passed) == 0 {
				passed, by = all, otherwise
			}
			slices.SortStableFunc(passed, func(a, b [2]float64) int { return cmp.Compare(by(a[0], a[1]), by(b[0], b[1])) })
			return passed[0][0]
		}
	}
	size := func(z, _ float64) float64 { return z * z }
	inTheWay := func(_, c float64) float64 { return -c }
	same := func(_, _ float64) float64 { return 0 }
	anyOf := func(float64) bool { return true }
	trial[C]{of: ChooseStyle,
		right: []answer[C]{
			{"a score for each", func(codes, clearances []float64) float64 {
				scores := slices.Clone(clearances)
				for i, z := range codes {
					if clearances[i] > 0 {
						scores[i] = math.Exp(-z * z / 2)
					}
				}
				return codes[floats.MaxIdx(scores)]
			}, ""},
			{"another way: case by case", func(codes, clearances []float64) float64 {
				best := 0
				for i := range codes {
					switch a, b := clearances[i], clearances[best]; {
					case a > 0 && b > 0:
						if math.Abs(codes[i]) < math.Abs(codes[best]) {
							best = i
						}
					case a > b:
						best = i
					}
				}
				return codes[best]
			}, ""},
			{"sorted", first(clear, size, inTheWay), ""},
			{"by the prior's density", first(clear, func(z, _ float64) float64 { return -distuv.UnitNormal.LogProb(z) }, inTheWay), ""},
			{"by quantiles", first(clear, func(z, _ float64) float64 { return math.Abs(kl.Standard.CDF(z) - 0.5) }, inTheWay), ""},
		},
		wrong: []answer[C]{
			{"the prior's mean", func(_, _ []float64) float64 { return 0 }, "that is what ACT takes"},
			{"nearest to 0", first(anyOf, size, same), "whether its path is clear or not"},
			{"largest clearance", first(anyOf, inTheWay, same), "whatever the code"},
			{"smallest z", first(clear, func(z, _ float64) float64 { return z }, inTheWay), "the most negative"},
			{"largest z", first(clear, func(z, _ float64) float64 { return -z }, inTheWay), "it takes the largest z"},
			{"least probable", first(clear, func(z, _ float64) float64 { return -z * z }, inTheWay), "the least probable code"},
			{"touching is clear", first(func(c float64) bool { return !(c < 0) }, size, inTheWay), "that isn't clear"},
			{"the colliding ones", first(func(c float64) bool { return c < 0 }, size, inTheWay), "prefers the paths that collide"},
			{"0 where none is clear", func(codes, clearances []float64) float64 {
				if floats.Max(clearances) <= 0 {
					return 0
				}
				return first(clear, size, same)(codes, clearances)
			}, "Where none is, it gives 0"},
			{"first where none is clear", first(clear, size, same), "it gives the first code"},
			{"most probable where none is clear", first(clear, size, size), "there the largest clearance counts"},
			{"first clear one", first(clear, same, inTheWay), "a later one may have"},
			{"its place", func(codes, clearances []float64) float64 {
				return float64(slices.Index(codes, first(clear, size, inTheWay)(codes, clearances)))
			}, "the place of the right code"},
			{"mean of the clear ones", func(codes, clearances []float64) float64 {
				var list []float64
				for i, c := range clearances {
					if c > 0 {
						list = append(list, codes[i])
					}
				}
				if len(list) == 0 {
					return codes[floats.MaxIdx(clearances)]
				}
				return stat.Mean(list, nil)
			}, "nobody has looked at"},
			{"not its size but the code's", func(codes, clearances []float64) float64 {
				return math.Abs(first(clear, size, inTheWay)(codes, clearances))
			}, "|z| stands where z belongs"},
			{"a margin of 0.05", first(func(c float64) bool { return c > 0.05 }, size, inTheWay), "Not the right value at"},
		}}.add()

	type F = func(nats [][]float64, lambda float64) (byDimension, byImage, byBatch float64)
	// three are the charges with these limits: of each dimension's mean, of each image's sum, and of the mean sum.
	three := func(dimension, image, batch func(x, lambda, free float64) float64) F {
		return func(nats [][]float64, lambda float64) (a, b, c float64) {
			n, free, all := float64(len(nats)), lambda*float64(len(nats[0])), 0.0
			for d := range nats[0] {
				sum := 0.0
				for _, row := range nats {
					sum += row[d]
				}
				a += dimension(sum/n, lambda, free)
			}
			for _, row := range nats {
				b += image(floats.Sum(row), lambda, free) / n
				all += floats.Sum(row) / n
			}
			return a, b, batch(all, lambda, free)
		}
	}
	own := func(x, lambda, _ float64) float64 { return math.Max(x, lambda) }
	whole := func(x, _, free float64) float64 { return math.Max(x, free) }
	trial[F]{of: FreeNats,
		right: []answer[F]{
			{"another way: what is free, and what lies above", func(nats [][]float64, lambda float64) (a, b, c float64) {
				free := lambda * float64(len(nats[0]))
				a, b, c = three(func(x, l, _ float64) float64 { return math.Max(x-l, 0) }, func(x, _, f float64) float64 { return math.Max(x-f, 0) },
					func(x, _, f float64) float64 { return math.Max(x-f, 0) })(nats, lambda)
				return free + a, free + b, free + c
			}, ""},
			{"in loops", three(own, whole, whole), ""},
			{"by cases", three(func(x, l, _ float64) float64 {
				if x < l {
					return l
				}
				return x
			}, whole, whole), ""},
			{"in a matrix", func(nats [][]float64, lambda float64) (a, b, c float64) {
				m := mat.NewDense(len(nats), len(nats[0]), slices.Concat(nats...))
				rows, columns := m.Dims()
				for d := range columns {
					a += max(stat.Mean(mat.Col(nil, d, m), nil), lambda)
				}
				for i := range rows {
					b += max(floats.Sum(m.RawRowView(i)), lambda*float64(columns)) / float64(rows)
				}
				return a, b, max(mat.Sum(m)/float64(rows), lambda*float64(columns))
			}, ""},
			{"float32", func(nats [][]float64, lambda float64) (float64, float64, float64) {
				a, b, c := three(own, whole, whole)(nats, float64(float32(lambda)))
				return float64(float32(a)), float64(float32(b)), float64(float32(c))
			}, ""},
		},
		wrong: []answer[F]{
			{"image by image", func(nats [][]float64, lambda float64) (a, b, c float64) {
				_, b, c = three(own, whole, whole)(nats, lambda)
				for _, x := range slices.Concat(nats...) {
					a += math.Max(x, lambda) / float64(len(nats))
				}
				return a, b, c
			}, "the max is taken image by image"},
			{"by batch for by image", func(nats [][]float64, lambda float64) (float64, float64, float64) {
				a, _, c := three(own, whole, whole)(nats, lambda)
				return a, c, c
			}, "the mean is taken before the max"},
			{"by image for by batch", func(nats [][]float64, lambda float64) (float64, float64, float64) {
				a, b, _ := three(own, whole, whole)(nats, lambda)
				return a, b, b
			}, "the max is taken before the mean"},
			{"λ once", three(own, own, own), "By image and by batch, λ counts once"},
			{"λ once by image", three(own, own, whole), "By image, λ counts once"},
			{"λ once by batch", three(own, whole, own), "By batch, λ counts once"},
			{"on the sum", func(nats [][]float64, lambda float64) (float64, float64, float64) {
				_, b, c := three(own, whole, whole)(nats, lambda)
				return c, b, c
			}, "the limit is put on the sum"},
			{"PlaNet's", three(func(x, l, _ float64) float64 { return math.Dim(x, l) }, func(x, _, f float64) float64 { return math.Dim(x, f) },
				func(x, _, f float64) float64 { return math.Dim(x, f) }), "as PlaNet has it"},
			{"min", three(func(x, l, _ float64) float64 { return math.Min(x, l) }, func(x, _, f float64) float64 { return math.Min(x, f) },
				func(x, _, f float64) float64 { return math.Min(x, f) }), "The smaller one is taken"},
			{"no λ", func(nats [][]float64, _ float64) (float64, float64, float64) {
				return three(own, whole, whole)(nats, 0)
			}, "λ doesn't count"},
			{"added", three(func(x, l, _ float64) float64 { return x + l }, func(x, _, f float64) float64 { return x + f },
				func(x, _, f float64) float64 { return x + f }), "What is free is added"},
			{"images added up", func(nats [][]float64, lambda float64) (float64, float64, float64) {
				a, b, c := three(own, whole, whole)(nats, lambda)
				return a, float64(len(nats)) * b, c
			}, "the charges are summed up over the batch"},
			{"means over dimensions", func(nats [][]float64, lambda float64) (float64, float64, float64) {
				a, b, c := three(own, whole, whole)(nats, lambda)
				n := float64(len(nats[0]))
				return a / n, b / n, c / n
			}, "all three are means over the dimensions"},
			{"λ·D for each dimension", three(whole, whole, whole), "charge by dimension: "},
			{"by batch half as free", three(own, whole, func(x, _, free float64) float64 { return math.Max(x, free/2) }), "½·free stands where free belongs"},
		}}.add()

	type B = func(nats, prior, posterior, free float64) float64
	above := func(f func(prior, posterior float64) float64) B {
		return func(nats, prior, posterior, free float64) float64 {
			if nats <= free {
				return 0
			}
			return f(prior, posterior)
		}
	}
	trial[B]{of: BalancedWeight,
		right: []answer[B]{
			{"another way: the slope of the max", func(nats, _, posterior, free float64) float64 {
				const h = 1e-9
				return posterior * math.Round((math.Max(nats, free)-math.Max(nats-h, free))/h)
			}, ""},
			{"first what is free", above(func(_, posterior float64) float64 { return posterior }), ""},
			{"float32", above(func(_, posterior float64) float64 { return float64(float32(posterior)) }), ""},
		},
		wrong: []answer[B]{
			{"both", above(func(prior, posterior float64) float64 { return posterior + prior }), "in the prior's term q stands inside sg"},
			{"the prior's", above(func(prior, _ float64) float64 { return prior }), "the weight that pulls the prior"},
			{"ratio", above(func(prior, posterior float64) float64 { return posterior / prior }), "would count where q and p shared"},
			{"ratio, turned", above(func(prior, posterior float64) float64 { return prior / posterior }), "how much harder p is pulled"},
			{"share", above(func(prior, posterior float64) float64 { return 1 / (1 + prior/posterior) }), "the posterior's share"},
			{"never free", func(_, _, posterior, _ float64) float64 { return posterior }, "Right above free only"},
			{"both, never free", func(_, prior, posterior, _ float64) float64 { return prior + posterior }, "also below free"},
			{"at free, too", func(nats, _, posterior, free float64) float64 {
				if nats < free {
					return 0
				}
				return posterior
			}, "Wrong only at KL = free"},
			{"below free", func(nats, _, posterior, free float64) float64 {
				if free > nats {
					return posterior
				}
				return 0
			}, "The other way round"},
			{"the term", func(nats, _, posterior, free float64) float64 { return math.Max(nats, free) * posterior }, "what the term costs, its value"},
			{"what lies above", func(nats, _, posterior, free float64) float64 { return posterior * math.Dim(nats, free) }, "the cost of what lies above"},
			{"1 below free", func(nats, _, posterior, free float64) float64 {
				if nats > free {
					return posterior
				}
				return 1
			}, "(posterior if nats > free, else 1)"},
			{"the mean of both", above(func(prior, posterior float64) float64 { return (prior + posterior) / 2 }), "½·(prior"},
		}}.add()

	type T = func(variance1, variance2, covariance float64) float64
	rho := func(v1, v2, c float64) float64 { return c / math.Sqrt(v1) / math.Sqrt(v2) }
	trial[T]{of: TotalCorrelation,
		right: []answer[T]{
			{"another way: entropies", func(v1, v2, c float64) float64 { return (math.Log(v1) + math.Log(v2) - math.Log(v1*v2-c*c)) / 2 }, ""},
			{"gonum's determinant", func(v1, v2, c float64) float64 {
				return 0.5 * (math.Log(v1*v2) - math.Log(mat.Det(mat.NewDense(2, 2, []float64{v1, c, c, v2}))))
			}, ""},
			{"a KL of two Gaussians", func(v1, v2, c float64) float64 {
				cloud, err := kl.NewFull([]float64{0, 0}, mat.NewSymDense(2, []float64{v1, c, c, v2}))
				alone := value(kl.NewFull([]float64{0, 0}, mat.NewSymDense(2, []float64{v1, 0, 0, v2})))
				return value(value(cloud, err).KL(alone))
			}, ""},
			{"log1p", func(v1, v2, c float64) float64 { r := rho(v1, v2, c); return -0.5 * math.Log1p(-r*r) }, ""},
		},
		wrong: []answer[T]{
			{"turned", func(v1, v2, c float64) float64 { return math.Log(math.Sqrt(1 - math.Pow(rho(v1, v2, c), 2))) }, "The sign is turned"},
			{"no ½", func(v1, v2, c float64) float64 { return math.Log(v1*v2) - math.Log(v1*v2-c*c) }, "the ½ is missing"},
			{"bits", func(v1, v2, c float64) float64 { return -math.Log2(1-math.Pow(rho(v1, v2, c), 2)) / 2 }, "in bits"},
			{"ρ", func(v1, v2, c float64) float64 { return -math.Log1p(-rho(v1, v2, c)) / 2 }, "ρ stands where ρ² belongs"},
			{"|ρ|", func(v1, v2, c float64) float64 { return -math.Log1p(-math.Abs(rho(v1, v2, c))) / 2 }, "|ρ| stands where ρ² belongs"},
			{"ρ² itself", func(v1, v2, c float64) float64 { return c * c / v1 / v2 }, "the share of one dimension's variance"},
			{"variances for spreads", func(v1, v2, c float64) float64 { r := c / v1 / v2; return -math.Log1p(-r*r) / 2 }, "variances are taken for spreads"},
			{"covariance for ρ", func(_, _, c float64) float64 { return -math.Log(1-c*c) / 2 }, "the covariance is taken for the correlation"},
			{"the determinant alone", func(v1, v2, c float64) float64 { return -math.Log(v1*v2-c*c) / 2 }, "−½ log det Σ alone"},
			{"to N(0, I)", func(v1, v2, c float64) float64 { return (v1 + v2 - 2 - math.Log(v1*v2-c*c)) / 2 }, "the KL from the cloud to N(0, I)"},
			{"plus for minus", func(v1, v2, c float64) float64 { return 0.5 * math.Log1p(math.Pow(rho(v1, v2, c), 2)) * -1 }, "variance1·variance2 + covariance²) stands where"},
			{"one variance", func(v1, _, c float64) float64 { r := c / v1; return -0.5 * math.Log(1-r*r) }, "variance1"},
		}}.add()

	type S = func(z, mu, sigma float64) float64
	ratio := func(z, mu, s float64) float64 {
		return distuv.UnitNormal.Prob(z) / distuv.Normal{Mu: mu, Sigma: s}.Prob(z)
	}
	trial[S]{of: K3Slope,
		right: []answer[S]{
			{"another way: densities that are there", func(z, mu, s float64) float64 {
				q := kl.Normal{Mu: mu, Sigma: s}
				return (1 - math.Exp(kl.Standard.LogProb(z)-q.LogProb(z))) * (z - mu) / (s * s)
			}, ""},
			{"gonum's score", func(z, mu, s float64) float64 {
				score := make([]float64, 2)
				distuv.Normal{Mu: mu, Sigma: s}.Score(score, z)
				return score[0] - ratio(z, mu, s)*score[0]
			}, ""},
			{"by small steps", func(z, mu, s float64) float64 {
				k3 := func(mu float64) float64 { r := ratio(z, mu, s); return r - 1 - math.Log(r) }
				const h = 1e-4
				return (8*(k3(mu+h)-k3(mu-h)) - (k3(mu+2*h) - k3(mu-2*h))) / (12 * h)
			}, ""},
			{"float32", func(z, mu, s float64) float64 {
				return float64(float32(1-ratio(z, mu, s)) * float32(z-mu) / float32(s*s))
			}, ""},
		},
		wrong: []answer[S]{
			{"k1's", func(z, mu, s float64) float64 { return (z - mu) / s / s }, "the slope of k1"},
			{"k2's", func(z, mu, s float64) float64 { return math.Log(1/ratio(z, mu, s)) * (z - mu) / s / s }, "the slope of k2"},
			{"the KL's", func(_, mu, _ float64) float64 { return mu }, "the slope of the KL itself"},
			{"the other KL's", func(_, mu, s float64) float64 { return mu / s / s }, "the mean of the slopes over all draws"},
			{"turned", func(z, mu, s float64) float64 { return (1 - ratio(z, mu, s)) * (mu - z) / (s * s) }, "The sign is turned"},
			{"through z", func(z, mu, s float64) float64 { return z - z*ratio(z, mu, s) }, "There z moves with μ"},
			{"r alone", func(z, mu, s float64) float64 { return ratio(z, mu, s) * (mu - z) / (s * s) }, "the slope of r alone"},
			{"added", func(z, mu, s float64) float64 { score := (z - mu) / (s * s); return score + ratio(z, mu, s)*score }, "The parts are added"},
			{"r upside down", func(z, mu, s float64) float64 {
				return (z - mu) / (s * s) * (1 - distuv.Normal{Mu: mu, Sigma: s}.Prob(z)/distuv.UnitNormal.Prob(z))
			}, "r is upside down"},
			{"r without σ", func(z, mu, s float64) float64 {
				u := (z - mu) / s
				return (1 - math.Exp((u*u-z*z)/2)) * u / s
			}, "r lacks its σ"},
			{"σ once", func(z, mu, s float64) float64 { return (1 - ratio(z, mu, s)) * (z - mu) / s }, "divided by σ once"},
			{"no σ²", func(z, mu, s float64) float64 { return (z - mu) - (z-mu)*ratio(z, mu, s) }, "σ² is missing"},
			{"k3 itself", func(z, mu, s float64) float64 { r := ratio(z, mu, s); return math.Log(1/r) - (1 - r) }, "k3 itself"},
			{"twice", func(z, mu, s float64) float64 { return 2 * (1 - ratio(z, mu, s)) * (z - mu) / (s * s) }, "is twice the true one"},
			{"z alone", func(z, mu, s float64) float64 { return (1 - ratio(z, mu, s)) * z / (s * s) }, "Right only where μ = 0"},
		}}.add()

	trials["ClipsCompared"] = func(t *testing.T) {
		tryTrend(t, ClipsCompared, [][]float64{{256.7, 246, 240.1, 244.6}}, []string{"falls, then rises"},
			surprised{[]string{"falls"}, "the reconstruction term falls; measured, it falls, then rises"},
			surprised{[]string{"rises"}, "the reconstruction term rises; measured, it falls"},
			surprised{[]string{"stays"}, "the reconstruction term stays; measured, it falls"},
			surprised{[]string{"by image"}, "“by image” can't be compared"})
	}
	trials["PartsOfTheKL"] = func(t *testing.T) {
		tryTrend(t, PartsOfTheKL, [][]float64{{4.83 / 6.39, 7.26 / 14.58, 7.6 / 43.8}, {1.4 / 6.39, 6.75 / 14.58, 32 / 43.8}}, []string{"falls", "rises"},
			surprised{[]string{"rises", "rises"}, "the information's share rises; measured, it falls"},
			surprised{[]string{"falls", "falls"}, "the total correlation's share falls; measured, it rises"},
			surprised{[]string{"stays", "rises"}, "the information's share stays; measured, it falls"},
			surprised{[]string{"falls"}, "There are 1 words for 2 quantities"})
	}
}

// The mean of the slopes over draws that are held is what package kl says that a program follows: the slope of the other divergence.
func TestK3SlopeOverDraws(t *testing.T) {
	for _, q := range []kl.Normal{{Mu: 1, Sigma: 0.9}, {Mu: -0.5, Sigma: 1.2}, {Mu: 0.3, Sigma: 1}} {
		estimate, err := kl.Expectation(q, func(z float64) float64 { return solveK3Slope(z, q.Mu, q.Sigma) }).Estimate(400_000, 5)
		if v, err := value(estimate, err).Agrees(value(kl.K3.Slope(q, kl.Standard)).Mu, 1e-6); err != nil || !v.Agree {
			t.Errorf("%+v: %v, %v", q, v, err)
		}
	}
}
