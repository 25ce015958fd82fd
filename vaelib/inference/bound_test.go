package inference_test

import (
	"math"
	"strings"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/reference"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
	"vaelab/vaelib/trained"
)

// nats is log p(x|z) by the textbook, in float64, which has room for eˡ and e⁻ˡ.
func nats(c run.Config, sigma float64, x, logits []float64) (sum float64) {
	for i, l := range logits {
		if c.Decoder == run.Gaussian {
			u := (x[i] - 1/(1+math.Exp(-l))) / sigma
			sum -= 0.5*u*u + math.Log(sigma) + 0.5*math.Log(2*math.Pi)
			continue
		}
		sum -= x[i]*math.Log1p(math.Exp(-l)) + (1-x[i])*math.Log1p(math.Exp(l))
	}
	return sum
}

// The bounds from the backend are those that measure gives with the float64 network: for both decoders, grey and
// binary pixels, a σ of the run's own, and counts that don't fill an execution.
func TestBounds(t *testing.T) {
	grey := tiny.Data(1, 5)
	binary := grey.Binarised(datasets.ByChance(1))
	gaussian := random(run.VAE, 3)
	gaussian.Decoder, gaussian.PixelSigma = run.Gaussian, 0.3
	learned := random(run.VAE, 3)
	learned.Decoder, learned.Sigma = run.Gaussian, run.LearnedSigma
	learned.State.Arrays = append(learned.State.Arrays, run.Array{Name: "decoder/log_sigma", Data: []float32{-1.25}})
	for _, c := range []struct {
		name    string
		run     run.Run
		sigma   float64
		set     datasets.Images
		reading trained.Reading
	}{
		{"grey", random(run.VAE, 3), 0, grey.Test, trained.CrossEntropy},
		{"binary", random(run.VAE, 3), 0, binary.Test, trained.LogProbability},
		{"gaussian", gaussian, 0.3, grey.Test, trained.LogDensity},
		{"learned σ", learned, math.Exp(-1.25), grey.Test, trained.LogDensity},
	} {
		network := reference.New(c.run.State.Arrays)
		o := measure.BoundOptions{Ks: []int{1, 3, 1030}, Draws: 1100, Seed: 7}
		var mean, logVar [][]float64
		for i := range c.set.Len() {
			m, s := network.Encode(pixelsOf(c.set, i))
			mean, logVar = append(mean, m), append(logVar, s)
		}
		posteriors, err := measure.Posteriors(mean, logVar)
		if err != nil {
			t.Fatal(err)
		}
		want, err := measure.ImportanceBounds(posteriors, func(first int, codes [][][]float64) ([][]float64, error) {
			out := make([][]float64, len(codes))
			for i, draws := range codes {
				for _, z := range draws {
					out[i] = append(out[i], nats(c.run.Config, c.sigma, pixelsOf(c.set, first+i), network.Decode(z)))
				}
			}
			return out, nil
		}, o)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(c.name, func(t *testing.T) {
			testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
				got, err := open(t, b, c.run).Bounds(t.Context(), c.set, o)
				if err != nil {
					t.Fatal(err)
				}
				near(t, "ELBO", []float64{got.ELBO.Value, got.ELBO.Sampling, got.KL.Value}, []float64{want.ELBO.Value, want.ELBO.Sampling, want.KL.Value})
				for i, b := range got.ByK {
					near(t, "L_k of image", b.Each, want.ByK[i].Each)
				}
				if got.Reading != c.reading || got.Caveat != c.reading.Caveat() {
					t.Errorf("it reads as %q: %q", got.Reading, got.Caveat)
				}
			})
		})
	}
}

func pixelsOf(set datasets.Images, i int) []float64 { return grey(set.Image(i)) }

func TestBoundsThatAreNone(t *testing.T) {
	set := tiny.Data(1, 4).Test
	ask := func(kind run.Kind, set datasets.Images, o measure.BoundOptions) error {
		_, err := open(t, testbackend.Go(t), random(kind, 2)).Bounds(t.Context(), set, o)
		return err
	}
	wide := datasets.Images{Width: 16, Height: 4, Pixels: make([]uint8, 64), Labels: make([]uint8, 1)}
	for _, c := range []struct {
		err  error
		want string
	}{
		{ask(run.AE, set, measure.BoundOptions{}), "an AE has no posterior"},
		{ask(run.VAE, set.First(0), measure.BoundOptions{}), "at least 1 are needed"},
		{ask(run.VAE, set.First(1), measure.BoundOptions{}), "at least 2 are needed"},
		{ask(run.VAE, wide, measure.BoundOptions{}), "the images are 16×4 pixels"},
		{ask(run.VAE, set, measure.BoundOptions{Ks: []int{-1}}), "k is -1"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("the error is %v, want one with %q", c.err, c.want)
		}
	}
}
