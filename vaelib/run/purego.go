//go:build !goexperiment.simd && !simd128

package run

// PureGo is GoMLX's Go backend, as this program is built.
var PureGo = Backend{"go", "pure Go on the CPU"}
