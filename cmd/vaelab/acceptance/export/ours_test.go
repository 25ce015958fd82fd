package export

import (
	"math"
	"slices"
	"testing"

	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
)

// named are arrays by their names.
type named map[string]run.Array

func readArrays(t *testing.T, path string) named {
	t.Helper()
	list, err := store.ReadArrays(path)
	if err != nil {
		t.Fatal(err)
	}
	arrays := named{}
	for _, a := range list {
		arrays[a.Name] = a
	}
	return arrays
}

// ours is what package model computes on the pure Go backend from images and codes, each with as many rows.
func ours(t *testing.T, r run.Run, images, codes run.Array) named {
	t.Helper()
	b, err := backend.Open("go")
	if err != nil {
		t.Fatal(err)
	}
	args := []any{tensors.FromFlatDataAndDimensions(images.Data, images.Dims...), tensors.FromFlatDataAndDimensions(codes.Data, codes.Dims...)}
	for i, w := range run.Weights(r.Config, side*side) {
		args = append(args, tensors.FromFlatDataAndDimensions(r.State.Arrays[i].Data, w.Dims...))
	}
	var names []string
	exec, err := NewExec(b.Compute, func(in []*Node) (out []*Node) {
		names = nil
		give := func(name string, node *Node) {
			if node != nil {
				names, out = append(names, name), append(out, node)
			}
		}
		n := model.New(r.Config, side*side, in[2:])
		given, _ := n.Split(in[0])
		mean, logVar := n.Encode(in[0])
		give("encoder/mean", mean)
		give("encoder/log_variance", logVar)
		pixels := model.Means(r.Config, n.Decode(in[1], given))
		if given != nil {
			pixels = Concatenate([]*Node{given, pixels}, -1)
		}
		give("decoder/pixels", pixels)
		mean, logVar = n.Prior(given)
		give("prior/mean", mean)
		give("prior/log_variance", logVar)
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
	arrays := named{}
	for i, answer := range answers {
		flat, err := tensors.CopyFlatData[float32](answer)
		if err != nil {
			t.Fatal(err)
		}
		arrays[names[i]] = run.Array{Name: names[i], Dims: answer.Shape().Dimensions, Data: flat}
	}
	return arrays
}

// agree holds theirs against ours, and gives the largest difference: of numbers above 1 their share.
func agree(t *testing.T, what string, theirs, ours run.Array) (largest float64) {
	t.Helper()
	if !slices.Equal(theirs.Dims, ours.Dims) {
		t.Errorf("%s: %v has the shape %v, and ours %v", what, theirs.Name, theirs.Dims, ours.Dims)
		return math.Inf(1)
	}
	for i := range ours.Data {
		want := float64(ours.Data[i])
		off := math.Abs(float64(theirs.Data[i])-want) / max(1, math.Abs(want))
		if !(off <= 1e-5) {
			t.Errorf("%s: %s %d is %v, and ours %v", what, theirs.Name, i, theirs.Data[i], want)
			return off
		}
		largest = max(largest, off)
	}
	return largest
}
