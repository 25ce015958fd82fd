package matmul

import (
	"unsafe"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/internal/gobackend"
	"github.com/gomlx/compute/internal/gobackend/dot"
	"github.com/gomlx/compute/internal/gobackend/simd"
)

func init() {
	for _, layout := range []dot.Layout{dot.LayoutNonTransposed, dot.LayoutTransposed} {
		dot.RegisterImplementation("simd:wasm", layout, dtypes.Float32, dtypes.Float32, wasmProduct, gobackend.PriorityArch, false)
	}
}

var wasmScratch []float32 // a program here has one thread, and nothing comes between while a function of the module runs

func wasmProduct(backend *gobackend.Backend, layout dot.Layout, lhs, rhs []float32, batchSize, m, n, k int, output []float32) {
	if m*n*k < 8*simd.LeastRounding {
		noSIMDRouter(backend, layout, lhs, rhs, batchSize, m, n, k, output)
		return
	}
	if need := 8*k + 8; len(wasmScratch) < need {
		wasmScratch = make([]float32, need)
	}
	transposed := int32(0)
	if layout == dot.LayoutTransposed {
		transposed = 1
	}
	for i := range batchSize {
		a, b, c := lhs[i*m*k:(i+1)*m*k], rhs[i*n*k:(i+1)*n*k], output[i*m*n:(i+1)*m*n]
		simd.Matmul(unsafe.Pointer(&a[0]), unsafe.Pointer(&b[0]), unsafe.Pointer(&c[0]), int32(m), int32(n), int32(k), transposed, unsafe.Pointer(&wasmScratch[0]))
	}
}
