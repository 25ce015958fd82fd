// Package trained asks a trained model: where does it put these images, and what does it paint from these codes?
//
//	Coder ──▶ Model ──▶ Encode   images → μ, log σ² of their codes
//	                ──▶ Decode   codes → pictures
//	                ──▶ Restore  images → the pictures of their mean codes
//	                ──▶ Imagine  pictures of codes drawn from N(0, I)
//	                ──▶ Plane    pictures of a grid of two-dimensional codes
//	                ──▶ Traverse pictures of one code with one dimension moved
//	                ──▶ Bounds   images → ELBO and importance-weighted bounds on log p(x)
//
// A bound says what it is a bound on: see [Reading]. Only a Bernoulli decoder on black-and-white pixels has a
// log-probability; for grey pixels the number comes with a caveat to be printed beside it.
//
// What computes is behind [Coder]: inference.Open runs it with GoMLX in this program, package engine may have it run in
// another. So whoever asks needs no GoMLX.
//
// All types here but [Coder] and [Model] are plain values, which several goroutines may read at once. Whether they
// may use one [Coder] at once depends on what implements it; a [Model] may be used as its Coder may.
package trained
