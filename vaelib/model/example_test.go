package model_test

import (
	"fmt"

	"github.com/gomlx/compute/gobackend"
	. "github.com/gomlx/gomlx/core/graph"

	"vaelab/vaelib/model"
)

// Three posteriors in one dimension: the prior itself, one two units off, and one that is e times as wide.
func ExampleKLToStandardNormal() {
	backend, err := gobackend.New("")
	if err != nil {
		fmt.Println(err)
		return
	}
	mean := [][]float32{{0}, {2}, {0}}
	logVar := [][]float32{{0}, {0}, {2}}
	nats, err := ExecOnce(backend, model.KLToStandardNormal, mean, logVar)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, kl := range nats.Value().([]float32) {
		fmt.Printf("%.4f\n", kl)
	}
	// Output:
	// 0.0000
	// 2.0000
	// 2.1945
}
