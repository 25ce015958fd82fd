package kl

import "math"

// PriorGradient is the gradient of D_KL(q ‖ p) with respect to p's parameters, in nats for each unit of the parameter: what a prior
// that is learnt, as a world model's, is pulled by. With d = μq − μp:
//
//	∂/∂μp = −d/σp²   ∂/∂log σp² = ½(1 − (σq² + d²)/σp²)   ∂/∂σp = (1 − (σq² + d²)/σp²)/σp
//
// It is 0 where p has q's mean and spread.
func (q Normal) PriorGradient(p Normal) (Gradient, error) {
	if err := check(q, p); err != nil {
		return Gradient{}, err
	}
	d, t, r := (q.Mu-p.Mu)/p.Sigma, (q.Sigma-p.Sigma)/p.Sigma, q.Sigma/p.Sigma
	excess := t*(r+1) + d*d // (σq² + d²)/σp² − 1
	g := Gradient{Mu: -d / p.Sigma, LogVar: -0.5 * excess, Sigma: -excess / p.Sigma}
	if _, err := notOverflown(g.Mu, g.LogVar, g.Sigma); err != nil {
		return Gradient{}, err
	}
	return g, nil
}

// Slope is the expected gradient of the terms' mean in q's parameters while the draws stay where they are. That is what a program
// follows that draws, then differentiates the printed estimate of the divergence through log q(x) alone, as programs of
// reinforcement learning do with the words that a model has written. (A VAE's draws move with μ and σ: reparametrised, K1
// and K3 have the true slope.) With the score s = ∂ log q(x)/∂θ, whose mean under q is 0, and r = p(x)/q(x):
//
//	K1  E s           = 0               nothing pulls at all, though the value is right
//	K2  E (log q/p) s = ∂ D(q ‖ p)/∂θ   the true slope, though the value is wrong
//	K3  E (1 − r) s   = ∂ D(p ‖ q)/∂θ   the other divergence's slope, though the value is right
//
// Signs and units are those of [Normal.Gradient], which is the true slope: positive where the term rises with μ, log σ² or σ. K3's is
// p.PriorGradient(q).
func (k Term) Slope(q, p Normal) (Gradient, error) {
	if err := k.Validate(); err != nil {
		return Gradient{}, err
	}
	if err := check(q, p); err != nil {
		return Gradient{}, err
	}
	switch k {
	case K2:
		return q.Gradient(p)
	case K3:
		return p.PriorGradient(q)
	}
	return Gradient{}, nil
}

// GradientEstimate is a [Gradient] found by sampling. The zero one has no samples.
type GradientEstimate struct{ Mu, LogVar, Sigma Estimate }

// SampledSlope is the slope, as [Term.Slope] has it, of the mean of n terms whose draws are held: exactly what backpropagation through
// log q(x) of these draws gives. They are the draws of the term's Estimator for the same seed. The standard errors are those of the
// draws; K3's mean something only where σq² > ½σp², as with [LowVariance]. LogVar's and Sigma's are the same numbers but for a
// factor ½σq.
func (k Term) SampledSlope(q, p Normal, n int, seed uint64) (GradientEstimate, error) {
	if err := k.Validate(); err != nil {
		return GradientEstimate{}, err
	}
	if err := check(q, p); err != nil {
		return GradientEstimate{}, err
	}
	log := quadraticOf(q, q, p)
	factor := func(e float64) float64 { // before the score, for x = μ + σε
		switch k {
		case K2:
			return log.at(e)
		case K3:
			return -math.Expm1(-log.at(e))
		}
		return 1
	}
	var g GradientEstimate
	for _, part := range []struct {
		to    *Estimate
		score func(e float64) float64
	}{
		{&g.Mu, func(e float64) float64 { return e / q.Sigma }},
		{&g.LogVar, func(e float64) float64 { return 0.5 * (e - 1) * (e + 1) }},
		{&g.Sigma, func(e float64) float64 { return (e - 1) * (e + 1) / q.Sigma }},
	} {
		var err error
		*part.to, err = Expectation(Standard, func(e float64) float64 { return factor(e) * part.score(e) }).Estimate(n, seed)
		if err != nil {
			return GradientEstimate{}, err
		}
	}
	return g, nil
}
