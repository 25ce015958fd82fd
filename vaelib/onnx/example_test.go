package onnx_test

import (
	"fmt"

	"vaelab/vaelib/onnx"
	"vaelab/vaelib/run"
)

// The networks of a run with random weights, in the place of one that was trained.
func Example() {
	config := run.Default()
	config.Epochs, config.Prior = 1, run.LearnedPrior
	models, err := onnx.Models(untrained(config, 28, 28))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range models {
		fmt.Println(m.File())
	}
	// Output:
	// encoder.onnx
	// decoder.onnx
	// prior.onnx
}
