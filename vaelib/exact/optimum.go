package exact

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Optimum is the best that a linear VAE can do: no training on these images ends below its Loss. It comes
// from [Problem.Best] or [Problem.BestSigma]; the zero Optimum is that of no problem.
type Optimum struct {
	run.Terms               // nats an image; Loss = Reconstruction + Weight × KL
	LogLikelihood float64   // mean log p(x) of the images under the best weights, nats an image; −Loss at weight 1
	Weight        float64   // β
	Sigma         float64   // σ of the decoder
	ByDimension   []float64 // KL of each dimension, nats an image, the largest first; 0 for a collapsed one
	Alive         int       // dimensions that have not collapsed

	problem *Problem
}

// Best is the optimum for a code of some dimensions, a fixed σ and a KL weight above 0.
func (p *Problem) Best(latent int, sigma, weight float64) (Optimum, error) {
	if err := p.Validate(); err != nil {
		return Optimum{}, err
	}
	switch {
	case latent < 1:
		return Optimum{}, words.Errorf("the optimum of a code with %d dimensions was asked for: it needs 1 or more", latent)
	case latent > 1<<20:
		return Optimum{}, words.Errorf("the optimum of a code with %d dimensions was asked for: the limit is %d", latent, 1<<20)
	case !(sigma > 0) || math.IsInf(sigma, 0):
		return Optimum{}, words.Errorf("the decoder's σ is %v: it must be above 0", sigma)
	case !(weight > 0) || math.IsInf(weight, 0):
		return Optimum{}, words.Errorf("the KL weight is %v: there is an optimum only above 0; without a KL term it costs nothing to code ever more finely", weight)
	}
	o := Optimum{Weight: weight, Sigma: sigma, ByDimension: make([]float64, latent), problem: p}
	water, d := weight*sigma*sigma, float64(len(p.Variances))
	o.Reconstruction = d / 2 * math.Log(2*math.Pi*sigma*sigma)
	o.LogLikelihood = -d / 2 * math.Log(2*math.Pi)
	for j, variance := range p.Variances {
		modelled := sigma * sigma // the model's own variance in this direction
		if j < latent && variance > water {
			o.Alive++
			o.ByDimension[j] = 0.5 * math.Log(variance/water)
			o.Reconstruction += weight / 2
			modelled += variance - water
		} else {
			o.Reconstruction += variance / (2 * sigma * sigma)
		}
		o.LogLikelihood -= 0.5 * (math.Log(modelled) + variance/modelled)
	}
	o.KL = floats.Sum(o.ByDimension)
	o.Loss = o.Reconstruction + weight*o.KL
	return o, nil
}

// BestSigma is the optimum where σ is learned too. There is none where the code has room for all of the images'
// variance: σ would shrink for ever.
func (p *Problem) BestSigma(latent int, weight float64) (Optimum, error) {
	if _, err := p.Best(latent, 1, weight); err != nil {
		return Optimum{}, err
	}
	left := floats.Sum(p.Variances)
	for alive := 0; alive <= min(latent, len(p.Variances)); alive++ {
		// As many dimensions live as have λ above the water, so this many do if the water is below λ of the last one
		// that lives and not below that of the next one, which is dead even so if the code has no room for it.
		room := float64(len(p.Variances)) - weight*float64(alive)
		if variance := left / room; room > 0 && variance > 1e-12 {
			water := weight * variance
			lastLives := alive == 0 || p.Variances[alive-1] > water
			nextIsDead := alive >= min(latent, len(p.Variances)) || p.Variances[alive] <= water
			if lastLives && nextIsDead {
				return p.Best(latent, math.Sqrt(variance), weight)
			}
		}
		if alive < len(p.Variances) {
			left -= p.Variances[alive]
		}
	}
	return Optimum{}, words.Errorf("a code of %d dimensions leaves nothing of these images unexplained, so a learned σ shrinks for ever: choose fewer dimensions than the images' %d pixels, or a fixed σ", latent, len(p.Variances))
}

// LinearVAE gives weights that reach the optimum. They are not the only ones: a dimension may change its sign, and
// dimensions may change places. The optimum of no problem, the zero Optimum, has an empty LinearVAE, which measures nothing.
func (o Optimum) LinearVAE() LinearVAE {
	if o.problem == nil {
		return LinearVAE{}
	}
	pixels, latent := len(o.problem.Mean), len(o.ByDimension)
	n := LinearVAE{
		Mean: mat.NewDense(pixels, latent, nil), MeanBias: make([]float64, latent),
		LogVar: mat.NewDense(pixels, latent, nil), LogVarBias: make([]float64, latent),
		Decoder: mat.NewDense(latent, pixels, nil), DecoderBias: o.problem.Mean, Sigma: o.Sigma,
	}
	water := o.Weight * o.Sigma * o.Sigma
	for j := range o.Alive {
		variance := o.problem.Variances[j]
		column := mat.Col(nil, j, o.problem.Directions)
		floats.Scale(math.Sqrt(variance-water), column)
		n.Decoder.SetRow(j, column)
		floats.Scale(1/variance, column)
		n.Mean.SetCol(j, column)
		n.MeanBias[j] = -floats.Dot(column, o.problem.Mean)
		n.LogVarBias[j] = math.Log(water / variance)
	}
	return n
}
