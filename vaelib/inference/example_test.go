package inference_test

import (
	"context"
	"fmt"
	"os"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/inference"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/training"
)

// Train a model, then ask it where it puts the test images and what it paints between two of them.
func Example() {
	folder, err := os.MkdirTemp("", "runs")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	b, err := backend.Open("go")
	if err != nil {
		fmt.Println(err)
		return
	}
	data := tiny.Data(40, 10)
	trained, err := training.Train(context.Background(), b, training.Job{Config: tiny.Config(), Data: data, Root: folder})
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := inference.Open(b.Compute, trained)
	if err != nil {
		fmt.Println(err)
		return
	}
	codes, err := m.Encode(context.Background(), data.Test)
	if err != nil {
		fmt.Println(err)
		return
	}
	first, second := codes.Mean[0], codes.Mean[1]
	between := []float64{(first[0] + second[0]) / 2, (first[1] + second[1]) / 2}
	pictures, err := m.Decode(context.Background(), [][]float64{first, between, second})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(codes.Mean), "codes of", len(first), "dimensions;", len(pictures), "pictures of", pictures[0].Bounds().Size())
	// Output:
	// 10 codes of 2 dimensions; 3 pictures of (8,8)
}
