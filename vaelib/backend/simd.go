//go:build goexperiment.simd

package backend

// Built with GOEXPERIMENT=simd, the Go backend multiplies matrices with vector instructions: faster, and rounded
// in another order, so it has a name of its own.
const simdName, simdWords = "-simd", " with SIMD"
