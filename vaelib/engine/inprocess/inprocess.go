// Package inprocess is the engine that computes in this program.
package inprocess

import (
	"context"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/inference"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
	"vaelab/vaelib/trained"
	"vaelab/vaelib/training"
	"vaelab/vaelib/words"
)

// Engine trains and computes on a [backend.Backend]. It is an engine.Engine. The zero Engine has no backend, and can do
// neither: it answers with errors.
//
// Several goroutines may use one at once, as long as nobody sets its fields meanwhile; its Loss may then be built in several
// of them. A network that Open gives is for one goroutine at a time: it is an [inference.Coder].
type Engine struct {
	on   *backend.Backend
	Loss model.Loss // what is trained; nil: the course's own
	Root string     // folder that keeps runs; "": places.Runs
}

// New gives the engine of a backend.
func New(b *backend.Backend) Engine { return Engine{on: b} }

func (e Engine) Backend() run.Backend {
	if e.on == nil {
		return run.Backend{}
	}
	return e.on.Backend
}

func (e Engine) job(data datasets.Dataset, c run.Config) training.Job {
	return training.Job{Config: c, Data: data, Loss: e.Loss, Root: e.Root}
}

func (e Engine) Find(data datasets.Dataset, configs ...run.Config) ([]*run.Run, error) {
	runs := make([]*run.Run, len(configs))
	for i, c := range configs {
		r, found, err := training.Find(e.on, e.job(data, c))
		if err != nil {
			return nil, err
		}
		if found {
			runs[i] = &r
		}
	}
	return runs, nil
}

func (e Engine) Train(ctx context.Context, data datasets.Dataset, observe func(int, run.Progress), configs ...run.Config) ([]run.Run, error) {
	jobs := make([]training.Job, len(configs))
	for i, c := range configs {
		jobs[i] = e.job(data, c)
		if observe != nil {
			jobs[i].Observe = func(p run.Progress) { observe(i, p) }
		}
	}
	return training.All(ctx, e.on, jobs...)
}

func (e Engine) Open(_ context.Context, r run.Run) (trained.Coder, error) {
	if e.on == nil {
		return nil, words.Errorf("the engine has no backend: make it with inprocess.New")
	}
	n, err := inference.Open(e.on.Compute, r)
	if err != nil { // a nil *Coder would be no nil trained.Coder
		return nil, err
	}
	return n, nil
}
