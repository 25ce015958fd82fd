// Package inference puts a trained network on a backend and runs it: images to codes, codes to pictures, images to bounds on
// their log-likelihoods. It is the GoMLX part of package [trained], which asks the questions.
//
//	run.Run ──▶ Open ──▶ Coder ──▶ Encode   images → μ, log σ² of their codes
//	                           ──▶ Decode   codes → pictures
//	                           ──▶ Bounds   images → ELBO and importance-weighted bounds on log p(x)
//
// It takes any GoMLX backend and imports none, so it also answers in a browser, with pure Go.
package inference
