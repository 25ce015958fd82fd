//go:build !goexperiment.simd && !simd128

package run

import "vaelab/vaelib/words"

// PureGo is GoMLX's Go backend, as this program is built.
var PureGo = Backend{"go", words.Mark("pure Go on the CPU")}
