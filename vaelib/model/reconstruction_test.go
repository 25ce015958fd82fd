package model_test

import (
	"math"
	"testing"

	. "github.com/gomlx/gomlx/core/graph"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
)

func bernoulliGraph(in []*Node) []*Node { return []*Node{model.BernoulliNats(in[0], in[1])} }

func gaussianGraph(sigma float64) func(in []*Node) []*Node {
	return func(in []*Node) []*Node { return []*Node{model.GaussianNats(in[0], in[1], sigma)} }
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// Black and white pixels: the log-probabilities of a Bernoulli distribution.
func TestBernoulliOnBlackAndWhite(t *testing.T) {
	rng := seeded(3)
	const images, pixels = 20, 12
	x := grid(images, pixels, func() float64 { return float64(rng.IntN(2)) })
	logits := grid(images, pixels, func() float64 { return 4 * rng.NormFloat64() })
	want := make([]float64, images)
	for i := range want {
		for j := range pixels {
			want[i] -= distuv.Bernoulli{P: sigmoid(float64(logits[i][j]))}.LogProb(float64(x[i][j]))
		}
	}
	on(t, func(t *testing.T, compute computer) {
		close32(t, "nats of image", compute(bernoulliGraph, x, logits)[0], want)
	})
}

// Grey pixels: the cross-entropy, which at its best is the pixel's own entropy and not 0.
func TestBernoulliOnGrey(t *testing.T) {
	rng := seeded(4)
	const images, pixels = 20, 12
	x := grid(images, pixels, rng.Float64)
	logits := grid(images, pixels, func() float64 { return 4 * rng.NormFloat64() })
	want := make([]float64, images)
	for i := range want {
		for j := range pixels {
			p, grey := sigmoid(float64(logits[i][j])), float64(x[i][j])
			want[i] -= grey*math.Log(p) + (1-grey)*math.Log(1-p)
		}
	}
	on(t, func(t *testing.T, compute computer) {
		close32(t, "nats of image", compute(bernoulliGraph, x, logits)[0], want)
		half := compute(bernoulliGraph, [][]float32{{0.5}}, [][]float32{{0}})
		close32(t, "entropy of a grey pixel", half[0], []float64{math.Ln2})
	})
}

// At logits of ±100 log sigmoid(l) would be log 0; −log p is |l| where the decoder is wrong and 0 where it's right.
func TestBernoulliAtExtremeLogits(t *testing.T) {
	x := [][]float32{{1}, {0}, {1}, {0}, {0.25}}
	logits := [][]float32{{100}, {-100}, {-100}, {100}, {100}}
	on(t, func(t *testing.T, compute computer) {
		close32(t, "nats", compute(bernoulliGraph, x, logits)[0], []float64{0, 0, 100, 100, 75})
	})
}

// ∂/∂l is sigmoid(l) − x everywhere, and so at l = 0, where softplus is put together from two pieces with a kink.
func TestBernoulliGradient(t *testing.T) {
	x := [][]float32{{0, 1, 0.3, 0.3, 0.9, 0, 1, 0.5}}
	logits := [][]float32{{0, 0, 0, -2, 3, 100, -100, 1e-3}}
	want := make([]float64, len(x[0]))
	for j := range want {
		want[j] = sigmoid(float64(logits[0][j])) - float64(x[0][j])
	}
	on(t, func(t *testing.T, compute computer) {
		got := compute(func(in []*Node) []*Node {
			return Gradient(ReduceAllSum(model.BernoulliNats(in[0], in[1])), in[1])
		}, x, logits)
		close32(t, "∂/∂l", got[0], want)
	})
}

func TestGaussianAgainstDistuv(t *testing.T) {
	rng := seeded(5)
	const images, pixels = 20, 12
	x := grid(images, pixels, rng.Float64)
	means := grid(images, pixels, rng.Float64)
	on(t, func(t *testing.T, compute computer) {
		for _, sigma := range []float64{0.05, 0.1, 1, 3} {
			want := make([]float64, images)
			for i := range want {
				for j := range pixels {
					want[i] -= distuv.Normal{Mu: float64(means[i][j]), Sigma: sigma}.LogProb(float64(x[i][j]))
				}
			}
			close32(t, "nats of image", compute(gaussianGraph(sigma), x, means)[0], want)
		}
	})
}

// A density's −log may be negative: a perfect reconstruction at σ = 0.1 is −log(1/(0.1 √2π)) a pixel.
func TestGaussianMayBeNegative(t *testing.T) {
	on(t, func(t *testing.T, compute computer) {
		got := compute(gaussianGraph(0.1), [][]float32{{0.5, 0.5}}, [][]float32{{0.5, 0.5}})
		close32(t, "nats", got[0], []float64{2 * -1.3836465})
	})
}

// ∂/∂m = (m − x)/σ².
func TestGaussianGradient(t *testing.T) {
	x, means := [][]float32{{0, 1, 0.3}}, [][]float32{{0.5, 0.25, 0.3}}
	on(t, func(t *testing.T, compute computer) {
		got := compute(func(in []*Node) []*Node {
			return Gradient(ReduceAllSum(model.GaussianNats(in[0], in[1], 0.5)), in[1])
		}, x, means)
		close32(t, "∂/∂m", got[0], []float64{2, -3, 0})
	})
}

// Against gonum's Laplace distribution, and its slope ±1/b.
func TestLaplaceAgainstDistuv(t *testing.T) {
	rng := seeded(6)
	const images, pixels, scale = 15, 9, 0.07
	x, medians := grid(images, pixels, rng.Float64), grid(images, pixels, rng.Float64)
	want, slopes := make([]float64, images), []float64(nil)
	for i := range want {
		for j := range pixels {
			off := float64(x[i][j]) - float64(medians[i][j])
			want[i] -= distuv.Laplace{Mu: float64(medians[i][j]), Scale: scale}.LogProb(float64(x[i][j]))
			slopes = append(slopes, -math.Copysign(1/scale, off))
		}
	}
	on(t, func(t *testing.T, compute computer) {
		got := compute(func(in []*Node) []*Node {
			nats := model.LaplaceNats(in[0], in[1], scale)
			return append([]*Node{nats}, Gradient(ReduceAllSum(nats), in[1])...)
		}, x, medians)
		close32(t, "nats of image", got[0], want)
		close32(t, "∂/∂m", got[1], slopes)
	})
}

// The decoder that a configuration names is the one whose nats are the reconstruction term.
func TestReconstructionIsTheDecoders(t *testing.T) {
	x, logits := [][]float32{{0.2, 0.9}}, [][]float32{{-1, 0.5}}
	for decoder, nats := range map[run.Likelihood]func(x, m float64) float64{
		run.Bernoulli: func(x, m float64) float64 { return -x*math.Log(m) - (1-x)*math.Log(1-m) },
		run.Gaussian:  func(x, m float64) float64 { return -distuv.Normal{Mu: m, Sigma: 0.3}.LogProb(x) },
		run.Laplace:   func(x, m float64) float64 { return -distuv.Laplace{Mu: m, Scale: 0.3}.LogProb(x) },
	} {
		want := 0.0
		for j := range x[0] {
			want += nats(float64(x[0][j]), sigmoid(float64(logits[0][j])))
		}
		on(t, func(t *testing.T, compute computer) {
			got := compute(func(in []*Node) []*Node {
				return []*Node{model.Reconstruction(model.Pass{Config: run.Config{Decoder: decoder, PixelSigma: 0.3, Hidden: 1}, Images: in[0], Logits: in[1]})}
			}, x, logits)
			close32(t, string(decoder), got[0], []float64{want})
		})
	}
}
