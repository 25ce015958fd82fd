package model

import (
	. "github.com/gomlx/gomlx/core/graph"

	"vaelab/vaelib/run"
)

// Split takes images [batch, pixels] apart: what is given, [batch, given], nil where nothing is, and what is told, [batch, told].
func (n Network) Split(images *Node) (given, told *Node) {
	if n.config.Given == 0 {
		return nil, images
	}
	return Slice(images, AxisRange(), AxisRange(0, n.config.Given)), Slice(images, AxisRange(), AxisRangeToEnd(n.config.Given))
}

// Prior gives the mean and the log-variance of a learned prior: [batch, latent] each where they depend on what is given, else
// [1, latent]. Both are nil for N(0, I).
func (n Network) Prior(given *Node) (mean, logVar *Node) {
	switch {
	case n.config.Prior != run.LearnedPrior:
		return nil, nil
	case given == nil:
		return InsertAxes(n.weight["prior/mean/biases"], 0), InsertAxes(n.weight["prior/log_variance/biases"], 0)
	}
	hidden := n.hidden(given, "prior/hidden")
	return n.dense(hidden, "prior/mean"), n.dense(hidden, "prior/log_variance")
}

// Standardise writes a posterior in the prior's own units, z′ = (z − μ_p)/σ_p: against N(0, I) it has the divergence, and every
// other property, that it had against the prior. Whoever draws z′ from N(0, I) draws z from the prior.
func (n Network) Standardise(mean, logVar, given *Node) (*Node, *Node) {
	priorMean, priorLogVar := n.Prior(given)
	if priorMean == nil {
		return mean, logVar
	}
	return Mul(Sub(mean, priorMean), Exp(MulScalar(priorLogVar, -0.5))), Sub(logVar, priorLogVar)
}

// FromStandard takes codes in the prior's own units back: z = μ_p + σ_p·z′.
func (n Network) FromStandard(code, given *Node) *Node {
	priorMean, priorLogVar := n.Prior(given)
	if priorMean == nil {
		return code
	}
	return Add(priorMean, Mul(Exp(MulScalar(priorLogVar, 0.5)), code))
}
