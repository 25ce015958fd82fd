package model_test

import (
	"math"
	"testing"

	. "github.com/gomlx/gomlx/core/graph"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/internal/reference"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
)

// conditional are settings with something given, with a learned prior, and with both.
func conditional(given int, prior run.PriorRule) run.Config {
	c := small(run.VAE)
	c.Given, c.Prior = given, prior
	return c
}

// normal is the distribution with these numbers of a dimension.
func normal(mean, logVar float64) distuv.Normal {
	return distuv.Normal{Mu: mean, Sigma: math.Exp(logVar / 2)}
}

// A conditional pass, image by image, against loops over float64: the encoder sees all pixels, the decoder the code and those given;
// only the others cost nats; the divergence is that from the prior of the image.
func TestForwardPassOfConditionalModels(t *testing.T) {
	for _, c := range []run.Config{conditional(4, run.StandardPrior), conditional(0, run.LearnedPrior), conditional(4, run.LearnedPrior)} {
		arrays := randomArrays(c)
		network := reference.New(arrays)
		rng := seeded(30)
		x, noise := grid(5, pixels, rng.Float64), grid(5, c.Latent, rng.NormFloat64)
		var logits, reconstruction, divergence []float64
		for i := range x {
			image := wide(x[i])
			given, told := image[:c.Given], image[c.Given:]
			mean, logVar := network.Encode(image)
			priorMean, priorLogVar := make([]float64, c.Latent), make([]float64, c.Latent)
			if c.Prior == run.LearnedPrior {
				priorMean, priorLogVar = network.Prior(given)
			}
			var z []float64
			var nats, restored float64
			for j := range mean {
				q := normal(mean[j], logVar[j])
				nats += distuv.KullbackLeibler{}.DistNormal(q, normal(priorMean[j], priorLogVar[j]))
				z = append(z, q.Mu+q.Sigma*float64(noise[i][j]))
			}
			decoded := network.Decode(append(z, given...))
			if len(decoded) != len(told) {
				t.Fatalf("the decoder tells %d of %d pixels", len(decoded), len(told))
			}
			for j, l := range decoded {
				p := sigmoid(l)
				restored -= told[j]*math.Log(p) + (1-told[j])*math.Log(1-p)
			}
			logits, reconstruction, divergence = append(logits, decoded...), append(reconstruction, restored), append(divergence, nats)
		}
		on(t, func(t *testing.T, compute computer) {
			got := forward(compute, c, arrays, x, noise)
			close32(t, "logit", got[2], logits)
			close32(t, "reconstruction", got[3], reconstruction)
			close32(t, "KL", got[4], divergence)
		})
	}
}

// In the prior's own units a posterior has the divergence from N(0, I) that it had from the prior, and codes come back.
func TestTheStandardPriorIsNoLoss(t *testing.T) {
	for _, given := range []int{0, 4} {
		c := conditional(given, run.LearnedPrior)
		arrays := randomArrays(c)
		rng := seeded(31)
		x, noise := grid(5, pixels, rng.Float64), grid(5, c.Latent, rng.NormFloat64)
		on(t, func(t *testing.T, compute computer) {
			in := []any{x, noise}
			for _, a := range arrays {
				in = append(in, tensorOf(a))
			}
			got := compute(func(in []*Node) []*Node {
				n := model.New(c, pixels, in[2:])
				p := n.Forward(in[0], in[1])
				mean, logVar := n.Standardise(p.Mean, p.LogVar, p.Given)
				again := n.FromStandard(model.Sample(mean, logVar, in[1]), p.Given)
				return []*Node{model.KL(p), model.KLToStandardNormal(mean, logVar), p.Code, again}
			}, in...)
			close32(t, "KL", got[1], got[0])
			close32(t, "z", got[3], got[2])
		})
	}
}

// Balancing against kl.Balance, which has its slopes from the closed form: values, and slopes in the posterior's and in the prior's
// numbers, with the clip at work on some images and not on others.
func TestBalance(t *testing.T) {
	rng := seeded(32)
	const images, latent = 6, 3
	next := func() float64 { return rng.NormFloat64() }
	mean, logVar, priorMean, priorLogVar := grid(images, latent, next), grid(images, latent, next), grid(images, latent, next), grid(images, latent, next)
	gaussian := func(mean, logVar []float32) kl.Diagonal { return kl.DiagonalFromLogVar(wide(mean), wide(logVar)) }
	for _, free := range []float64{0, 6} {
		b := kl.Balance{Prior: 0.8, Posterior: 0.2, Free: free}
		var charge, slopes [4][]float64
		clipped := 0
		for i := range images {
			at, err := b.At(gaussian(mean[i], logVar[i]), gaussian(priorMean[i], priorLogVar[i]))
			if err != nil {
				t.Fatal(err)
			}
			if at.KL <= free {
				clipped++
			}
			charge[0] = append(charge[0], at.Charge)
			for j := range latent {
				slopes[0], slopes[1] = append(slopes[0], at.Posterior[j].Mu), append(slopes[1], at.Posterior[j].LogVar)
				slopes[2], slopes[3] = append(slopes[2], at.Prior[j].Mu), append(slopes[3], at.Prior[j].LogVar)
			}
		}
		if free > 0 && (clipped == 0 || clipped == images) {
			t.Fatalf("%d of %d images are below %v nats: the test needs both kinds", clipped, images, free)
		}
		on(t, func(t *testing.T, compute computer) {
			got := compute(func(in []*Node) []*Node {
				c := run.Config{Prior: run.LearnedPrior, Balance: run.Balance{Prior: b.Prior, Posterior: b.Posterior}, FreeBits: free}
				if free > 0 {
					c.FreeOver = run.EachImage
				}
				charge := model.Balanced(model.Pass{Config: c, Mean: in[0], LogVar: in[1], PriorMean: in[2], PriorLogVar: in[3]})
				return append([]*Node{charge}, Gradient(ReduceAllSum(charge), in...)...)
			}, mean, logVar, priorMean, priorLogVar)
			close32(t, "charge", got[0], charge[0])
			for k, name := range []string{"∂/∂μ", "∂/∂s", "∂/∂μ of the prior", "∂/∂s of the prior"} {
				close32(t, name, got[k+1], slopes[k])
			}
		})
	}
}

// The objective of a balanced run is the balance at the step's weight; what is reported is the plain divergence.
func TestObjectiveOfABalancedRun(t *testing.T) {
	c := conditional(4, run.LearnedPrior)
	c.Balance = run.Balance{Prior: 1, Posterior: 0.1}
	rng := seeded(33)
	x, noise := grid(6, pixels, rng.Float64), grid(6, c.Latent, rng.NormFloat64)
	on(t, func(t *testing.T, compute computer) {
		objective, negativeELBO, reconstruction, divergence := objectives(compute, c, randomArrays(c), x, noise, 2, 0)
		close32(t, "objective", []float64{objective}, []float64{reconstruction + 2*1.1*divergence})
		close32(t, "negative ELBO", []float64{negativeELBO}, []float64{reconstruction + 2*divergence})
	})
}
