package training

import (
	"math"
	"testing"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
)

// Algorithm 1 of Kingma & Ba 2015 in float64, on Σ a·(w−b)⁴ whose gradient is 4a·(w−b)³: large, small and tiny
// gradients, the last about as small as ε.
func TestAdamStep(t *testing.T) {
	a := []float64{1, 100, 1e-6, 1e-9}
	b := []float64{1, -1, 0.5, 0.25}
	start := []float64{0, 0.5, -1, 1}
	c := run.Default()
	c.Model, c.LearningRate = run.AE, 0.01

	const steps = 60
	want := make([][]float64, steps)
	w, m, v := append([]float64{}, start...), make([]float64, 4), make([]float64, 4)
	for s := range steps {
		at := float64(s + 1)
		for i := range w {
			g := 4 * a[i] * math.Pow(w[i]-b[i], 3)
			m[i] = 0.9*m[i] + 0.1*g
			v[i] = 0.999*v[i] + 0.001*g*g
			mHat, vHat := m[i]/(1-math.Pow(0.9, at)), v[i]/(1-math.Pow(0.999, at))
			w[i] -= 0.01 * mHat / (math.Sqrt(vHat) + 1e-8)
		}
		want[s] = append(want[s], w...)
	}

	loss := func(p model.Pass) *Node {
		g := p.Mean.Graph()
		factor, target := Const(g, [][]float32{f32(a)}), Const(g, [][]float32{f32(b)})
		return ReduceSum(Mul(factor, Square(Square(Sub(p.Mean, target)))), -1)
	}
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		exec, err := NewExec(b.Compute, func(state []*Node) []*Node {
			next, _ := adamStep(Const(state[0].Graph(), float32(c.LearningRate)), state, 1, loss, func(w []*Node) model.Pass {
				nothing := Zeros(w[0].Graph(), shapes.Make(dtypes.Float32, 1, 4))
				return model.Pass{Config: c, Images: nothing, Logits: nothing, Mean: InsertAxes(w[0], 0)}
			})
			return next
		})
		if err != nil {
			t.Fatal(err)
		}
		defer exec.Finalize()
		state := []any{f32(start), make([]float32, 4), make([]float32, 4), []float32{0}[0]}
		for s := range steps {
			out, err := exec.Call(state...)
			if err != nil {
				t.Fatal(err)
			}
			got, err := tensors.CopyFlatData[float32](out[0])
			if err != nil {
				t.Fatal(err)
			}
			for i := range got {
				if d := float64(got[i]) - want[s][i]; math.Abs(d) > 1e-4*0.01*float64(s+1)+1e-6 {
					t.Errorf("after step %d weight %d is %v, want %v", s+1, i, got[i], want[s][i])
				}
			}
			for i, o := range out {
				state[i] = o
			}
		}
	})
}

func f32(x []float64) []float32 {
	y := make([]float32, len(x))
	for i := range x {
		y[i] = float32(x[i])
	}
	return y
}
