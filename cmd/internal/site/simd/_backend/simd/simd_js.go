// Package simd names the functions of a second WebAssembly module, which the page gives this program's memory. See the vaelab project,
// cmd/internal/site/simd, for what they do.
package simd

import "unsafe"

// How many numbers a function must be given at once: those that give what Go gives, to the last bit; and those that round in their own
// way. These leave short arrays to Go, which gains little there, so that what is computed to be recognised, such as the values by
// which a loss is known, is the same on all machines.
const (
	Least         = 4
	LeastRounding = 4096
)

type p = unsafe.Pointer

//go:wasmimport vaelab_simd matmul
func Matmul(a, b, c p, m, n, k, transposed int32, scratch p)

//go:wasmimport vaelab_simd transpose
func Transpose(x, out p, rows, columns int32)

//go:wasmimport vaelab_simd sumRows
func SumRows(x, out p, rows, columns int32)

//go:wasmimport vaelab_simd bytes
func Bytes(x, out p, n int32)

//go:wasmimport vaelab_simd add
func Add(x, y, out p, n int32)

//go:wasmimport vaelab_simd sub
func Sub(x, y, out p, n int32)

//go:wasmimport vaelab_simd mul
func Mul(x, y, out p, n int32)

//go:wasmimport vaelab_simd div
func Div(x, y, out p, n int32)

//go:wasmimport vaelab_simd min
func Min(x, y, out p, n int32)

//go:wasmimport vaelab_simd max
func Max(x, y, out p, n int32)

//go:wasmimport vaelab_simd addOne
func AddOne(x p, y float32, out p, n int32)

//go:wasmimport vaelab_simd subOne
func SubOne(x p, y float32, out p, n int32)

//go:wasmimport vaelab_simd oneSub
func OneSub(x p, y float32, out p, n int32)

//go:wasmimport vaelab_simd mulOne
func MulOne(x p, y float32, out p, n int32)

//go:wasmimport vaelab_simd divOne
func DivOne(x p, y float32, out p, n int32)

//go:wasmimport vaelab_simd oneDiv
func OneDiv(x p, y float32, out p, n int32)

//go:wasmimport vaelab_simd minOne
func MinOne(x p, y float32, out p, n int32)

//go:wasmimport vaelab_simd maxOne
func MaxOne(x p, y float32, out p, n int32)

//go:wasmimport vaelab_simd neg
func Neg(x, out p, n int32)

//go:wasmimport vaelab_simd abs
func Abs(x, out p, n int32)

//go:wasmimport vaelab_simd sqrt
func Sqrt(x, out p, n int32)

//go:wasmimport vaelab_simd sign
func Sign(x, out p, n int32)

//go:wasmimport vaelab_simd exp
func Exp(x, out p, n int32)

//go:wasmimport vaelab_simd log1p
func Log1p(x, out p, n int32)

//go:wasmimport vaelab_simd logistic
func Logistic(x, out p, n int32)
