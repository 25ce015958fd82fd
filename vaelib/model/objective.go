package model

import (
	"math"

	. "github.com/gomlx/gomlx/core/graph"

	"vaelab/vaelib/run"
)

// Objective is what the course trains: the NegativeELBO at the step's KL weight, with the configuration's free bits, or
// with its target rate in the weight's place; in nats, [batch]. Both look at means over the batch, so with them an
// image's value holds the whole batch's KL term, and only the mean of these values has a meaning.
func Objective(p Pass) *Node {
	switch c := p.Config; {
	case p.LogVar == nil:
		return Reconstruction(p)
	case c.Rate != run.TargetRate{}:
		return Add(Reconstruction(p), OffTarget(p))
	case c.Balance != run.Balance{}:
		return Add(Reconstruction(p), Mul(Balanced(p), p.Weight))
	case c.FreeBits > 0:
		return Add(Reconstruction(p), Mul(FreeTerm(p), p.Weight))
	}
	return NegativeELBO(p)
}

// Balanced is what the configuration's balance makes of the KL term, with free nats where it has them: the term twice, once with the
// posterior held and once with the prior, each with its weight. [batch], or a scalar where the clip stands on a mean.
func Balanced(p Pass) *Node {
	term := KL
	if p.Config.FreeBits > 0 {
		term = FreeTerm
	}
	posteriorHeld, priorHeld := p, p
	posteriorHeld.Mean, posteriorHeld.LogVar = StopGradient(p.Mean), StopGradient(p.LogVar)
	priorHeld.PriorMean, priorHeld.PriorLogVar = StopGradient(p.PriorMean), StopGradient(p.PriorLogVar)
	b := p.Config.Balance
	return Add(MulScalar(term(posteriorHeld), b.Prior), MulScalar(term(priorHeld), b.Posterior))
}

// FreeTerm is what the configuration's free nats make of the KL term, wherever the clip stands: [batch] for each image, else a scalar.
func FreeTerm(p Pass) *Node {
	free := p.Config.FreeBits
	switch p.Config.FreeOver {
	case run.EachImage:
		return MaxScalar(KL(p), free)
	case run.BatchMean:
		return MaxScalar(ReduceAllMean(KL(p)), free)
	}
	return freeDimensions(p.twiceKL(), free)
}

// FreeKL is Σ_j max(λ, KL_j) over latent dimensions, with KL_j the batch's mean KL of dimension j and λ the free nats of
// each: a scalar, in nats (Kingma et al. 2016, appendix C.8). A dimension that uses less than λ has no gradient from
// this term: to code less saves it nothing, so nothing drives it to collapse.
func FreeKL(mean, logVar *Node, free float64) *Node {
	return freeDimensions(twiceKL(mean, logVar), free)
}

func freeDimensions(twice *Node, free float64) *Node {
	return ReduceAllSum(MaxScalar(MulScalar(ReduceMean(twice, 0), 0.5), free))
}

// OffTarget is Pull·|KL − C|, with KL the batch's mean KL term and C the step's target: a scalar, in nats (Burgess et
// al. 2018).
func OffTarget(p Pass) *Node {
	return MulScalar(Abs(Sub(ReduceAllMean(KL(p)), p.Target)), p.Config.Rate.Pull)
}

// WithOptimalSigma gives the pass the σ of a Gaussian decoder that fits the batch best: σ² is the mean squared error over
// images and pixels, where ∂/∂σ² of ½ SE/σ² + ½ log σ² is 0 (Rybkin et al. 2021). No gradient goes through σ: at the
// best σ it would be 0.
func (p Pass) WithOptimalSigma() Pass {
	squares := ReduceAllMean(Square(Sub(p.Images, Means(p.Config, p.Logits))))
	const least = 1e-8 // (0.0001)², the smallest spread that a configuration may ask for
	p.LogSigma = StopGradient(MulScalar(Log(MaxScalar(squares, least)), 0.5))
	return p
}

// GaussianNatsAt is GaussianNats at a σ that the graph computes, from the scalar log σ.
func GaussianNatsAt(images, means, logSigma *Node) *Node {
	pixels := float64(images.Shape().Dim(-1))
	squares := ReduceSum(Square(Sub(images, means)), -1)
	precision := Exp(MulScalar(logSigma, -2))
	constant := AddScalar(MulScalar(logSigma, pixels), pixels*0.5*math.Log(2*math.Pi))
	return Add(MulScalar(Mul(squares, precision), 0.5), constant)
}
