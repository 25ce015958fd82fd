package exact

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"

	"vaelab/datasets"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// LinearVAE is a linear VAE in float64: μ = x·Mean + MeanBias, log σ² likewise, and the decoder's mean picture
// z·Decoder + DecoderBias. It comes from [Trained] or [Optimum.LinearVAE]. The zero LinearVAE is empty, and its methods
// answer with an error.
type LinearVAE struct {
	Mean, LogVar, Decoder             *mat.Dense // [pixels, latent] twice, [latent, pixels]
	MeanBias, LogVarBias, DecoderBias []float64
	Sigma                             float64 // σ of a pixel
}

// validate reports arrays that don't make a network, or images that it can't take.
func (n LinearVAE) validate(set datasets.Images) error {
	if n.Mean == nil || n.LogVar == nil || n.Decoder == nil || n.Mean.IsEmpty() {
		return words.Errorf("the network is empty: take one from Trained or from an Optimum")
	}
	pixels, latent := n.Mean.Dims()
	for _, m := range []mat.Matrix{n.LogVar, n.Decoder.T()} {
		if r, c := m.Dims(); r != pixels || c != latent {
			return words.Errorf("the network's arrays don't fit together: one is for %d pixels and %d dimensions, another for %d and %d", pixels, latent, r, c)
		}
	}
	if len(n.MeanBias) != latent || len(n.LogVarBias) != latent || len(n.DecoderBias) != pixels {
		return words.Errorf("the network's biases are %d, %d and %d: they must be %d, %d and %d",
			len(n.MeanBias), len(n.LogVarBias), len(n.DecoderBias), latent, latent, pixels)
	}
	if set.Len() == 0 || set.Width*set.Height != pixels {
		return words.Errorf("the network takes images of %d pixels, but was given %d of %d×%d", pixels, set.Len(), set.Width, set.Height)
	}
	return set.Validate()
}

// Trained takes the weights out of a run of a linear VAE.
func Trained(r run.Run) (LinearVAE, error) {
	if !r.Linear() || r.Model != run.VAE {
		return LinearVAE{}, words.Errorf("the run in %s is no linear VAE: train one with Model = run.VAE and Hidden = 0", r.Dir)
	}
	arrays := map[string][]float64{}
	for _, a := range r.State.Arrays {
		for _, x := range a.Data {
			arrays[a.Name] = append(arrays[a.Name], float64(x))
		}
	}
	pixels := r.Width * r.Height
	for name, size := range map[string]int{
		"encoder/mean/weights": pixels * r.Latent, "encoder/mean/biases": r.Latent,
		"encoder/log_variance/weights": pixels * r.Latent, "encoder/log_variance/biases": r.Latent,
		"decoder/pixels/weights": r.Latent * pixels, "decoder/pixels/biases": pixels,
	} {
		if len(arrays[name]) != size {
			return LinearVAE{}, words.Errorf("the run in %s has %d numbers in %s, not %d: delete the folder to train anew", r.Dir, len(arrays[name]), name, size)
		}
	}
	n := LinearVAE{
		Mean:       mat.NewDense(pixels, r.Latent, arrays["encoder/mean/weights"]),
		LogVar:     mat.NewDense(pixels, r.Latent, arrays["encoder/log_variance/weights"]),
		Decoder:    mat.NewDense(r.Latent, pixels, arrays["decoder/pixels/weights"]),
		MeanBias:   arrays["encoder/mean/biases"],
		LogVarBias: arrays["encoder/log_variance/biases"], DecoderBias: arrays["decoder/pixels/biases"],
		Sigma: r.PixelSigma,
	}
	if learned := arrays["decoder/log_sigma"]; len(learned) == 1 {
		n.Sigma = math.Exp(learned[0])
	}
	return n, nil
}

// Measure gives the network's terms on images, with the expectation over codes in closed form, and the KL of each
// dimension, in nats an image:
//
//	E_q ‖x − Wz − b‖² = ‖x − Wμ − b‖² + Σ_j v_j ‖w_j‖²
//
// So the figure has no noise: what it says above an optimum's is the network's own.
func (n LinearVAE) Measure(set datasets.Images, weight float64) (terms run.Terms, byDimension []float64, err error) {
	if err := n.validate(set); err != nil {
		return terms, nil, err
	}
	pixels, latent := n.Mean.Dims()
	x := rows(set)
	var means, logVars, pictures mat.Dense
	means.Mul(x, n.Mean)
	logVars.Mul(x, n.LogVar)
	for i := range set.Len() {
		floats.Add(means.RawRowView(i), n.MeanBias)
		floats.Add(logVars.RawRowView(i), n.LogVarBias)
	}
	pictures.Mul(&means, n.Decoder)
	length := make([]float64, latent) // ‖w_j‖²
	for j := range length {
		w := n.Decoder.RawRowView(j)
		length[j] = floats.Dot(w, w)
	}
	byDimension = make([]float64, latent)
	var squares float64
	for i := range set.Len() {
		off := pictures.RawRowView(i)
		floats.Add(off, n.DecoderBias)
		floats.Sub(off, x.RawRowView(i))
		squares += floats.Dot(off, off)
		for j := range latent {
			mean, logVar := means.At(i, j), logVars.At(i, j)
			squares += math.Exp(logVar) * length[j]
			byDimension[j] += 0.5 * (mean*mean + math.Expm1(logVar) - logVar)
		}
	}
	count := float64(set.Len())
	floats.Scale(1/count, byDimension)
	variance := n.Sigma * n.Sigma
	terms.Reconstruction = float64(pixels)/2*math.Log(2*math.Pi*variance) + squares/count/(2*variance)
	terms.KL = floats.Sum(byDimension)
	terms.Loss = terms.Reconstruction + weight*terms.KL
	return terms, byDimension, nil
}

// LogLikelihood is the mean of log p(x) = log N(x; b, WᵀW + σ²I) over images, in nats an image: exact, where a VAE with
// hidden layers has only bounds.
func (n LinearVAE) LogLikelihood(set datasets.Images) (float64, error) {
	if err := n.validate(set); err != nil {
		return 0, err
	}
	_, pixels := n.Decoder.Dims()
	covariance := mat.NewSymDense(pixels, nil)
	covariance.SymOuterK(1, n.Decoder.T())
	for j := range pixels {
		covariance.SetSym(j, j, covariance.At(j, j)+n.Sigma*n.Sigma)
	}
	p, ok := distmv.NewNormal(n.DecoderBias, covariance, nil)
	if !ok {
		return 0, words.Errorf("the network's covariance can't be inverted: is its σ (%v) above 0?", n.Sigma)
	}
	x := rows(set)
	var sum float64
	for i := range set.Len() {
		sum += p.LogProb(x.RawRowView(i))
	}
	return sum / float64(set.Len()), nil
}
