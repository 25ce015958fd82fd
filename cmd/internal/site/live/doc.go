// Package live is the part of the course that a page to read carries with it, so that a reader can touch its models without a lab:
// half a network at a time, in plain loops, and the arithmetic of a bell curve. Package main of cmd/vaelive gives it to the page.
//
//	run.Run ──▶ Halves ──▶ encoder, decoder: Network ──▶ Append ──▶ a file on the site ──▶ Read ──▶ Encode, Decode in the page
//
// A file's weights have 16 bits, which halves it. Measured on the course's seven models with two numbers for a code and 1,000 test
// pictures each: fewer than 1 % of the pixels differ from those of 32 bits, by one of 255 steps of grey, and no code's coordinate
// differs by 0.001. TestWhatHalvingCosts measures it on drawn weights, and a site's build refuses a model that differs by more.
//
// It needs no graph library, so that the program in the page stays small; the tests compare it with package inference.
package live
