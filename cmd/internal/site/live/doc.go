// Package live is the part of the course that a page to read carries with it, so that a reader can touch its models without a lab:
// half a network at a time, in plain loops, and the arithmetic of a bell curve. Package main of cmd/vaelive gives it to the page.
//
//	run.Run ──▶ Halves ──▶ encoder, decoder: Network ──▶ Append ──▶ a file on the site ──▶ Read ──▶ Encode, Decode in the page
//
// A file's weights have 16 bits, which halves it. The pictures that come out differ from those of 32 bits by at most one of 255
// steps of grey, and a code by less than a thousandth of its σ: TestWhatHalvingCosts measures both.
//
// It needs no graph library, so that the program in the page stays small; the tests compare it with package inference.
package live
