package onnx_test

import (
	"math/rand/v2"
	"testing"

	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"

	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
)

// ours is what package model computes with the run's weights on the pure Go backend: outputs by model and name.
func ours(t *testing.T, r run.Run, in map[string]numbers) map[string]numbers {
	t.Helper()
	list := run.Weights(r.Config, r.Width*r.Height)
	args := []any{tensorOf(in["images"]), tensorOf(in["codes"])}
	for i := range list {
		args = append(args, tensors.FromFlatDataAndDimensions(r.State.Arrays[i].Data, list[i].Dims...))
	}
	var names []string
	exec, err := NewExec(testbackend.Go(t).Compute, func(in []*Node) (out []*Node) {
		names = nil
		give := func(name string, node *Node) {
			if node != nil {
				names, out = append(names, name), append(out, node)
			}
		}
		n := model.New(r.Config, r.Width*r.Height, in[2:])
		mean, logVar := n.Encode(in[0])
		give("encoder mean", mean)
		give("encoder log_variance", logVar)
		given, _ := n.Split(in[0])
		pixels := model.Means(r.Config, n.Decode(in[1], given))
		if given != nil {
			pixels = Concatenate([]*Node{given, pixels}, -1)
		}
		give("decoder pixels", pixels)
		mean, logVar = n.Prior(given)
		give("prior mean", mean)
		give("prior log_variance", logVar)
		return out
	})
	if err != nil {
		t.Fatal(err)
	}
	defer exec.Finalize()
	answers, err := exec.Call(args...)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]numbers{}
	for i, answer := range answers {
		flat, err := tensors.CopyFlatData[float32](answer)
		if err != nil {
			t.Fatal(err)
		}
		x := numbers{dims: answer.Shape().Dimensions}
		for _, v := range flat {
			x.data = append(x.data, float64(v))
		}
		out[names[i]] = x
	}
	return out
}

func tensorOf(x numbers) *tensors.Tensor {
	data := make([]float32, len(x.data))
	for i, v := range x.data {
		data[i] = float32(v)
	}
	return tensors.FromFlatDataAndDimensions(data, x.dims...)
}

// asked are images, what is given of them, and codes: numbers that float32 holds.
func asked(r run.Run, rows int) map[string]numbers {
	rng := rand.New(rand.NewPCG(7, 7))
	some := func(columns int, draw func() float64) numbers {
		x := numbers{dims: []int{rows, columns}}
		for range rows * columns {
			x.data = append(x.data, float64(float32(draw())))
		}
		return x
	}
	in := map[string]numbers{"images": some(r.Width*r.Height, rng.Float64), "codes": some(r.Latent, rng.NormFloat64)}
	given := numbers{dims: []int{rows, r.Given}}
	for i := range rows {
		given.data = append(given.data, in["images"].row(i)[:r.Given]...)
	}
	in["given"] = given
	return in
}
