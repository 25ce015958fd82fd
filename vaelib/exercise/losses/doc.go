// Package losses holds the one exercise whose answer is a GoMLX graph: the loss of a VAE. The others, in [exercise], build
// without GoMLX.
//
//	func Loss(p model.Pass) *graph.Node { panic("write me") }
//
//	%%
//	losses.WriteTheLoss.Check(Loss)
//
// Check builds the learner's graph for a small batch, computes it with the pure Go backend, and holds it against loops
// over float64. [Exercise.CheckTrained] looks at what training with it came to.
package losses
