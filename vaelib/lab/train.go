package lab

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"sync"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/evaluate"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
	"vaelab/vaelib/training"
)

// Model is a trained model with the data that it was trained on.
type Model struct {
	run.Run
	Data datasets.Dataset

	backend *backend.Backend
	loaded  bool // not trained just now
	open    func() (*evaluate.Model, error)
}

// open is the process's one backend: opening XLA takes a moment, and one is enough.
var open = sync.OnceValues(func() (*backend.Backend, error) { return backend.Open("") })

// Train gives the model that the settings and the data make: at once if they have been trained before, else it
// trains, showing how far it is. A loss of your own may take the place of the ELBO's:
//
//	lab.Train(config, data, func(p model.Pass) *Node { return … })
//
// Interrupting the cell keeps the finished epochs; running it again goes on from there.
func Train(config run.Config, data datasets.Dataset, loss ...model.Loss) (*Model, error) {
	if len(loss) > 1 {
		return nil, fmt.Errorf("lab.Train takes one loss at most, but %d were given", len(loss))
	}
	b, err := open()
	if err != nil {
		return nil, err
	}
	job := training.Job{Config: config, Data: data}
	if len(loss) == 1 {
		job.Loss = loss[0]
	}
	ready, found, err := training.Find(b, job)
	if err != nil {
		return nil, err
	}
	if !found {
		ctx, stop := interruptible()
		defer stop()
		job.Observe = show.Training()
		if ready, err = training.Train(ctx, b, job); err != nil {
			return nil, err
		}
	}
	for _, note := range ready.Notes {
		show.Note("%s", strings.ToUpper(note[:1])+note[1:]+".")
	}
	m := Of(ready, data, b)
	m.loaded = found
	return m, nil
}

// interruptible ends with the kernel's interrupt.
func interruptible() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt)
}

// Of gives the model of a run that is already at hand.
func Of(r run.Run, data datasets.Dataset, b *backend.Backend) *Model {
	m := &Model{Run: r, Data: data, backend: b}
	m.open = sync.OnceValues(func() (*evaluate.Model, error) { return evaluate.Open(b.Compute, r) })
	return m
}
