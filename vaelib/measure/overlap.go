package measure

import (
	"math"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/words"
)

// Bhattacharyya is the overlap ∫ √(q(z) p(z)) dz of two Gaussians: 1 if they are equal, towards 0 as they part. It is
// a product over dimensions,
//
//	Πᵢ √(2 σqᵢσpᵢ / (σqᵢ² + σpᵢ²)) · exp(−¼ (μqᵢ − μpᵢ)² / (σqᵢ² + σpᵢ²)).
//
// Two equally wide Gaussians whose means are 2σ apart in one dimension overlap by e^−½ = 0.61.
//
// A. Bhattacharyya, 1943; for Gaussians: T. Kailath, "The Divergence and Bhattacharyya Distance Measures in Signal
// Selection", 1967.
func Bhattacharyya(q, p kl.Diagonal) (float64, error) {
	if err := q.Validate(); err != nil {
		return 0, words.Errorf("q: %w", err)
	}
	if err := p.Validate(); err != nil {
		return 0, words.Errorf("p: %w", err)
	}
	if q.Dim() != p.Dim() {
		return 0, words.Errorf("q has %d dimensions and p %d: they must have the same number", q.Dim(), p.Dim())
	}
	return overlap(q, p), nil
}

func overlap(q, p kl.Diagonal) float64 {
	log := 0.0
	for i := range q.Mu {
		// In units of the wider spread nothing overflows on the way.
		wide, narrow := max(q.Sigma[i], p.Sigma[i]), min(q.Sigma[i], p.Sigma[i])
		r, d := narrow/wide, (q.Mu[i]-p.Mu[i])/wide
		log += 0.5*math.Log(2*r/(1+r*r)) - 0.25*d*d/(1+r*r)
	}
	return math.Exp(log)
}

// Overlaps gives for each posterior its overlap with that of the nearest code (by the distance between means). Where
// neighbours overlap, the decoder must paint both images from the codes between them, and so learns to go smoothly
// from one to the other. Codes without clouds, an AE's, overlap not at all.
//
// Mean gives the average and its standard error.
func Overlaps(posteriors []kl.Diagonal) ([]float64, error) {
	p, err := packPosteriors(posteriors, 2)
	if err != nil {
		return nil, err
	}
	index, _ := nearest(p.mean, p.mean, false)
	out := make([]float64, len(posteriors))
	for i, j := range index {
		out[i] = overlap(posteriors[i], posteriors[j])
	}
	return out, nil
}
