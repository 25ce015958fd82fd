// Package model writes the autoencoder and the variational autoencoder as GoMLX graphs.
//
// Both share one shape: pixels → hidden → code → hidden → pixels, with a ReLU after each hidden layer.
//
//	             encoder                      decoder
//	image x ──▶ hidden ──▶ μ, log σ² ──▶ z ──▶ hidden ──▶ logits ──▶ Paint ──▶ picture
//	[pixels]    [hidden]   [latent]   μ+σε    [hidden]    [pixels]
//
// The AE is the same network without the log σ² head and without noise: z = μ. With Config.Hidden = 0 both lose their
// hidden layers: the network is linear, its output is the picture itself, and package [vaelab/vaelib/exact] knows its best
// weights. With Config.Layers = run.Convolutional two convolutions stand between pixels and hidden layer on each side; code and
// losses are the same.
//
// With Config.Given, an image's first pixels are given: they go to the encoder with the others and to the decoder behind the code,
// and only the others are told and cost nats (a conditional VAE, Sohn et al. 2015). With Config.Prior the posterior is held against a
// prior with numbers of its own, or of what is given, in place of N(0, I).
//
// [NegativeELBO] is the loss at the step's KL weight; [Objective] adds what a configuration may ask for besides: free bits
// for each dimension, or a target for the KL term.
//
// Every function here builds a graph: it takes and returns *graph.Node, has no state, and panics where shapes
// don't fit, as graph functions do in GoMLX. Which backend computes it is chosen elsewhere, so the package also
// compiles for the browser.
//
// A [Network] and a [Pass] hold nodes of one graph, and one goroutine at a time may build on a graph. Different graphs may
// be built at once.
//
// Units: all losses are nats an image, summed over pixels or latent dimensions. Taking a mean over either
// instead of the sum would quietly change the KL weight.
package model
