package kl

import (
	"fmt"
	"math"

	"vaelab/vaelib/words"
)

// Clip says where a program puts the max that leaves some nats free. Below it the charge is the same whatever the code says, so
// nothing is saved by saying less, and nothing pulls. All three are called free nats or free bits. The zero value is [EachDimension].
type Clip int

const (
	// EachDimension charges Σ_j max(λ, mean over images of KL_ij), with λ in nats a dimension: each dimension is free to say λ,
	// and no other's can make up for it. (D. Kingma and others, "Improved Variational Inference with Inverse Autoregressive Flow",
	// 2016, appendix C.8; run.Config's FreeBits and model.FreeKL are this one.)
	EachDimension Clip = iota
	// EachImage charges the mean over images of max(λ, Σ_j KL_ij), with λ in nats an image: images that say more pay for it, and those
	// that say less save nothing. (World Models: max(KL, 0.5 · 32), hardmaru/WorldModelsExperiments at fd982b9,
	// carracing/vae/vae.py. PlaNet for each step: max(0, KL − 3), which has the same slopes and charges 3 less,
	// google-research/planet at c04226b, planet/training/utility.py.)
	EachImage
	// BatchMean charges max(λ, mean over images of Σ_j KL_ij), with λ in nats an image: free to be spent on any image and any
	// dimension, and all or nothing: while the mean is above λ, each image pays for each nat. (Dreamer v1: max(mean KL, 3),
	// danijar/dreamer at 56d4d44, dreamer.py.)
	BatchMean
)

// String names the place of the clip.
func (c Clip) String() string {
	switch c {
	case EachDimension:
		return words.Say("each dimension")
	case EachImage:
		return words.Say("each image")
	case BatchMean:
		return words.Say("batch mean")
	}
	return fmt.Sprintf("Clip(%d)", int(c))
}

// Charge takes the divergences of a batch in nats, nats[i][j] that of image i in dimension j, and λ, which is in nats a dimension
// for EachDimension and in nats an image for the others: with 16 dimensions a λ of 1 allows there what 16 does here. It gives
// the KL term, in nats an image, and for each entry its slope factor: 1 where the entry pays as without a clip, 0 where
// nothing pulls at it. With n images
//
//	∂charge/∂nats[i][j] = factor[i][j] / n.
//
// At λ exactly, where the slope jumps, the factor is 0. Without a clip, λ = 0, the charge is the mean of the sums.
func (c Clip) Charge(nats [][]float64, lambda float64) (charge float64, factor [][]float64, err error) {
	if err := c.check(nats, lambda); err != nil {
		return 0, nil, err
	}
	images, dims := len(nats), len(nats[0])
	byImage, byDimension, all := make([]float64, images), make([]float64, dims), 0.0
	for i, row := range nats {
		for j, x := range row {
			byImage[i] += x
			byDimension[j] += x / float64(images)
		}
		all += byImage[i] / float64(images)
	}
	switch c {
	case EachDimension:
		for _, x := range byDimension {
			charge += max(x, lambda)
		}
	case EachImage:
		for _, x := range byImage {
			charge += max(x, lambda) / float64(images)
		}
	case BatchMean:
		charge = max(all, lambda)
	}
	if _, err := notOverflown(charge); err != nil {
		return 0, nil, err
	}
	factor = make([][]float64, images)
	for i := range factor {
		factor[i] = make([]float64, dims)
		for j := range factor[i] {
			clipped := [...]float64{EachDimension: byDimension[j], EachImage: byImage[i], BatchMean: all}[c]
			if clipped > lambda {
				factor[i][j] = 1
			}
		}
	}
	return charge, factor, nil
}

func (c Clip) check(nats [][]float64, lambda float64) error {
	switch {
	case c < EachDimension || c > BatchMean:
		return words.Errorf("the clip is %d: write kl.EachDimension, kl.EachImage or kl.BatchMean", int(c))
	case !(lambda >= 0) || math.IsInf(lambda, 1):
		return words.Errorf("lambda is %v: free nats must be 0 or more, and finite", lambda)
	case len(nats) == 0 || len(nats[0]) == 0:
		return words.Errorf("nats is empty: at least one image with one dimension is needed")
	}
	for i, row := range nats {
		if len(row) != len(nats[0]) {
			return words.Errorf("nats[%d] has %d dimensions and nats[0] has %d: they must have the same number", i, len(row), len(nats[0]))
		}
		for j, x := range row {
			if !(x >= 0) || math.IsInf(x, 1) {
				return words.Errorf("nats[%d][%d] is %v: a divergence is 0 or more, and finite here", i, j, x)
			}
		}
	}
	return nil
}
