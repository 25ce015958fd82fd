package study_test

import (
	"context"
	"fmt"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/inference"
	"vaelab/vaelib/run"
	"vaelab/vaelib/study"
	"vaelab/vaelib/training"
)

// Two weights, one seed each: what does the heavier one cost, and what does it bring?
func ExampleTradeoffs() {
	ctx := context.Background()
	b, err := backend.Open("go")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer b.Close()
	data, err := datasets.Sample()
	if err != nil {
		fmt.Println(err)
		return
	}
	data.Train, data.Test = data.Train.First(400), data.Test.First(100)
	var groups [][]study.Subject
	for _, weight := range []float64{0.01, 100} {
		config := run.Default()
		config.Hidden, config.Batch, config.Epochs, config.KLWeight = 16, 20, 10, weight
		done, err := training.Train(ctx, b, training.Job{Config: config, Data: data})
		if err != nil {
			fmt.Println(err)
			return
		}
		network, err := inference.Open(b.Compute, done)
		if err != nil {
			fmt.Println(err)
			return
		}
		defer network.Close()
		groups = append(groups, []study.Subject{{Run: done, Data: data, Network: network}})
	}
	list, err := study.Tradeoffs(ctx, groups...)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("a heavier weight restores worse:", list[1].Reconstruction[0] > list[0].Reconstruction[0])
	fmt.Println("and pays less:", list[1].KL[0] < list[0].KL[0])
	// Output:
	// a heavier weight restores worse: true
	// and pays less: true
}
