package model_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/run"
)

// on runs a test on each backend with a function that computes a graph there.
func on(t *testing.T, test func(t *testing.T, compute computer)) {
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		test(t, func(f func(in []*Node) []*Node, in ...any) [][]float64 {
			t.Helper()
			exec, err := NewExec(b.Compute, f)
			if err != nil {
				t.Fatal(err)
			}
			defer exec.Finalize()
			out, err := exec.Call(in...)
			if err != nil {
				t.Fatal(err)
			}
			values := make([][]float64, len(out))
			for i, o := range out {
				flat, err := tensors.CopyFlatData[float32](o)
				if err != nil {
					t.Fatal(err)
				}
				for _, x := range flat {
					values[i] = append(values[i], float64(x))
				}
			}
			return values
		})
	})
}

// computer gives the flat values of each of the graph's outputs.
type computer func(f func(in []*Node) []*Node, in ...any) [][]float64

// close32 compares with a float64 result as closely as sums in float32 allow.
func close32(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s has %d values, want %d", what, len(got), len(want))
	}
	for i := range want {
		if !(math.Abs(got[i]-want[i]) <= 2e-5*(1+math.Abs(want[i]))) {
			t.Errorf("%s %d is %.9g, want %.9g", what, i, got[i], want[i])
		}
	}
}

// grid is a batch whose numbers come from next.
func grid(rows, columns int, next func() float64) [][]float32 {
	x := make([][]float32, rows)
	for i := range x {
		x[i] = make([]float32, columns)
		for j := range x[i] {
			x[i][j] = float32(next())
		}
	}
	return x
}

func seeded(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 99)) }

func wide(x []float32) []float64 {
	y := make([]float64, len(x))
	for i := range x {
		y[i] = float64(x[i])
	}
	return y
}

func tensorOf(a run.Array) *tensors.Tensor {
	return tensors.FromFlatDataAndDimensions(slices.Clone(a.Data), a.Dims...)
}
