package ownloss_test

import (
	"fmt"

	"github.com/gomlx/gomlx/core/graph"

	"vaelab/datasets"
	"vaelab/vaelib/model"
	"vaelab/vaelib/ownloss"
	"vaelab/vaelib/run"
)

// A loss that charges half the KL term: what is written is what trains.
func ExampleTrain() {
	half := func(p model.Pass) *graph.Node {
		return graph.Add(model.Reconstruction(p), graph.MulScalar(model.KL(p), 0.5))
	}
	data, err := datasets.Sample()
	if err != nil {
		fmt.Println(err)
		return
	}
	data.Train, data.Test = data.Train.First(200), data.Test.First(50)
	config := run.Default()
	config.Hidden, config.Batch, config.Epochs = 8, 20, 2
	m, err := ownloss.Train(config, data, half)
	if err != nil {
		fmt.Println(err)
		return
	}
	t := m.Last().Test
	fmt.Printf("%s: the loss is the reconstruction term and half the KL term, to %.0e nats\n", m.Name(), max(1e-3, t.Loss-t.Reconstruction-t.KL/2))
}
