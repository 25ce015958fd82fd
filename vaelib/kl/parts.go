package kl

import (
	"errors"
	"math"

	"vaelab/vaelib/words"
)

// Parts is a divergence between two normal distributions, split by its cause; in nats. The zero Parts are those of
// equal distributions.
type Parts struct {
	Mu    float64 // the means differ: ½((μq − μp)/σp)²; against N(0, 1), ½μ²
	Sigma float64 // the spreads differ: ½(r² − 1 − log r²), r = σq/σp; against N(0, 1), ½(σ² − 1 − log σ²)
}

// Total is the divergence: both parts together.
func (d Parts) Total() float64 { return d.Mu + d.Sigma }

// Gradient says how D_KL(q ‖ p) changes with q's parameters, in nats for each unit of the parameter. A positive number says
// that the divergence rises with the parameter, so training goes the other way. LogVar and Sigma are the same derivative in
// two parametrisations: use the one whose parameter you move. The zero Gradient is that of q = p.
type Gradient struct {
	Mu     float64 // ∂/∂μ = (μq − μp)/σp²; against N(0, 1), μ
	LogVar float64 // ∂/∂log σ² = ½(r² − 1), r = σq/σp; against N(0, 1), ½(σ² − 1)
	Sigma  float64 // ∂/∂σ = (r² − 1)/σq; against N(0, 1), σ − 1/σ
}

// Parts splits D_KL(q ‖ p); see the type Parts.
func (q Normal) Parts(p Normal) (Parts, error) {
	if err := check(q, p); err != nil {
		return Parts{}, err
	}
	d := (q.Mu - p.Mu) / p.Sigma
	parts := Parts{Mu: 0.5 * d * d, Sigma: spreadPart(q.Sigma/p.Sigma, (q.Sigma-p.Sigma)/p.Sigma)}
	if _, err := notOverflown(parts.Total()); err != nil {
		return Parts{}, err
	}
	return parts, nil
}

// KL is the closed form of D_KL(q ‖ p) in nats,
//
//	½[((μq − μp)/σp)² + σq²/σp² − 1 − log(σq²/σp²)];
//
// with p = N(0, 1) it is −½(1 + log σ² − μ² − σ²), the KL term of a VAE (Kingma and Welling 2014, appendix B).
// It is 0 only where q = p, never negative, and not symmetric.
func (q Normal) KL(p Normal) (float64, error) {
	parts, err := q.Parts(p)
	return parts.Total(), err
}

// Gradient of D_KL(q ‖ p) with respect to q's μ, log σ² and σ.
func (q Normal) Gradient(p Normal) (Gradient, error) {
	if err := check(q, p); err != nil {
		return Gradient{}, err
	}
	r, t := q.Sigma/p.Sigma, (q.Sigma-p.Sigma)/p.Sigma
	g := Gradient{
		Mu:     (q.Mu - p.Mu) / p.Sigma / p.Sigma,
		LogVar: 0.5 * t * (r + 1),
		Sigma:  t * (r + 1) / q.Sigma,
	}
	if _, err := notOverflown(g.Mu, g.LogVar, g.Sigma); err != nil {
		return Gradient{}, err
	}
	return g, nil
}

// LogVarParts is the divergence of N(μ, σ²) from N(0, 1), from μ and s = log σ² as an encoder gives them:
//
//	½μ² and ½(eˢ − 1 − s).
//
// It keeps full accuracy where s is so near 0 that σ = exp(s/2) would round it away.
func LogVarParts(mu, logVar float64) (Parts, error) {
	if err := errors.Join(finite("mu", mu), finite("logVar", logVar)); err != nil {
		return Parts{}, err
	}
	parts := Parts{Mu: 0.5 * mu * mu, Sigma: 0.5 * expMinus(logVar)}
	if _, err := notOverflown(parts.Total()); err != nil {
		return Parts{}, err
	}
	return parts, nil
}

// notOverflown passes the first number on, and reports if any is too large for float64.
func notOverflown(numbers ...float64) (float64, error) {
	for _, x := range numbers {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return 0, words.Errorf("the result is too large for a float64: bring the means together or the spreads nearer to each other")
		}
	}
	return numbers[0], nil
}
