package training

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
)

// sweep are jobs that share a compilation: weights, a schedule, a seed and a learning rate; and two that don't.
func sweep(t *testing.T) []Job {
	t.Helper()
	base := job(t)
	var jobs []Job
	for _, change := range []func(j *Job){
		func(j *Job) {},
		func(j *Job) { j.Config.KLWeight = 4 },
		func(j *Job) { j.Config.Seed = 9 },
		func(j *Job) { j.Config.Schedule = run.Linear(2) },
		func(j *Job) { j.Config.LearningRate, j.Config.Decay, j.Config.Epochs = 0.01, run.LinearDecay, 2 },
		func(j *Job) { j.Config.Latent = 3 },
		func(j *Job) { j.Loss = byHand(2) },
	} {
		j := base
		change(&j)
		jobs = append(jobs, j)
	}
	return jobs
}

// Each run of a sweep is to the last bit the run that Train gives, whatever was trained beside it.
func TestAllIsTrainOneByOne(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		jobs := sweep(t)
		runs, err := All(t.Context(), b, jobs...)
		if err != nil {
			t.Fatal(err)
		}
		for i, j := range jobs {
			if i != 1 && i != 3 && b.Name == "xla" {
				continue // each compilation takes a while
			}
			j.Root = t.TempDir()
			alone, err := newExecutors(b.Compute).train(t.Context(), b, j) // compiled for it alone
			if err != nil {
				t.Fatal(err)
			}
			identical(t, runs[i].State, alone.State)
			if runs[i].Identity != alone.Identity {
				t.Errorf("run %d is %+v, alone %+v", i, runs[i].Identity, alone.Identity)
			}
		}
	})
}

// A second call loads what the first has trained, and trains only what is new.
func TestAllIsAddedTo(t *testing.T) {
	b := testbackend.Go(t)
	jobs := sweep(t)
	first, err := All(t.Context(), b, jobs[:2]...)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	trained := map[float64]bool{}
	for i := range jobs[:3] {
		jobs[i].Observe = func(p run.Progress) {
			mu.Lock()
			defer mu.Unlock()
			trained[float64(p.Config.Seed)+p.Config.KLWeight] = true
		}
	}
	second, err := All(t.Context(), b, jobs[:3]...)
	if err != nil {
		t.Fatal(err)
	}
	identical(t, second[1].State, first[1].State)
	if len(trained) != 1 || !trained[10] {
		t.Errorf("the second call trains %v", trained)
	}
}

// Networks of one shape are compiled once.
func TestAllSharesCompilations(t *testing.T) {
	b := testbackend.Go(t)
	x := newExecutors(b.Compute)
	for _, j := range sweep(t) {
		if _, err := x.train(t.Context(), b, j); err != nil {
			t.Fatal(err)
		}
	}
	if len(x.shared) != 2 {
		t.Errorf("%d compiled networks, want 2", len(x.shared))
	}
}

// A wrong number in the last job is told before the first is trained; a run that fails says which it was, and those
// that were finished stay.
func TestAllFails(t *testing.T) {
	b := testbackend.Go(t)
	jobs := sweep(t)[:3]
	jobs[2].Config.KLWeight = -1
	jobs[0].Observe = func(run.Progress) { t.Error("it trains") }
	if _, err := All(t.Context(), b, jobs...); err == nil || !strings.Contains(err.Error(), "model 3 of 3 (KL weight -1, seed 9): KLWeight is -1") {
		t.Errorf("the error is %v", err)
	}
	ready := make(chan bool)
	jobs[0].Observe = func(p run.Progress) {
		if p.Done() {
			close(ready)
		}
	}
	jobs[1].Observe = func(run.Progress) { <-ready } // it fails after the first has finished
	jobs[2].Config.KLWeight, jobs[1].Loss = 1, model.Loss(overTheEdge)
	jobs[1].Config.Epochs, jobs[1].Config.LearningRate = 300, 0.05
	_, err := All(t.Context(), b, jobs...)
	if err == nil || !strings.Contains(err.Error(), "model 2 of 3") || !strings.Contains(err.Error(), "became NaN") {
		t.Errorf("the error is %v", err)
	}
	if _, found, err := Find(b, jobs[0]); !found || err != nil {
		t.Errorf("the run that was finished before isn't found: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := All(ctx, b, jobs[2]); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	if none, err := All(t.Context(), b); len(none) != 0 || err != nil {
		t.Errorf("no jobs give %v, %v", none, err)
	}
}
