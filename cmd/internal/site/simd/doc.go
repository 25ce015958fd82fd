// Package simd makes the WebAssembly module that does arithmetic for GoMLX's Go backend in a browser's tab: Go's own compiler knows
// no vector instructions there, and a loop that it compiles takes some ten times as long.
//
// The module has no memory of its own: it works on that of the Go program which calls it, by addresses. All numbers are float32,
// all matrices lie row by row. [Module] gives its bytes; asm.go is the assembler, the other files are the functions. _backend holds
// what has GoMLX call them: files that the site's build adds to a copy of its module (see [Backend]).
//
// Each function gives what the Go backend gives, but for rounding: sums are taken in another order, and exp, log1p and logistic err
// by 2 units in the last place at most. No multiplication is fused with an addition, since only some processors have that: the same
// numbers come out everywhere.
package simd
