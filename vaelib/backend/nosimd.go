//go:build !goexperiment.simd

package backend

const simdName, simdWords = "", ""
