package training

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/gomlx/gomlx/core/graph"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/model"
	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
)

// A finished run is loaded: nobody is told of any training, and the state is the one that was trained.
func TestAFinishedRunIsLoaded(t *testing.T) {
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		j := job(t)
		if _, found, err := Find(b, j); found || err != nil {
			t.Errorf("found before it was trained: %v, %v", found, err)
		}
		trained := train(t, b, j)
		j.Observe = func(run.Progress) { t.Error("it trains again") }
		loaded := train(t, b, j)
		identical(t, loaded.State, trained.State)
		found, ok, err := Find(b, j)
		if !ok || err != nil {
			t.Fatalf("not found: %v", err)
		}
		identical(t, found.State, trained.State)
		if loaded.Dir != trained.Dir || found.Identity != trained.Identity || len(loaded.Notes) > 0 {
			t.Errorf("%+v is loaded as %+v", trained, loaded)
		}
	})
}

// Whatever shapes a run and is changed leads to another one, and changing it back to the first.
func TestChangesTrainAnew(t *testing.T) {
	b := testbackend.Go(t)
	first := job(t)
	train(t, b, first)
	changes := map[string]func(j *Job){
		"KLWeight":     func(j *Job) { j.Config.KLWeight = 4 },
		"Seed":         func(j *Job) { j.Config.Seed = 2 },
		"Batch":        func(j *Job) { j.Config.Batch = 4 },
		"LearningRate": func(j *Job) { j.Config.LearningRate = 0.002 },
		"Loss":         func(j *Job) { j.Loss = func(p model.Pass) *Node { return model.KL(p) } },
		"fewer images": func(j *Job) { j.Data.Train = j.Data.Train.First(40) },
		"fewer tests":  func(j *Job) { j.Data.Test = j.Data.Test.First(12) },
		"a pixel": func(j *Job) {
			j.Data = tiny.Data(44, 13)
			j.Data.Train.Pixels[0] ^= 1
		},
	}
	for name, change := range changes {
		j := first
		change(&j)
		if _, found, err := Find(b, j); found || err != nil {
			t.Errorf("after a change of %s the old run is found: %v, %v", name, found, err)
		}
	}
	if _, found, err := Find(b, first); !found || err != nil {
		t.Errorf("the first run isn't found any more: %v", err)
	}
}

// Steps rise to their end, the history grows by an epoch at a time, and Done comes once, last.
func TestProgress(t *testing.T) {
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		j := job(t)
		var seen []run.Progress
		j.Observe = func(p run.Progress) { seen = append(seen, p) }
		train(t, b, j)
		var before run.Progress
		for i, p := range seen {
			if p.Steps != 3*stepsOfJob || p.Step < before.Step || p.Step > p.Steps ||
				len(p.History) < len(before.History) || len(p.History) > len(before.History)+1 || p.Elapsed < before.Elapsed ||
				p.Left < 0 || p.Config != j.Config || p.Backend != b.Words || p.Data != j.Data.Title || p.Now.Loss <= 0 {
				t.Errorf("observation %d after %+v is %+v", i, before, p)
			}
			if p.Done() != (i == len(seen)-1) {
				t.Errorf("observation %d of %d: done is %v", i+1, len(seen), p.Done())
			}
			before = p
		}
		if before.Step != before.Steps || before.Left != 0 || len(before.History) != 3 {
			t.Errorf("it ends with %+v", before)
		}
		if len(seen) < 6 {
			t.Errorf("only %d observations", len(seen))
		}
	})
}

func TestJobsThatCantTrain(t *testing.T) {
	b := testbackend.Go(t)
	inTheWay := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(inTheWay, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	bad := map[string]func(j *Job){
		"KLWeight is -1":                      func(j *Job) { j.Config.KLWeight = -1 },
		"Batch is 45, but there are only 44":  func(j *Job) { j.Config.Batch = 45 },
		`"bars" has no training images`:       func(j *Job) { j.Data.Train = datasets.Images{Width: 8, Height: 8} },
		`"bars" has no test images`:           func(j *Job) { j.Data.Test = j.Data.Test.First(0) },
		`"" has no training images`:           func(j *Job) { j.Data = datasets.Dataset{} },
		"has 2815 pixels for 44 training":     func(j *Job) { j.Data.Train.Pixels = j.Data.Train.Pixels[1:] },
		"8×8 pixels, but test images of 16×4": func(j *Job) { j.Data.Test.Width, j.Data.Test.Height = 16, 4 },
		"set VAELAB_RUNS to a folder":         func(j *Job) { j.Root = inTheWay },
	}
	for want, spoil := range bad {
		j := job(t)
		spoil(&j)
		if _, err := Train(t.Context(), b, j); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
		if _, _, err := Find(b, j); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Find's error is %v, want one with %q", err, want)
		}
	}
}

// Without a folder of the job's own, runs are kept where VAELAB_RUNS says.
func TestRootOfAJobWithoutOne(t *testing.T) {
	dir := t.TempDir()
	t.Setenv(places.RunsEnv, dir)
	j := job(t)
	j.Root = ""
	if r := train(t, testbackend.Go(t), j); filepath.Dir(r.Dir) != dir {
		t.Errorf("the run is kept in %s, want it in %s", r.Dir, dir)
	}
}

func TestACancelledContextTrainsNothing(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	<-ctx.Done()
	j := job(t)
	if _, err := Train(ctx, testbackend.Go(t), j); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the error is %v", err)
	}
	if _, found, err := Find(testbackend.Go(t), j); found || err != nil {
		t.Errorf("found %v, %v", found, err)
	}
}
