//go:build goexperiment.simd && !simd128

package run

import "vaelab/vaelib/words"

// Built with GOEXPERIMENT=simd, the Go backend multiplies matrices with vector instructions: faster, and rounded in another order, so
// it has a name of its own.
var PureGo = Backend{"go-simd", words.Mark("pure Go with SIMD on the CPU")}
