package exact

import (
	"math"
	"math/bits"
	"math/rand/v2"

	"vaelab/datasets"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Source draws images from a linear-Gaussian model that is known: around mid grey, in some directions, which are
// patterns of stripes and checks, with the variance that their death asks for, and with a little noise in all. Start from
// [DefaultSource]: the zero Source has no pixels, and its [Source.Data] is an error.
type Source struct {
	Side        int       // width and height in pixels
	Sigma       float64   // σ of the decoder for which Deaths are meant
	Deaths      []float64 // for each direction the KL weight at which its dimension collapses; its variance is Deaths·Sigma²
	Noise       float64   // variance of the noise in every direction, as such a weight too: all others collapse there
	Train, Test int       // images
	Seed        uint64
}

// DefaultSource has six directions, which die one after another between the weights 0.15 and 12.
func DefaultSource() Source {
	return Source{Side: 8, Sigma: 0.18, Deaths: []float64{12, 6, 2.5, 1.2, 0.4, 0.15}, Noise: 0.05, Train: 2000, Test: 500, Seed: 1}
}

// Config is a linear VAE with a dimension for each of the source's directions, and settings that train it to within a
// hundredth of a nat of the optimum: with a learning rate that decays to 0, since a constant one leaves the weights
// trembling in the noise of the codes.
func (s Source) Config() run.Config {
	c := run.Default()
	c.Hidden, c.Latent = 0, len(s.Deaths)
	c.Decoder, c.PixelSigma = run.Gaussian, s.Sigma
	c.Batch, c.Epochs, c.LearningRate, c.Decay = 50, 300, 0.03, run.CosineDecay
	return c
}

// Data draws the images. Pixels are rounded to bytes, which adds a variance of (1/255)²/12 to each; what is exact for
// the images at hand stays exact.
func (s Source) Data() (datasets.Dataset, error) {
	if s.Side < 2 || s.Side > 64 || bits.OnesCount(uint(s.Side)) != 1 || s.Train < 1 || s.Test < 1 || len(s.Deaths) >= s.Side*s.Side {
		return datasets.Dataset{}, words.Errorf("a source of %d×%d pixels with %d directions and %d+%d images can't be: it needs a side of 2, 4, 8, 16, 32 or 64, fewer directions than pixels, and images of both kinds", s.Side, s.Side, len(s.Deaths), s.Train, s.Test)
	}
	spread := s.Noise * s.Sigma * s.Sigma // the largest variance that a pixel can have
	lengths := make([]float64, len(s.Deaths))
	for j, death := range s.Deaths {
		if !(death >= s.Noise) || !(s.Noise > 0) || !(s.Sigma > 0) {
			return datasets.Dataset{}, words.Errorf("direction %d dies at the weight %v, and the noise at %v, with σ = %v: all must be above 0, and no direction can have less variance than the noise", j+1, death, s.Noise, s.Sigma)
		}
		lengths[j] = s.Sigma * math.Sqrt(death-s.Noise)
		spread += lengths[j] * lengths[j] / float64(s.Side*s.Side)
	}
	if 4*math.Sqrt(spread) > 0.5 {
		return datasets.Dataset{}, words.Errorf("the images would leave black and white: pixels spread by up to %.2f around mid grey; make Sigma or Deaths smaller", math.Sqrt(spread))
	}
	return datasets.Dataset{
		Name: "linear-gaussian", Title: words.Say("Linear-Gaussian images of %d×%d pixels", s.Side, s.Side),
		Train: s.draw(s.Train, 1, lengths), Test: s.draw(s.Test, 2, lengths), Source: words.Say("drawn from a known model"),
	}, nil
}

func (s Source) draw(count int, part uint64, lengths []float64) datasets.Images {
	rng := rand.New(rand.NewPCG(s.Seed, part))
	set := datasets.Images{Width: s.Side, Height: s.Side, Classes: []string{words.Mark("first code below 0"), words.Mark("first code above 0")}}
	noise := s.Sigma * math.Sqrt(s.Noise)
	patterns := patterns(s.Side, len(lengths))
	image := make([]float64, s.Side*s.Side)
	for range count {
		for i := range image {
			image[i] = 0.5 + noise*rng.NormFloat64()
		}
		label := uint8(0)
		for j, pattern := range patterns {
			code := rng.NormFloat64()
			if j == 0 && code > 0 {
				label = 1
			}
			for i := range image {
				image[i] += lengths[j] * code * pattern[i]
			}
		}
		for _, grey := range image {
			set.Pixels = append(set.Pixels, uint8(math.Round(255*min(max(grey, 0), 1))))
		}
		set.Labels = append(set.Labels, label)
	}
	return set
}

// patterns are the first Walsh patterns after the flat one, the fewest stripes first: black and white stripes and
// checks, orthogonal, and of length 1. Every pixel has the same share in each. The side must be a power of two.
func patterns(side, count int) [][]float64 {
	var list [][]float64
	for sum := 1; len(list) < count; sum++ {
		for across := min(sum, side-1); across >= max(0, sum-side+1) && len(list) < count; across-- {
			pattern := make([]float64, side*side)
			for y := range side {
				for x := range side {
					pattern[y*side+x] = walsh(across, x, side) * walsh(sum-across, y, side) / float64(side)
				}
			}
			list = append(list, pattern)
		}
	}
	return list
}

// walsh is the Walsh function with so many changes of sign, 1 or −1.
func walsh(changes, at, side int) float64 {
	gray := changes ^ changes>>1
	reversed := bits.Reverse(uint(at)) >> (bits.UintSize - bits.Len(uint(side-1)))
	if bits.OnesCount(uint(gray)&reversed)%2 == 1 {
		return -1
	}
	return 1
}
