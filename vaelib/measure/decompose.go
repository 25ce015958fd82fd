package measure

import (
	"math"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

// Decomposition splits a VAE's KL term, averaged over n images, into three. In nats an image:
//
//	mean KL(q(z|x) ‖ p(z)) = I(x; z) + KL(q(z) ‖ Πⱼ q(zⱼ)) + Σⱼ KL(q(zⱼ) ‖ p(zⱼ)),
//
// with q(z) = (1/n) Σₓ q(z|x), q(zⱼ) its marginal in dimension j, and p = N(0, I): what codes tell about images, the total
// correlation, which is what dimensions tell about each other, and how far each dimension by itself is from N(0, 1). The last two
// together are KLSplit's Marginal. Only the total correlation is about disentangling; the KL weight presses on all three.
//
// R. Chen and others, "Isolating Sources of Disentanglement in VAEs", 2018.
type Decomposition struct {
	KLSplit          // KL, Information, Marginal, Residual, Ceiling
	TotalCorrelation kl.Estimate
	DimensionWise    kl.Estimate
	ByDimension      []kl.Estimate // KL(q(zⱼ) ‖ N(0, 1)) for each dimension; they sum to DimensionWise
}

// DecomposeKL is [SplitKL] with its Marginal split once more: it draws the same codes, and compares log q(z|x), log q(z), Σ log q(zⱼ)
// and log p(z) at each, so for every code, and not only in expectation, the three parts and KL + Residual are the same sum. The work
// is images × n × dimensions: for 2,000 images in 16 dimensions some 2.5 seconds of one core.
//
// For the n codes given all three are unbiased: q(z) is their whole sum. As estimates of what all images that there could be would
// give they are not, and n decides by how much. On average
//
//   - Information is too low, and never above log n, the Ceiling.
//   - DimensionWise and Marginal are too high: n clouds have gaps that all of them together have not.
//   - TotalCorrelation is Σⱼ I(x; zⱼ) − I(x; z), as posteriors have independent dimensions. So it gains what n keeps from I(x; z),
//     and loses what n keeps from each I(x; zⱼ), which is far less: n clouds may cover a line long before they cover the space. It
//     is too high where dimensions tell different things, and by much where Information is at its Ceiling: then it says more
//     about n than about the model. Where dimensions tell the same it can be a little too low: two copies of a yes-or-no
//     have log 2 nats in common, and n images show about 1/2n less.
//
// Compare models by the codes of the same images.
func DecomposeKL(posteriors []kl.Diagonal, images int, seed uint64) (Decomposition, error) {
	t, err := split(posteriors, images, seed, true)
	if err != nil {
		return Decomposition{}, err
	}
	d := Decomposition{}
	if d.KLSplit, err = t.summary(); err != nil {
		return Decomposition{}, err
	}
	alone, correlation := make([]float64, images), make([]float64, images)
	for _, terms := range t.byDimension {
		one, err := Mean(terms)
		if err != nil {
			return Decomposition{}, err
		}
		d.ByDimension = append(d.ByDimension, one)
		for i, x := range terms {
			alone[i] += x
		}
	}
	for i, all := range t.marginal {
		correlation[i] = all - alone[i]
	}
	if d.DimensionWise, err = Mean(alone); err != nil {
		return Decomposition{}, err
	}
	d.TotalCorrelation, err = Mean(correlation)
	return d, err
}

// MinibatchWeighted is the estimate that the public code of β-TCVAE trains on by default (rtqichen/beta-tcvae at 1a3577d,
// vae_quant.py, without --mss: "minibatch weighted sampling"), for comparison with [DecomposeKL]. It has a batch of M posteriors and the
// number N of images in the data set, and takes
//
//	log q(z) ≈ log 1/(MN) Σₘ q(z|xₘ),   log q(zⱼ) ≈ log 1/(MN) Σₘ q(zⱼ|xₘ)
//
// for sums over all N images. Each is the batch's own aggregate, divided by N once more; whatever the codes are, that adds
//
//	log N to the information, (D − 1) · log N to the total correlation, −D · log N to the dimension-wise KL,
//
// in D dimensions, to what DecomposeKL gives for the batch alone; 1, D − 1 and −D add up to 0, so the sum is right. As a loss it has the
// batch's slopes, which no constant changes; as a number it says nothing of the model. (Weights of 1/N for a code's own posterior and
// (N − 1)/(N(M − 1)) for the others would make q(z) unbiased.) Standard errors are the batch's. Ceiling is moved along, to log MN,
// which bounds nothing.
func MinibatchWeighted(batch []kl.Diagonal, dataset int, seed uint64) (Decomposition, error) {
	if dataset < len(batch) {
		return Decomposition{}, words.Errorf("dataset is %d: it is the number of images that the batch of %d was taken from", dataset, len(batch))
	}
	d, err := DecomposeKL(batch, len(batch), seed)
	if err != nil {
		return Decomposition{}, err
	}
	logN, dim := math.Log(float64(dataset)), float64(len(d.ByDimension))
	d.Information.Value += logN
	d.Ceiling += logN
	d.Marginal.Value -= logN
	d.TotalCorrelation.Value += (dim - 1) * logN
	d.DimensionWise.Value -= dim * logN
	for j := range d.ByDimension {
		d.ByDimension[j].Value -= logN
	}
	return d, nil
}

// dimension is one dimension of all posteriors, and which one it is.
type dimension struct {
	posteriors
	j int
}

func (q posteriors) at(j int) dimension {
	n := len(q.constant)
	one := dimension{posteriors{newPoints(n, 1), newPoints(n, 1), make([]float64, n)}, j}
	for x := range n {
		one.mean.data[x], one.precision.data[x] = q.mean.row(x)[j], q.precision.row(x)[j]
		one.constant[x] = math.Log(one.precision.data[x]) - 0.5*math.Log(2*math.Pi)
	}
	return one
}

// marginal sets dst to log q(zⱼ) − log p(zⱼ) for codes z that were drawn from the posteriors own.
func (d dimension) marginal(dst []float64, z points, own []int) {
	zj, start := newPoints(z.n, 1), make([]float64, z.n)
	for i, x := range own {
		zj.data[i] = z.row(i)[d.j]
		e := (zj.data[i] - d.mean.data[x]) * d.precision.data[x]
		start[i] = d.constant[x] - 0.5*e*e
	}
	for i, log := range d.logAggregate(zj, start) {
		dst[i] = log - logStandard(zj.row(i))
	}
}
