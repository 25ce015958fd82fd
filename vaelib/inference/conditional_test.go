package inference_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/reference"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
	"vaelab/vaelib/trained"
)

// conditional is an untrained run with something given, or a prior of its own, or both.
func conditional(given int, prior run.PriorRule) run.Run {
	r := random(run.VAE, 2)
	r.Given, r.Prior = given, prior
	return withWeights(r)
}

func priorOf(network reference.Weights, r run.Run, image []float64) (mean, sigma []float64) {
	if r.Prior == run.StandardPrior {
		return make([]float64, r.Latent), slices.Repeat([]float64{1}, r.Latent)
	}
	mean, logVar := network.Prior(image[:r.Given])
	for _, s := range logVar {
		sigma = append(sigma, math.Exp(s/2))
	}
	return mean, sigma
}

var conditionals = map[string]run.Run{
	"given": conditional(20, run.StandardPrior), "learned": conditional(0, run.LearnedPrior), "both": conditional(20, run.LearnedPrior),
}

// Codes are in the prior's own units, so that their divergence from N(0, I) is that of the posterior from the prior; a picture begins
// with what is given, and goes on with what the float64 network tells from the code in its raw units.
func TestConditionalModels(t *testing.T) {
	set := tiny.Data(1, 5).Test
	for name, r := range conditionals {
		network := reference.New(r.State.Arrays)
		t.Run(name, func(t *testing.T) {
			testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
				m := trained.Model{Coder: open(t, b, r), Config: r.Config}
				codes, err := m.Encode(t.Context(), set)
				if err != nil {
					t.Fatal(err)
				}
				restored, err := m.Restore(t.Context(), set)
				if err != nil {
					t.Fatal(err)
				}
				for i := range set.Len() {
					image := grey(set.Image(i))
					mean, logVar := network.Encode(image)
					priorMean, priorSigma := priorOf(network, r, image)
					want, err := kl.DiagonalFromLogVar(mean, logVar).KL(kl.Diagonal{Mu: priorMean, Sigma: priorSigma})
					if err != nil {
						t.Fatal(err)
					}
					got, err := kl.DiagonalFromLogVar(codes.Mean[i], codes.LogVar[i]).KL(kl.StandardDiagonal(r.Latent))
					if err != nil {
						t.Fatal(err)
					}
					near(t, "KL", []float64{got}, []float64{want})
					painted := append(slices.Clone(image[:r.Given]), network.Paint(append(mean, image[:r.Given]...))...)
					for j, g := range painted {
						if off := math.Abs(float64(restored[i].Pix[j]) - 255*g); off > 0.501 {
							t.Errorf("pixel %d of image %d is %d, want %.2f", j, i, restored[i].Pix[j], 255*g)
						}
					}
				}
			})
		})
	}
}

// The ELBO of a conditional model is that of the pixels that are told, under its own prior; with k codes the bound is no smaller.
func TestBoundsOfConditionalModels(t *testing.T) {
	set := tiny.Data(1, 4).Test
	for name, r := range conditionals {
		network := reference.New(r.State.Arrays)
		var want float64 // by Monte Carlo in the raw units
		const draws = 4000
		for i := range set.Len() {
			image := pixelsOf(set, i)
			mean, logVar := network.Encode(image)
			priorMean, priorSigma := priorOf(network, r, image)
			divergence, err := kl.DiagonalFromLogVar(mean, logVar).KL(kl.Diagonal{Mu: priorMean, Sigma: priorSigma})
			if err != nil {
				t.Fatal(err)
			}
			codes, err := measure.Draw(slices.Repeat([]kl.Diagonal{kl.DiagonalFromLogVar(mean, logVar)}, draws), uint64(i))
			if err != nil {
				t.Fatal(err)
			}
			var scored float64
			for _, z := range codes {
				scored += nats(r.Config, 0, image[r.Given:], network.Decode(append(z, image[:r.Given]...))) / draws
			}
			want += (scored - divergence) / float64(set.Len())
		}
		t.Run(name, func(t *testing.T) {
			testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
				got, err := open(t, b, r).Bounds(t.Context(), set, measure.BoundOptions{Ks: []int{1, 10}, Draws: 1000, Seed: 3})
				if err != nil {
					t.Fatal(err)
				}
				if off := math.Abs(got.ELBO.Value - want); off > 5*got.ELBO.Sampling+0.01*math.Abs(want) {
					t.Errorf("the ELBO is %v ± %v, want %v", got.ELBO.Value, got.ELBO.Sampling, want)
				}
				if got.ByK[1].Value < got.ELBO.Value {
					t.Errorf("with 10 codes the bound is %v, below the ELBO %v", got.ByK[1].Value, got.ELBO.Value)
				}
			})
		})
	}
}

// Codes without what is given, pictures of nothing, and images too small to give it: each a sentence.
func TestConditionalModelsThatAreGivenNothing(t *testing.T) {
	r := conditional(20, run.StandardPrior)
	m := trained.Model{Coder: open(t, testbackend.Go(t), r), Config: r.Config}
	_, bare := m.Decode(t.Context(), [][]float64{{0, 0}})
	_, nothing := m.Imagine(t.Context(), 3, 1)
	_, small := m.Join([][]float64{{0, 0}}, tiny.Data(1, 0).Test)
	for want, err := range map[string]error{"takes 22: the 2 of a code, and behind them the 20 grey values": bare, "use ImagineGiven": nothing, "need an image whose first 20 pixels": small} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v lacks %q", err, want)
		}
	}
	one := tiny.Data(1, 1).Test
	pictures, err := m.ImagineGiven(t.Context(), one, 3, 1)
	if err != nil || len(pictures) != 3 {
		t.Fatalf("%d pictures, %v", len(pictures), err)
	}
	for _, p := range pictures {
		if !slices.Equal(p.Pix[:20], one.Image(0)[:20]) {
			t.Error("a picture doesn't begin with what is given")
		}
	}
	if slices.Equal(pictures[0].Pix, pictures[1].Pix) {
		t.Error("two draws paint one picture")
	}
}
