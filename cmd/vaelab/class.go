package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/engine/program"
	"vaelab/vaelib/places"
)

// forClass makes what learners can't make in a clone that they can't write: all of the lab, the programs that train, nbgrader, and the
// runs of the course's own notebooks.
func forClass(made *setup.Lab, ctx context.Context, tell *console) error {
	if err := made.Finish(ctx, tell, func(setup.Stage, error) {}); err != nil {
		return err
	}
	if _, err := made.Build(ctx, program.Train, tell); err != nil {
		return err
	}
	if _, err := made.BuildGrader(ctx, tell); err != nil {
		return err
	}
	return trainForClass(ctx, made, tell)
}

// trainForClass executes the notebooks with solutions, so that learners find the models trained. What they find right in it is no
// progress of anybody's.
func trainForClass(ctx context.Context, made *setup.Lab, tell *console) (err error) {
	env, err := made.Unattended(made.JupyterEnv())
	if err != nil {
		return err
	}
	runs := made.Under("runs")
	progress := filepath.Join(runs, "progress.json")
	before, there := os.ReadFile(progress)
	defer func() {
		if there == nil {
			err = errors.Join(err, setup.WriteFile(progress, before))
		} else if gone := os.Remove(progress); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}()
	opt := notebook.Options{Python: made.Python(), Env: append(env, "VAELAB_RUNS="+runs), Out: filepath.Join(places.Class(made.Root), "executed")}
	return trainModels(ctx, made.Layout, "", opt, tell)
}
