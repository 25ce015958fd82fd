package training

import (
	"context"
	"sync"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
	"vaelab/vaelib/words"
)

// runsAtOnce is how many runs are trained side by side; else one. On two cores a step of the course's network keeps both
// busy in XLA, so the second run gains nothing and costs nothing; small networks gain up to a half. Pure Go leaves a
// quarter of them idle, and two runs take 0.7 to 0.9 of the time.
var runsAtOnce = map[string]int{"xla": 2, "go": 2, "go-simd": 2}

// AtOnce is how many runs are worth training side by side on a backend.
func AtOnce(b *backend.Backend) int { return max(1, runsAtOnce[b.Name]) }

// All gives the runs of several jobs in their order, each the very run that Train would give. On a CPU two runs go on
// side by side, so observers may be called from several goroutines at once.
//
// Jobs share one compilation, as they do with Train within one process, if their images are of the same size and number,
// they have the same number of Devices, and their settings differ only in KLWeight, Schedule, LearningRate, Decay,
// Epochs, Seed, or the Nats and Epochs of a target rate. A job with a Loss of its own shares none.
//
// All jobs are looked at before the first is trained, so a wrong number in the last one is told at once. The first run
// that fails ends the others too; finished runs and finished epochs are kept in their folders.
func All(ctx context.Context, b *backend.Backend, jobs ...Job) ([]run.Run, error) {
	if err := opened(b); err != nil {
		return nil, err
	}
	describe := describeOnce()
	ready, ids := make([]Job, len(jobs)), make([]run.Identity, len(jobs))
	for i, job := range jobs {
		var err error
		if ready[i], ids[i], err = prepare(b, job, describe); err != nil {
			return nil, inJob(i, jobs, err)
		}
	}
	x := executorsOf(b.Compute)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	runs := make([]run.Run, len(jobs))
	var failed error // of the first that did
	var once sync.Once
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(len(jobs), AtOnce(b)) {
		workers.Go(func() {
			for i := range next {
				var err error
				if runs[i], err = x.trainAs(ctx, b, ready[i], ids[i]); err != nil {
					once.Do(func() { failed = inJob(i, jobs, err) })
					stop()
				}
			}
		})
	}
	for i := range jobs {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	workers.Wait()
	if failed == nil {
		failed = ctx.Err() // before the first began
	}
	if failed != nil {
		return nil, failed
	}
	return runs, nil
}

// describeOnce describes each data set once: it looks at all images, which takes milliseconds. Nobody changes them
// meanwhile.
func describeOnce() func(datasets.Dataset) (store.Data, error) {
	type part struct {
		pixels, labels      *uint8
		n, m, width, height int
	}
	of := func(s datasets.Images) part {
		return part{first(s.Pixels), first(s.Labels), len(s.Pixels), len(s.Labels), s.Width, s.Height}
	}
	type set struct {
		name        string
		train, test part
	}
	known := map[set]store.Data{}
	return func(d datasets.Dataset) (store.Data, error) {
		key := set{d.Name, of(d.Train), of(d.Test)}
		if data, ok := known[key]; ok {
			return data, nil
		}
		data, err := store.Describe(d)
		if err == nil {
			known[key] = data
		}
		return data, err
	}
}

// first is where a list lies.
func first(list []uint8) *uint8 {
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}

// inJob says which of several jobs an error is about.
func inJob(i int, jobs []Job, err error) error {
	if len(jobs) == 1 {
		return err
	}
	c := jobs[i].Config
	return words.Errorf("model %d of %d (KL weight %v, seed %d): %w", i+1, len(jobs), c.KLWeight, c.Seed, err)
}
