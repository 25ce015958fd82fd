package measure

import (
	"math"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

// ImageMean is a mean over images, in nats an image. Its StdErr is that of other images (each with draws of its own);
// Sampling is what the draws alone leave open: the standard error of the same images with other codes drawn.
type ImageMean struct {
	kl.Estimate
	Sampling float64
}

// Bound is the importance-weighted bound on log p(x) with k draws, averaged over images:
//
//	L_k = E[log (1/k) Σᵢ wᵢ],   wᵢ = p(x|zᵢ) p(zᵢ)/q(zᵢ|x),   z₁ … z_k ~ q(z|x).
//
// L₁ is the ELBO. More draws never loosen the bound, L_k ≤ L_{k+1} ≤ log p(x), and if the weights are bounded it
// reaches log p(x). If they have a variance, what is missing falls like 1/k. Where q is the exact posterior every
// weight is p(x), and a single draw tells it.
//
// Y. Burda, R. Grosse, R. Salakhutdinov, "Importance Weighted Autoencoders", 2016, theorem 1; C. Maddison and others,
// "Filtering Variational Objectives", 2017, for the 1/k.
type Bound struct {
	K int
	ImageMean
	Gain kl.Estimate // L_k − ELBO, image by image: the images' own spread, most of StdErr, cancels
	ESS  float64     // effective draws among the k, averaged: far below k, a few draws carry the mean
	// Left is about how far L_k is below log p(x): ½ Var(w)/(k w̄²), the first term of a series in 1/k (S. Nowozin,
	// "Debiasing Evidence Approximations", 2018). Believe it where ESS is in the hundreds; with an ESS of a few the
	// weights that matter were never drawn, and it is too small. NaN for k = 1.
	Left float64
	// ClosedKL is a mistake's result, kept to be looked at: log (1/k) Σ p(x|zᵢ) − KL(q ‖ p), the closed form of the KL
	// term put where each draw's own log p(zᵢ) − log q(zᵢ|x) belongs. At k = 1 both have the same expectation. With more
	// draws this one goes to log E_q[p(x|z)] − KL(q ‖ p), which is no bound: it is above log p(x) by nats where q is the
	// exact posterior.
	ClosedKL kl.Estimate
	Each     []float64 // each image's L_k
}

// Bounds are what one pass over the draws gives. The zero Bounds hold none, and their [Bounds.Best] is NaN.
type Bounds struct {
	ELBO  ImageMean // E_q[log p(x|z)], sampled, minus the KL term in closed form
	KL    kl.Estimate
	ByK   []Bound // as many as were asked for, k rising
	Draws int     // for each image
}

// Best is the bound with the most draws. Of no bounds it is one of no draws (K is 0), whose numbers are NaN.
func (b Bounds) Best() Bound {
	if len(b.ByK) == 0 {
		nan := math.NaN()
		none := kl.Estimate{Value: nan, StdErr: nan}
		return Bound{ImageMean: ImageMean{none, nan}, Gain: none, ESS: nan, Left: nan, ClosedKL: none}
	}
	return b.ByK[len(b.ByK)-1]
}

// LogLikelihood gives log p(x|z) in nats, [images][draws], for codes [images][draws][latent] of the images first,
// first+1, …. [ImportanceBounds] calls it again and again, one call at a time, and writes the next codes over the last ones:
// it must not keep them. A nil one is an error.
type LogLikelihood func(first int, codes [][][]float64) ([][]float64, error)

// BoundOptions say how to draw. The zero value takes the k of [DefaultKs]: 1, 5, 50, 500, 5000.
type BoundOptions struct {
	Ks      []int // rising
	Draws   int   // for each image; 0: as many as the largest k needs
	Seed    uint64
	Observe func(done, all int) // told how many of all draws are done, one call at a time; nil: nobody is
}

// DefaultKs are the numbers of draws that BoundOptions take when none are given; Burda and others' largest is 5000.
var DefaultKs = []int{1, 5, 50, 500, 5000}

func (o BoundOptions) withDefaults() (BoundOptions, error) {
	if len(o.Ks) == 0 {
		o.Ks = DefaultKs
	}
	for i, k := range o.Ks {
		if k < 1 {
			return o, words.Errorf("k is %d: a bound needs at least 1 draw", k)
		}
		if i > 0 && k <= o.Ks[i-1] {
			return o, words.Errorf("the ks go from %d to %d: list them in rising order", o.Ks[i-1], k)
		}
	}
	most := o.Ks[len(o.Ks)-1]
	if o.Draws == 0 {
		o.Draws = max(2, most)
	}
	if o.Draws < max(2, most) {
		return o, words.Errorf("Draws is %d: an image needs at least %d, as many as the largest k (and 2 to tell a spread)", o.Draws, max(2, most))
	}
	return o, nil
}

// ImportanceBounds draws codes from each image's posterior and gives the ELBO and L_k for all ks in one pass.
//
// Every draw serves every k once. Of n draws, k take turns in ⌊n/k⌋ groups that share none, so an image's L_k is the mean
// of as many independent values: unbiased for L_k, and the surer the smaller k is. (A few draws at the end are left out
// where k does not divide n.) The groups' spread is the sampling error; where there is only one group, LogMean.StdErr.
// Bounds of different k come from the same draws, and so rise together.
//
// Some thousands of draws are in hand at once, and of each image and k only a running sum: the memory does not grow with
// the draws. The same seed gives the same draws for an image at place i, whatever images come after it.
func ImportanceBounds(posteriors []kl.Diagonal, likelihood LogLikelihood, o BoundOptions) (Bounds, error) {
	if likelihood == nil {
		return Bounds{}, words.Errorf("the likelihood is nil: give a function that computes log p(x|z)")
	}
	if _, err := packPosteriors(posteriors, 2); err != nil {
		return Bounds{}, err
	}
	o, err := o.withDefaults()
	if err != nil {
		return Bounds{}, err
	}
	pass := newBoundPass(posteriors, o)
	for first := 0; first < len(posteriors); first += pass.images {
		if err := pass.run(first, min(first+pass.images, len(posteriors)), likelihood); err != nil {
			return Bounds{}, err
		}
	}
	return pass.bounds()
}
