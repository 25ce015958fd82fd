package exercise

import "vaelab/vaelib/check"

// writeTheLoss describes the exercise in losses, which needs GoMLX; it is here so that progress knows of it. It meets
// “the weight is never applied”, in the place where that happens.
var writeTheLoss = check.Exercise{
	ID: "losses.WriteTheLoss", Notebook: 3, Title: "Write the loss, and train with it", Minutes: 12,
	Question: "Write a VAE's loss as a graph: for each image of the batch, the reconstruction term (model.BernoulliNats gives it) plus the KL weight " +
		"p.Weight times the KL term, which you write from p.Mean and s = p.LogVar. Then train with it.",
	Signature: "func Loss(p model.Pass) *graph.Node",
	Hints: []string{
		"½ Σ (μ² + eˢ − 1 − s), with graph.Square, graph.Exp, graph.Add, graph.Sub and graph.AddScalar.",
		"graph.ReduceSum(x, -1) adds up along the last axis, the dimensions, and leaves one number for each image: [batch].",
		"graph.Mul(kl, p.Weight) applies the weight: 1 and 4 must give different losses.",
	},
	Another: "graph.Add(model.Reconstruction(p), graph.Mul(model.KL(p), p.Weight)): the course's own terms. Yours is a second " +
		"opinion on them.",
	Meets: []check.Confusion{check.WeightNotApplied, check.SumOrMean},
}
