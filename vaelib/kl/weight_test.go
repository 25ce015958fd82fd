package kl_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"vaelab/vaelib/kl"
)

func TestPublishedWeights(t *testing.T) {
	want := map[string]float64{
		"pytorch/examples vae":                                  1,
		"pytorch/examples vae until February 2018":              1,
		"keras examples/variational_autoencoder.py, July 2016":  784,
		"blog.keras.io, Building Autoencoders in Keras":         392,
		"keras.io examples/generative/vae, 2020":                0.5,
		"keras.io examples/generative/vae, later":               1,
		"Deep Learning with Python, 2017":                       0.392,
		"fastai course22p2, 29_vae":                             3.92,
		"AntixK/PyTorch-VAE VanillaVAE (64 × 64 colour images)": 1.536,
	}
	published := kl.Published()
	if len(published) != len(want) {
		t.Errorf("%d losses are published, the table here has %d", len(published), len(want))
	}
	for _, l := range published {
		near(t, l.Name, must[float64](t)(l.Weight()), want[l.Name], 1e-12)
	}
}

func TestLossReads(t *testing.T) {
	l := kl.Loss{Name: "mine", Pixels: 784, Latent: 2, Batch: 1, ErrorFactor: 1, KLFactor: 1, KLLatent: kl.Mean}
	if got, want := l.String(), "mine: a nat of an image's KL term adds 0.5 to the loss, a nat of its reconstruction 1, so β = 0.5"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	l.Pixels = 0
	if got := l.String(); !strings.Contains(got, "mine: Pixels is 0") {
		t.Errorf("got %q, which should tell the mistake", got)
	}
}

// The weight says how the loss's gradient is split. So it is found a second way: by computing the loss of a batch
// from its errors and KL terms, and asking how much of a nat of each an image gives it.
func TestWeightIsTheRatioOfWhatANatOfEachAdds(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	pick := func() kl.Reduction { return kl.Reduction(rng.IntN(2)) }
	for range 200 {
		l := kl.Loss{
			Pixels: 1 + rng.IntN(6), Latent: 1 + rng.IntN(6), Batch: 1 + rng.IntN(6),
			Error: kl.ReconstructionError(rng.IntN(3)), Sigma: math.Exp(rng.NormFloat64()), Scale: math.Exp(rng.NormFloat64()),
			ErrorFactor: math.Exp(rng.NormFloat64()), ErrorPixels: pick(), ErrorBatch: pick(),
			KLFactor: math.Exp(rng.NormFloat64()), KLLatent: pick(), KLBatch: pick(),
		}
		value := func(errorNats, klNats float64) float64 { // spread evenly over the pixels and dimensions of each image
			perPixel := errorNats / float64(l.Pixels)
			if l.Error == kl.SquaredError { // nats = squared error / 2σ²
				perPixel *= 2 * l.Sigma * l.Sigma
			} else if l.Error == kl.AbsoluteError { // nats = |error| / b
				perPixel *= l.Scale
			}
			return l.ErrorFactor*reduce(perPixel, l.Pixels, l.ErrorPixels, l.Batch, l.ErrorBatch) +
				l.KLFactor*reduce(klNats/float64(l.Latent), l.Latent, l.KLLatent, l.Batch, l.KLBatch)
		}
		near(t, "Weight", must[float64](t)(l.Weight()), value(0, 1)/value(1, 0), 1e-12)
	}
}

// reduce fills a batch of rows with one number and collapses it, axis by axis.
func reduce(x float64, width int, overRow kl.Reduction, height int, overBatch kl.Reduction) float64 {
	total := 0.0
	for range height {
		row := 0.0
		for range width {
			row += x
		}
		if overRow == kl.Mean {
			row /= float64(width)
		}
		total += row
	}
	if overBatch == kl.Mean {
		total /= float64(height)
	}
	return total
}

func TestELBOSigmaMakesTheWeightOne(t *testing.T) {
	l := kl.Loss{Pixels: 784, Latent: 2, Batch: 64, Error: kl.SquaredError, Sigma: 1, ErrorFactor: 1, KLFactor: 1, ErrorPixels: kl.Mean}
	l.Sigma = must[float64](t)(l.ELBOSigma())
	near(t, "Weight", must[float64](t)(l.Weight()), 1, 1e-14)
	near(t, "σ of a mean squared error with a KL weight of 1", l.Sigma, math.Sqrt(784./2), 1e-14)
	l.Error = kl.CrossEntropyError
	if _, err := l.ELBOSigma(); err == nil {
		t.Error("a cross-entropy has a σ")
	}
}

func TestWhatIsNoLoss(t *testing.T) {
	for say, spoil := range map[string]func(l *kl.Loss){
		"mine: Pixels is 0":       func(l *kl.Loss) { l.Pixels = 0 },
		"Latent is -1":            func(l *kl.Loss) { l.Latent = -1 },
		"Batch is 0":              func(l *kl.Loss) { l.Batch = 0 },
		"ErrorFactor is 0":        func(l *kl.Loss) { l.ErrorFactor = 0 },
		"ErrorFactor is NaN":      func(l *kl.Loss) { l.ErrorFactor = math.NaN() },
		"KLFactor is -1":          func(l *kl.Loss) { l.KLFactor = -1 },
		"Sigma is 0":              func(l *kl.Loss) { l.Error = kl.SquaredError },
		"KLLatent is 7":           func(l *kl.Loss) { l.KLLatent = 7 },
		"Error is 3":              func(l *kl.Loss) { l.Error = 3 },
		"Scale is 0":              func(l *kl.Loss) { l.Error = kl.AbsoluteError },
		"Scale is NaN":            func(l *kl.Loss) { l.Error, l.Scale = kl.AbsoluteError, math.NaN() },
		"the result is too large": func(l *kl.Loss) { l.ErrorFactor, l.KLFactor = 1e-300, 1e300 },
	} {
		l := kl.Loss{Name: "mine", Pixels: 784, Latent: 2, Batch: 1, ErrorFactor: 1, KLFactor: 1}
		if beta := must[float64](t)(l.Weight()); beta != 1 {
			t.Fatalf("unspoilt, the weight is %v", beta)
		}
		spoil(&l)
		if got, err := l.Weight(); err == nil || !strings.Contains(err.Error(), say) || got != 0 {
			t.Errorf("got %v and the error %q, which should say %q", got, err, say)
		}
	}
}
