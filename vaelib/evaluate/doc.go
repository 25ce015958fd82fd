// Package evaluate asks a trained model: where does it put these images, and what does it paint from these codes?
//
//	run.Run ──▶ Open ──▶ Model ──▶ Encode   images → μ, σ of their codes
//	                           ──▶ Decode   codes → pictures
//	                           ──▶ Restore  images → the pictures of their mean codes
//	                           ──▶ Imagine  pictures of codes drawn from N(0, I)
//	                           ──▶ Plane    pictures of a grid of two-dimensional codes
//
// It takes any GoMLX backend and imports none, so it also answers in a browser, with pure Go.
package evaluate
