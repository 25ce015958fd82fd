package training

import (
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/run"
)

func TestSameSeedSameNumbers(t *testing.T) {
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		first, second := uninterrupted(t, b), train(t, b, job(t))
		if first.Dir == second.Dir {
			t.Fatal("the second run was loaded")
		}
		identical(t, second.State, first.State)
		other := job(t)
		other.Config.Seed++
		if train(t, b, other).Last().Test == first.Last().Test {
			t.Error("another seed gives the same numbers")
		}
	})
}

// The same weights, order and noise reach both backends: they differ by rounding alone.
func TestBackendsAgree(t *testing.T) {
	pure, xla := testbackend.Go(t), testbackend.XLA(t)
	alike(t, uninterrupted(t, xla).State.History, uninterrupted(t, pure).State.History, 1e-3)
	j := job(t)
	j.Config.Model = run.AE
	one, other := train(t, xla, j), train(t, pure, j)
	alike(t, one.State.History, other.State.History, 1e-3)
	if one.Dir == other.Dir {
		t.Error("both backends keep their run in one folder")
	}
}

// How many steps one execution makes is no part of a run's identity, so it may not change its numbers: one by one,
// by twos with one left over, all at once.
func TestStepsAtOnceDoNotMatter(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	b := testbackend.XLA(t)
	was := stepsAtOnce[b.Name]
	defer func() { stepsAtOnce[b.Name] = was }()
	want := uninterrupted(t, b).State.History
	for _, steps := range []int{1, 2} {
		stepsAtOnce[b.Name] = steps
		alike(t, train(t, b, job(t)).State.History, want, 1e-4)
	}
}

func TestABatchOfTheWholeSet(t *testing.T) {
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		j := job(t)
		j.Data = tiny.Data(16, 3)
		j.Config.Batch = 16
		j.Config.LearningRate = 0.01
		j.Config.Epochs = 20
		history := train(t, b, j).State.History
		if first, last := history[0].Train.Loss, history[19].Train.Loss; last > first-2 {
			t.Errorf("20 steps bring the loss from %v to %v only", first, last)
		}
	})
}

// The numbers add up: the loss is what its parts make, and an AE has no KL term.
func TestLossIsTheSumOfItsParts(t *testing.T) {
	b := testbackend.Go(t)
	j := job(t)
	j.Config.KLWeight = 4
	for _, e := range train(t, b, j).State.History {
		for _, terms := range []run.Terms{e.Train, e.Test} {
			if d := terms.Loss - terms.Reconstruction - 4*terms.KL; d > 1e-4 || d < -1e-4 || terms.KL <= 0 {
				t.Errorf("%+v", terms)
			}
		}
	}
	j.Config.Model = run.AE
	for _, e := range train(t, b, j).State.History {
		if e.Test.KL != 0 || e.Train.KL != 0 || e.Test.Loss != e.Test.Reconstruction {
			t.Errorf("an AE's terms are %+v", e)
		}
	}
}

// With wide layers the step's large matrix products are ready at the same time. On few cores the Go backend must not let
// them wait for each other: where it does, this test never ends.
func TestWideLayersDontWaitForEachOther(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	wide := func(images int) datasets.Images {
		return datasets.Images{Width: 28, Height: 28, Pixels: make([]uint8, images*784), Labels: make([]uint8, images), Classes: []string{"black"}}
	}
	j := Job{Config: run.Default(), Data: datasets.Dataset{Name: "black", Train: wide(5120), Test: wide(10)}, Root: t.TempDir()}
	j.Config.Latent, j.Config.Hidden, j.Config.Epochs = 256, 200, 1
	if r := train(t, testbackend.Go(t), j); r.State.Epochs() != 1 {
		t.Errorf("%d epochs", r.State.Epochs())
	}
}
