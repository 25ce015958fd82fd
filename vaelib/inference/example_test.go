package inference_test

import (
	"context"
	"fmt"
	"os"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/inference"
	"vaelab/vaelib/run"
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
	data, err := datasets.Sample()
	if err != nil {
		fmt.Println(err)
		return
	}
	data.Train, data.Test = data.Train.First(200), data.Test.First(50)
	config := run.Default()
	config.Hidden, config.Batch, config.Epochs = 8, 20, 3
	done, err := training.Train(context.Background(), b, training.Job{Config: config, Data: data, Root: folder})
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := inference.Open(b.Compute, done)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer m.Close()
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
	// 50 codes of 2 dimensions; 3 pictures of (28,28)
}
