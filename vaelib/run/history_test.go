package run_test

import (
	"testing"

	"vaelab/vaelib/run"
)

func TestTerms(t *testing.T) {
	sum := run.Terms{Loss: 1, Reconstruction: 2, KL: 3}.Plus(run.Terms{Loss: 3, Reconstruction: 6, KL: 9})
	if got, want := sum.Over(4), (run.Terms{Loss: 1, Reconstruction: 2, KL: 3}); got != want {
		t.Errorf("the mean is %v, want %v", got, want)
	}
}

func TestDone(t *testing.T) {
	p := run.Progress{Config: run.Default(), History: make([]run.Epoch, 14)}
	if p.Done() {
		t.Error("done after 14 of 15 epochs")
	}
	p.History = make([]run.Epoch, 15)
	if !p.Done() {
		t.Error("not done after 15 epochs")
	}
}

func TestLastOfNothing(t *testing.T) {
	if got := (run.Run{}).Last(); got != (run.Epoch{}) {
		t.Errorf("a run without epochs ends with %v", got)
	}
	r := run.Run{State: run.State{History: []run.Epoch{{Epoch: 1}, {Epoch: 2}, {Epoch: 3}}}}
	if got := r.Last(); got.Epoch != 3 {
		t.Errorf("the last epoch is %d, want 3", got.Epoch)
	}
}
