package inference_test

import (
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/inference"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
)

// 784-400-20 with weights of 0.01: what the numbers are does not change how long they take.
func large(b *testing.B, on *backend.Backend) (*inference.Coder, datasets.Images) {
	b.Helper()
	data, err := datasets.Sample()
	if err != nil {
		b.Fatal(err)
	}
	r := run.Run{Identity: run.Identity{Config: run.Default(), Width: 28, Height: 28}}
	r.Latent = 20
	for _, w := range run.Weights(r.Config, 784) {
		a := run.Array{Name: w.Name, Dims: w.Dims, Data: make([]float32, w.Size())}
		for i := range a.Data {
			a.Data[i] = float32(i%3-1) / 100
		}
		r.State.Arrays = append(r.State.Arrays, a)
	}
	m, err := inference.Open(on.Compute, r)
	if err != nil {
		b.Fatal(err)
	}
	return m, data.Binarised(datasets.Threshold()).Test
}

// BenchmarkBounds: k = 1 … 5,000 for 100 images.
func BenchmarkBounds(b *testing.B) {
	m, set := large(b, testbackend.XLA(b))
	for b.Loop() {
		if _, err := m.Bounds(b.Context(), set.First(100), measure.BoundOptions{Seed: 1}); err != nil {
			b.Fatal(err)
		}
	}
}
