package model_test

import (
	"math"
	"slices"
	"testing"

	. "github.com/gomlx/gomlx/core/graph"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/internal/reference"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
)

// posteriors are four images' in three dimensions, whose mean KL is far below, near and far above half a nat.
func posteriors() (mean, logVar [][]float32, byDimension []float64) {
	rng := seeded(20)
	scale := []float64{0.1, 1, 3}
	column := 0
	next := func() float64 {
		x := scale[column%3] * rng.NormFloat64()
		column++
		return x
	}
	mean, logVar = grid(4, 3, next), grid(4, 3, func() float64 { return next() / 3 })
	byDimension = make([]float64, 3)
	for i := range mean {
		for j := range byDimension {
			posterior := distuv.Normal{Mu: float64(mean[i][j]), Sigma: math.Exp(float64(logVar[i][j]) / 2)}
			byDimension[j] += distuv.KullbackLeibler{}.DistNormal(posterior, distuv.UnitNormal) / 4
		}
	}
	return mean, logVar, byDimension
}

// Free bits against a loop over float64: Σ_j max(λ, mean KL_j), the maximum taken after the batch's mean.
func TestFreeBits(t *testing.T) {
	mean, logVar, byDimension := posteriors()
	on(t, func(t *testing.T, compute computer) {
		for _, free := range []float64{0, 0.05, 0.5, 100} {
			var want float64
			for _, nats := range byDimension {
				want += math.Max(free, nats)
			}
			got := compute(func(in []*Node) []*Node { return []*Node{model.FreeKL(in[0], in[1], free)} }, mean, logVar)
			close32(t, "free KL", got[0], []float64{want})
		}
	})
}

// The clip on each image and on the batch's mean, against loops over float64: values, and slopes that are 0 below λ and the KL's own
// above it.
func TestFreeNatsOfImagesAndOfBatches(t *testing.T) {
	mean, logVar, _ := posteriors()
	n := float64(len(mean))
	byImage, all := make([]float64, len(mean)), 0.0
	for i := range mean {
		for j := range mean[i] {
			m, s := float64(mean[i][j]), float64(logVar[i][j])
			byImage[i] += 0.5 * (m*m + math.Exp(s) - 1 - s)
		}
		all += byImage[i] / n
	}
	sorted := slices.Sorted(slices.Values(byImage))
	middle := (sorted[len(sorted)/2-1] + sorted[len(sorted)/2]) / 2 // some images are above it, some below
	for _, c := range []struct {
		over run.Clip
		free float64
	}{{run.EachImage, middle}, {run.EachImage, 0.01}, {run.BatchMean, all / 2}, {run.BatchMean, 2 * all}} {
		want, slopes := 0.0, [][]float64{}
		for i := range mean {
			charged := byImage[i] > c.free
			if c.over == run.BatchMean {
				charged = all > c.free
			}
			if c.over == run.EachImage {
				want += math.Max(c.free, byImage[i]) / n
			}
			row := make([]float64, len(mean[i]))
			for j := range row {
				if charged {
					row[j] = float64(mean[i][j]) / n
				}
			}
			slopes = append(slopes, row)
		}
		if c.over == run.BatchMean {
			want = math.Max(c.free, all)
		}
		on(t, func(t *testing.T, compute computer) {
			got := compute(func(in []*Node) []*Node {
				p := model.Pass{Config: run.Config{FreeBits: c.free, FreeOver: c.over}, Mean: in[0], LogVar: in[1]}
				charge := ReduceAllMean(model.FreeTerm(p))
				return append([]*Node{charge}, Gradient(charge, in[0])...)
			}, mean, logVar)
			close32(t, "free KL", got[0], []float64{want})
			close32(t, "∂/∂μ", got[1], slices.Concat(slopes...))
		})
	}
}

// A dimension below λ has a gradient of exactly 0; one above has that of its own KL, μ/n and ½(e^s − 1)/n.
func TestFreeBitsGradient(t *testing.T) {
	mean, logVar, byDimension := posteriors()
	const free = 0.3
	alive := 0
	var wantMean, wantLogVar []float64
	for i := range mean {
		for j := range mean[i] {
			m, s := 0.0, 0.0
			if byDimension[j] > free {
				m, s = float64(mean[i][j])/4, 0.5*math.Expm1(float64(logVar[i][j]))/4
				alive++
			}
			wantMean, wantLogVar = append(wantMean, m), append(wantLogVar, s)
		}
	}
	if alive == 0 || alive == 12 {
		t.Fatalf("%d of 12 numbers are above λ: the test needs both kinds", alive)
	}
	on(t, func(t *testing.T, compute computer) {
		got := compute(func(in []*Node) []*Node {
			return Gradient(model.FreeKL(in[0], in[1], free), in[0], in[1])
		}, mean, logVar)
		close32(t, "∂/∂μ", got[0], wantMean)
		close32(t, "∂/∂s", got[1], wantLogVar)
		for k, want := range wantMean {
			if want == 0 && (got[0][k] != 0 || got[1][k] != 0) {
				t.Errorf("number %d is below λ and has the gradients %v and %v", k, got[0][k], got[1][k])
			}
		}
	})
}

// objectives gives Objective's mean and NegativeELBO's of a batch with the step's weight and target.
func objectives(compute computer, c run.Config, arrays []run.Array, x, noise [][]float32, weight, target float32) (objective, negativeELBO, reconstruction, kl float64) {
	in := []any{x, noise, weight, target}
	for _, a := range arrays {
		in = append(in, tensorOf(a))
	}
	got := compute(func(in []*Node) []*Node {
		p := model.New(c, pixels, in[4:]).Forward(in[0], in[1])
		p.Weight, p.Target = in[2], in[3]
		return []*Node{ReduceAllMean(model.Objective(p)), ReduceAllMean(model.NegativeELBO(p)),
			ReduceAllMean(model.Reconstruction(p)), ReduceAllMean(model.KL(p))}
	}, in...)
	return got[0][0], got[1][0], got[2][0], got[3][0]
}

// The objective is what each setting says, at the weight and the target of the step, which needn't be the
// configuration's.
func TestObjective(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	rng := seeded(21)
	x, noise := grid(6, pixels, rng.Float64), grid(6, 3, rng.NormFloat64)
	on(t, func(t *testing.T, compute computer) {
		for name, change := range map[string]func(c *run.Config){
			"plain":     func(c *run.Config) {},
			"free bits": func(c *run.Config) { c.FreeBits = 1e3 }, // above every dimension's
			"target":    func(c *run.Config) { c.Rate = run.TargetRate{Nats: 9, Pull: 7} },
			"an AE":     func(c *run.Config) { c.Model = run.AE; c.FreeBits = 3 },
		} {
			c := small(run.VAE)
			c.KLWeight = 99
			change(&c)
			objective, negativeELBO, reconstruction, kl := objectives(compute, c, randomArrays(c), x, noise, 2, 5)
			want := map[string]float64{
				"plain": reconstruction + 2*kl, "free bits": reconstruction + 2*3*1e3,
				"target": reconstruction + 7*math.Abs(kl-5), "an AE": reconstruction,
			}[name]
			close32(t, name+": objective", []float64{objective}, []float64{want})
			close32(t, name+": negative ELBO", []float64{negativeELBO}, []float64{reconstruction + 2*kl})
		}
	})
}

// gaussians gives a configuration with a Gaussian decoder, its arrays with log σ among them, and a batch.
func gaussians(sigma run.SigmaRule, logSigma float32) (c run.Config, arrays []run.Array, x, noise [][]float32) {
	c = small(run.VAE)
	c.Decoder, c.Sigma = run.Gaussian, sigma
	arrays = randomArrays(c)
	if last := &arrays[len(arrays)-1]; last.Name == run.LogSigma {
		last.Data = []float32{logSigma}
	}
	rng := seeded(22)
	return c, arrays, grid(4, pixels, rng.Float64), grid(4, 3, rng.NormFloat64)
}

// With log σ among the weights the reconstruction term is that of a normal distribution with this σ.
func TestLearnedSigma(t *testing.T) {
	c, arrays, x, noise := gaussians(run.LearnedSigma, -1.5)
	network := reference.New(arrays)
	want := make([]float64, 4)
	for i, image := range x {
		mean, logVar := network.Encode(wide(image))
		for j := range mean {
			mean[j] += math.Exp(logVar[j]/2) * float64(noise[i][j])
		}
		for j, grey := range network.Paint(mean) {
			want[i] -= distuv.Normal{Mu: grey, Sigma: math.Exp(-1.5)}.LogProb(float64(image[j]))
		}
	}
	on(t, func(t *testing.T, compute computer) {
		close32(t, "reconstruction", forward(compute, c, arrays, x, noise)[3], want)
	})
}

// The optimal σ² is the mean squared error; at it the mean reconstruction term is D/2·(1 + log 2πσ²), no other σ gives
// less, and the gradient is that of D/2·log(mean squared error), through σ too.
func TestOptimalSigma(t *testing.T) {
	c, arrays, x, noise := gaussians(run.OptimalSigma, 0)
	on(t, func(t *testing.T, compute computer) {
		in := []any{x, noise}
		for _, a := range arrays {
			in = append(in, tensorOf(a))
		}
		got := compute(func(in []*Node) []*Node {
			p := model.New(c, pixels, in[2:]).Forward(in[0], in[1])
			squares := ReduceAllMean(Square(Sub(p.Images, model.Means(c, p.Logits))))
			best := p.WithOptimalSigma()
			reconstruction := ReduceAllMean(model.Reconstruction(best))
			wider, narrower := best, best
			wider.LogSigma, narrower.LogSigma = AddScalar(best.LogSigma, 0.05), AddScalar(best.LogSigma, -0.05)
			return []*Node{Exp(MulScalar(best.LogSigma, 2)), squares, reconstruction,
				ReduceAllMean(model.Reconstruction(wider)), ReduceAllMean(model.Reconstruction(narrower)),
				Gradient(reconstruction, in[2])[0], Gradient(MulScalar(Log(squares), 0.5*pixels), in[2])[0]}
		}, in...)
		close32(t, "σ²", got[0], got[1])
		variance := got[1][0]
		close32(t, "reconstruction", got[2], []float64{pixels / 2.0 * (1 + math.Log(2*math.Pi*variance))})
		if got[3][0] <= got[2][0] || got[4][0] <= got[2][0] {
			t.Errorf("another σ gives %v and %v, the optimal one %v", got[3][0], got[4][0], got[2][0])
		}
		for k := range got[5] {
			if math.Abs(got[5][k]-got[6][k]) > 1e-4*(1+math.Abs(got[6][k])) {
				t.Errorf("gradient %d is %v, want %v", k, got[5][k], got[6][k])
			}
		}
	})
}

// Without hidden layers the network is two matrices: no kink, no squashing.
func TestLinearNetwork(t *testing.T) {
	c := small(run.VAE)
	c.Decoder, c.Hidden = run.Gaussian, 0
	arrays := randomArrays(c)
	if len(arrays) != 6 {
		t.Fatalf("a linear VAE has %d arrays, want 6", len(arrays))
	}
	rng := seeded(23)
	x, noise := grid(4, pixels, rng.Float64), grid(4, 3, rng.NormFloat64)
	times := func(in []float64, weights, biases run.Array) []float64 {
		out := wide(biases.Data)
		for j := range out {
			for i, v := range in {
				out[j] += v * float64(weights.Data[i*len(out)+j])
			}
		}
		return out
	}
	var means, logVars, pictures, nats []float64
	for i, image := range x {
		mean, logVar := times(wide(image), arrays[0], arrays[1]), times(wide(image), arrays[2], arrays[3])
		var z []float64
		for j := range mean {
			z = append(z, mean[j]+math.Exp(logVar[j]/2)*float64(noise[i][j]))
		}
		picture := times(z, arrays[4], arrays[5])
		var r float64
		for j, grey := range picture {
			r -= distuv.Normal{Mu: grey, Sigma: c.PixelSigma}.LogProb(float64(image[j]))
		}
		means, logVars, pictures, nats = append(means, mean...), append(logVars, logVar...), append(pictures, picture...), append(nats, r)
	}
	on(t, func(t *testing.T, compute computer) {
		got := forward(compute, c, arrays, x, noise)
		close32(t, "μ", got[0], means)
		close32(t, "picture", got[2], pictures)
		close32(t, "reconstruction", got[3], nats)
		close32(t, "log σ²", got[6], logVars)
	})
}
