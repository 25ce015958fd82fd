package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime/pprof"
	"strconv"
	"strings"

	"vaelab/cmd/internal/bench"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/run"
	"vaelab/vaelib/training"
)

// timeTraining trains a model for each KL weight, in a folder that is deleted, and tells each finished epoch.
func timeTraining(ctx context.Context, args []string) error {
	f := flag.NewFlagSet("bench train", flag.ContinueOnError)
	c := run.Default()
	from := f.String("from", "", "`folder` with the images, as bench data writes them")
	weights := f.String("weights", "1", "KL weights, with commas")
	images := f.Int("images", 0, "as many training images; 0: all")
	f.IntVar(&c.Hidden, "hidden", c.Hidden, "")
	f.IntVar(&c.Latent, "latent", 20, "")
	f.IntVar(&c.Batch, "batch", c.Batch, "")
	f.IntVar(&c.Epochs, "epochs", 3, "")
	f.Uint64Var(&c.Seed, "seed", c.Seed, "")
	wish := f.String("backend", "", "")
	profile := f.String("cpuprofile", "", "`file` for a profile of the processor's time, for go tool pprof")
	if err := readFlags(f, args); err != nil {
		return err
	}
	data, err := readImages(*from, *images)
	if err != nil {
		return err
	}
	b, err := backend.Open(*wish)
	if err != nil {
		return err
	}
	root, err := os.MkdirTemp("", "vaelab-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(root)
	var jobs []training.Job
	for word := range strings.SplitSeq(*weights, ",") {
		if c.KLWeight, err = strconv.ParseFloat(word, 64); err != nil {
			return fmt.Errorf("-weights: %q is no number", word)
		}
		jobs = append(jobs, training.Job{Config: c, Data: data, Root: root, Observe: tellEpochs()})
	}
	return profiled(*profile, func() error {
		_, err := training.All(ctx, b, jobs...)
		return err
	})
}

// profiled does work, and writes to a file what the processor's time went to; "" is no file. XLA's threads are in it too,
// without the names of functions: its library as one line, and the code that it has compiled as <unknown>.
func profiled(path string, work func() error) error {
	if path == "" {
		return work()
	}
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("the profile can't be written: %w", err)
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return errors.Join(err, file.Close())
	}
	err = work()
	pprof.StopCPUProfile()
	return errors.Join(err, file.Close())
}

// tellEpochs tells each epoch once.
func tellEpochs() func(run.Progress) {
	told := 0
	return func(p run.Progress) {
		for ; told < len(p.History); told++ {
			e := p.History[told]
			_ = tell(bench.Epoch{Number: e.Epoch, Seconds: e.Seconds, TestLoss: e.Test.Loss})
		}
	}
}
