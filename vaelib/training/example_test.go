package training_test

import (
	"context"
	"fmt"
	"os"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/tiny"
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
	job := training.Job{Config: tiny.Config(), Data: tiny.Data(40, 10), Root: folder}
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
	// trained 15 steps
	// 3 epochs, the loss falls: true
	// 3 epochs, the loss falls: true
}
