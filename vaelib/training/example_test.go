package training_test

import (
	"context"
	"fmt"
	"os"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/run"
	"vaelab/vaelib/training"
)

// Train once, and the same job loads at once.
func ExampleTrain() {
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
	job := training.Job{Config: config, Data: data, Root: folder}
	job.Observe = func(p run.Progress) {
		if p.Done() {
			fmt.Println("trained", p.Step, "steps")
		}
	}
	for range 2 {
		trained, err := training.Train(context.Background(), b, job)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(len(trained.State.History), "epochs, the loss falls:",
			trained.Last().Test.Loss < trained.State.History[0].Test.Loss)
	}
	// Output:
	// trained 30 steps
	// 3 epochs, the loss falls: true
	// 3 epochs, the loss falls: true
}
