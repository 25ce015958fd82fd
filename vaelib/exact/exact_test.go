package exact_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"

	"vaelab/datasets"
	"vaelab/vaelib/exact"
)

// few are 40 images of 4×4 pixels that come from no Gaussian: what is exact depends on mean and covariance alone.
func few() datasets.Images {
	rng := rand.New(rand.NewPCG(5, 0))
	set := datasets.Images{Width: 4, Height: 4, Classes: []string{"none"}}
	for range 40 {
		bar, level := rng.IntN(4), 100+rng.IntN(150)
		for i := range 16 {
			grey := rng.IntN(60)
			if i/4 == bar {
				grey += level - 60
			}
			set.Pixels = append(set.Pixels, uint8(min(255, grey+i*4)))
		}
		set.Labels = append(set.Labels, 0)
	}
	return set
}

func problem(t *testing.T, set datasets.Images) *exact.Problem {
	t.Helper()
	p, err := exact.Of(set)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func best(t *testing.T, p *exact.Problem, latent int, sigma, weight float64) exact.Optimum {
	t.Helper()
	o, err := p.Best(latent, sigma, weight)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %.12g, want %.12g", what, got, want)
	}
}

// The closed form's terms are those of its own weights, measured image by image; and its likelihood is that of the
// normal distribution with these weights, by gonum's.
func TestOptimumIsWhatItsWeightsReach(t *testing.T) {
	set := few()
	p := problem(t, set)
	for _, weight := range []float64{0.1, 0.5, 1, 2, 7} {
		for _, latent := range []int{1, 3, 16, 20} {
			o := best(t, p, latent, 0.1, weight)
			n := o.LinearVAE()
			terms, rates, err := n.Measure(set, weight)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "the reconstruction term", terms.Reconstruction, o.Reconstruction, 1e-9)
			near(t, "the KL term", terms.KL, o.KL, 1e-9)
			near(t, "the loss", terms.Loss, o.Loss, 1e-9)
			for j, nats := range o.ByDimension {
				near(t, "a dimension's KL", rates[j], nats, 1e-9)
				if (nats > 0) != (j < o.Alive) {
					t.Errorf("dimension %d of %d alive ones has %v nats", j, o.Alive, nats)
				}
			}
			likelihood, err := n.LogLikelihood(set)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "the log-likelihood", likelihood, o.LogLikelihood, 1e-9)
			near(t, "the log-likelihood by distmv", byDistmv(t, n, set), o.LogLikelihood, 1e-9)
			if weight == 1 { // the bound is tight
				near(t, "the ELBO", -o.Loss, o.LogLikelihood, 1e-9)
			} else if -o.Reconstruction-o.KL > o.LogLikelihood+1e-9 {
				t.Errorf("at weight %v the ELBO %v is above the log-likelihood %v", weight, -o.Reconstruction-o.KL, o.LogLikelihood)
			}
		}
	}
}

// byDistmv builds the covariance entry by entry.
func byDistmv(t *testing.T, n exact.LinearVAE, set datasets.Images) float64 {
	t.Helper()
	latent, pixels := n.Decoder.Dims()
	covariance := mat.NewSymDense(pixels, nil)
	for a := range pixels {
		for b := a; b < pixels; b++ {
			var sum float64
			for j := range latent {
				sum += n.Decoder.At(j, a) * n.Decoder.At(j, b)
			}
			if a == b {
				sum += n.Sigma * n.Sigma
			}
			covariance.SetSym(a, b, sum)
		}
	}
	normal, ok := distmv.NewNormal(n.DecoderBias, covariance, nil)
	if !ok {
		t.Fatal("the covariance isn't positive definite")
	}
	var sum float64
	for i := range set.Len() {
		x := make([]float64, pixels)
		for k, grey := range set.Image(i) {
			x[k] = float64(grey) / 255
		}
		sum += normal.LogProb(x)
	}
	return sum / float64(set.Len())
}

// The expectation over codes that Measure has in closed form, against the mean over drawn codes.
func TestMeasureAgainstMonteCarlo(t *testing.T) {
	set := few().First(3)
	n := scrambled(best(t, problem(t, few()), 3, 0.2, 1).LinearVAE(), 0.3, 4)
	terms, _, err := n.Measure(set, 1)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(6, 0))
	const draws = 40_000
	var sum, squares float64
	for range draws {
		var nats float64
		for i := range set.Len() {
			mean, logVar := slices.Clone(n.MeanBias), slices.Clone(n.LogVarBias)
			for k, grey := range set.Image(i) {
				for j := range mean {
					mean[j] += float64(grey) / 255 * n.Mean.At(k, j)
					logVar[j] += float64(grey) / 255 * n.LogVar.At(k, j)
				}
			}
			picture := slices.Clone(n.DecoderBias)
			for j := range mean {
				z := mean[j] + math.Exp(logVar[j]/2)*rng.NormFloat64()
				floats.AddScaled(picture, z, n.Decoder.RawRowView(j))
			}
			for k, grey := range set.Image(i) {
				off := (float64(grey)/255 - picture[k]) / n.Sigma
				nats += 0.5*off*off + math.Log(n.Sigma) + 0.5*math.Log(2*math.Pi)
			}
		}
		nats /= float64(set.Len())
		sum, squares = sum+nats, squares+nats*nats
	}
	mean := sum / draws
	standardError := math.Sqrt((squares/draws - mean*mean) / draws)
	if math.Abs(mean-terms.Reconstruction) > 4*standardError {
		t.Errorf("the reconstruction term is %v, by Monte Carlo %v ± %v", terms.Reconstruction, mean, standardError)
	}
}

// scrambled moves every weight of a network by chance.
func scrambled(n exact.LinearVAE, by float64, seed uint64) exact.LinearVAE {
	rng := rand.New(rand.NewPCG(seed, 1))
	x := flat(n)
	for i := range x {
		x[i] += by * rng.NormFloat64()
	}
	return unflat(n, x)
}

// flat lists a network's weights, with log σ last.
func flat(n exact.LinearVAE) []float64 {
	return slices.Concat(n.Mean.RawMatrix().Data, n.LogVar.RawMatrix().Data, n.Decoder.RawMatrix().Data,
		n.MeanBias, n.LogVarBias, n.DecoderBias, []float64{math.Log(n.Sigma)})
}

// unflat is a network of the shape of like with the listed weights.
func unflat(like exact.LinearVAE, x []float64) exact.LinearVAE {
	pixels, latent := like.Mean.Dims()
	x = slices.Clone(x)
	take := func(n int) []float64 {
		part := x[:n]
		x = x[n:]
		return part
	}
	return exact.LinearVAE{
		Mean: mat.NewDense(pixels, latent, take(pixels*latent)), LogVar: mat.NewDense(pixels, latent, take(pixels*latent)),
		Decoder:  mat.NewDense(latent, pixels, take(latent*pixels)),
		MeanBias: take(latent), LogVarBias: take(latent), DecoderBias: take(pixels), Sigma: math.Exp(take(1)[0]),
	}
}

// At the optimum the loss is flat in every weight, and every small step away from it costs.
func TestTheOptimumIsFlatAndALowPoint(t *testing.T) {
	set := few()
	p := problem(t, set)
	for _, weight := range []float64{0.3, 1, 3} {
		fixed := best(t, p, 3, 0.15, weight)
		free, err := p.BestSigma(3, weight)
		if err != nil {
			t.Fatal(err)
		}
		for name, o := range map[string]exact.Optimum{"fixed σ": fixed, "learned σ": free} {
			n := o.LinearVAE()
			loss := func(x []float64) float64 {
				terms, _, err := unflat(n, x).Measure(set, weight)
				if err != nil {
					t.Fatal(err)
				}
				return terms.Loss
			}
			at := flat(n)
			weights := len(at)
			if name == "fixed σ" {
				weights--
			}
			for i := range weights {
				const h = 1e-5
				was := at[i]
				at[i] = was + h
				up := loss(at)
				at[i] = was - h
				down := loss(at)
				at[i] = was
				if slope := (up - down) / (2 * h); math.Abs(slope) > 1e-6 {
					t.Errorf("%s, weight %v: the slope in number %d is %v", name, weight, i, slope)
				}
				if up < o.Loss-1e-10 || down < o.Loss-1e-10 {
					t.Errorf("%s, weight %v: moving number %d lowers the loss from %v to %v", name, weight, i, o.Loss, min(up, down))
				}
			}
			rng := rand.New(rand.NewPCG(9, 9))
			for range 200 {
				away := slices.Clone(at)
				for i := range weights {
					away[i] += 1e-3 * rng.NormFloat64()
				}
				if got := loss(away); got < o.Loss {
					t.Errorf("%s, weight %v: a step by chance lowers the loss from %v to %v", name, weight, o.Loss, got)
				}
			}
		}
	}
}

// Just below its death a dimension carries a little, just above nothing; the loss has no jump there.
func TestDeaths(t *testing.T) {
	p := problem(t, few())
	const latent, sigma = 4, 0.1
	for j, death := range p.Deaths(latent, sigma) {
		below, above := best(t, p, latent, sigma, death*0.999), best(t, p, latent, sigma, death*1.001)
		if below.Alive != j+1 || above.Alive != j || !(below.ByDimension[j] > 0) || above.ByDimension[j] != 0 {
			t.Errorf("around its death at %v dimension %d is one of %d, then of %d", death, j, below.Alive, above.Alive)
		}
		near(t, "the KL of a dying dimension", below.ByDimension[j], 0.0005, 1e-5)
		near(t, "the loss across a death", below.Loss, above.Loss, 0.002*death*(below.KL+1))
	}
}

// At weight 1 the learned variance is the mean of the discarded ones (Tipping & Bishop 1999, equation 8).
func TestLearnedSigmaAtWeightOne(t *testing.T) {
	p := problem(t, few())
	for latent := 1; latent < 15; latent++ {
		o, err := p.BestSigma(latent, 1)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "the learned variance", o.Sigma*o.Sigma, floats.Sum(p.Variances[latent:])/float64(16-latent), 1e-12)
		if o.Alive != latent {
			t.Errorf("%d of %d dimensions are alive", o.Alive, latent)
		}
	}
}

func TestWhatHasNoOptimum(t *testing.T) {
	p := problem(t, few())
	_, err := p.BestSigma(16, 1)
	_, noWeight := p.Best(2, 0.1, 0)
	_, noSigma := p.Best(2, 0, 1)
	_, noCode := p.Best(0, 0.1, 1)
	_, noImages := exact.Of(datasets.Images{})
	for want, err := range map[string]error{
		"shrinks for ever": err, "only above 0": noWeight, "σ is 0": noSigma, "needs 1 or more": noCode, "there are none": noImages,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
	}
}
