//go:build simd128

package run

import "vaelab/vaelib/words"

// For a browser's tab, the Go backend is built with functions in WebAssembly's vector instructions, which round in an order of their
// own (see cmd/internal/site/simd).
var PureGo = Backend{"go-simd128", words.Mark("pure Go with SIMD in the browser")}
