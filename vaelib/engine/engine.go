package engine

import (
	"context"

	"vaelab/datasets"
	"vaelab/vaelib/run"
	"vaelab/vaelib/trained"
)

// Engine trains models and computes with them.
//
// Package lab asks it from the goroutine that calls lab, and worker.Serve one question after the other, so an implementation
// need not bear several goroutines at once. The two here do: inprocess.Engine and worker.Worker. The nil Engine is none:
// lab.TrainOn refuses it.
type Engine interface {
	// Backend says what computes.
	Backend() run.Backend
	// Find gives, for each of the settings, the run that has been trained already, or nil where there is none.
	Find(data datasets.Dataset, configs ...run.Config) ([]*run.Run, error)
	// Train gives the run of each of the settings: loaded, gone on with, or trained now, and kept. The observer, which
	// may be nil, is told several times an epoch where the i-th is; several goroutines may call it at once. The first
	// run that fails ends the others too; finished runs and finished epochs are kept, also where ctx ends the training.
	Train(ctx context.Context, data datasets.Dataset, observe func(i int, p run.Progress), configs ...run.Config) ([]run.Run, error)
	// Open makes the network ready whose weights the run holds.
	Open(ctx context.Context, r run.Run) (trained.Coder, error)
}
