package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
)

// A process that stands still while it saves, as one does whose disk has gone for a while, finds the run finished when it comes back, and
// leaves it so.
func TestLateInTheMidstOfSaving(t *testing.T) {
	root, id := t.TempDir(), identity()
	id.Epochs = 5
	late, other := store.NewFolder(root, id), store.NewFolder(root, id)
	if err := errors.Join(late.Lock(t.Context(), id, nil), late.Unlock()); err != nil {
		t.Fatal(err)
	}
	save(t, late, state(1))
	end := store.OnWritten(nil)
	defer end()
	for _, epochs := range []int{2, 3, 5} { // the late one comes with so many
		for _, name := range []string{"state.safetensors", "state.previous.safetensors"} {
			if err := os.Remove(filepath.Join(late.Path, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
		}
		finish := func() {
			store.OnWritten(func() {})
			for e := 2; e <= 5; e++ {
				save(t, other, state(e))
			}
		}
		store.OnWritten(finish)
		if err := late.SaveState(state(epochs), false); !errors.Is(err, store.ErrBehind) {
			t.Errorf("with %d epochs the late one gets %v", epochs, err)
		}
		if r, found, err := store.Find(root, id); !found || err != nil || r.State.Epochs() != 5 {
			t.Errorf("after %d epochs of the late one: %d, %v, %v", epochs, r.State.Epochs(), found, err)
		}
		if left, _ := filepath.Glob(filepath.Join(late.Path, "*.tmp")); left != nil {
			t.Errorf("left behind: %v", left)
		}
	}
}

// A run that is finished has the metrics of all its epochs, whoever wrote its metrics last.
func TestMetricsAreTheNewestStates(t *testing.T) {
	f, other := folder(t), folder(t)
	save(t, other, state(1))
	save(t, f, state(3))
	short, err := os.ReadFile(filepath.Join(other.Path, "metrics.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(f.Path, "metrics.json"), short, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := f.SaveState(state(2), false); !errors.Is(err, store.ErrBehind) {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(filepath.Join(f.Path, "metrics.json")); err != nil || strings.Count(string(text), `"epoch"`) != 3 {
		t.Errorf("%s, %v", text, err)
	}
}

// A state from before that can't be read is no news where the newest is whole.
func TestADamagedStateFromBefore(t *testing.T) {
	f := folder(t)
	save(t, f, state(1))
	save(t, f, state(2))
	if err := os.WriteFile(filepath.Join(f.Path, "state.previous.safetensors"), []byte("torn"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got, note, found := load(t, f); !found || note != "" || !same(got, state(2)) {
		t.Errorf("%d epochs, %q, %v", got.Epochs(), note, found)
	}
}

// Even where a late process has put an earlier state before a later one, the later is the run's.
func TestTheNumberOfEpochsTells(t *testing.T) {
	f := folder(t)
	save(t, f, state(4))
	newest, before := filepath.Join(f.Path, "state.safetensors"), filepath.Join(f.Path, "state.previous.safetensors")
	if err := os.Rename(newest, before); err != nil {
		t.Fatal(err)
	}
	other := folder(t)
	save(t, other, state(2))
	if err := os.Rename(filepath.Join(other.Path, "state.safetensors"), newest); err != nil {
		t.Fatal(err)
	}
	if got, note, found := load(t, f); !found || note != "" || !same(got, state(4)) || f.Epochs() != 4 {
		t.Errorf("%d epochs, %q, %v; Epochs says %d", got.Epochs(), note, found, f.Epochs())
	}
	for _, behind := range []run.State{state(3), state(4)} {
		if err := f.SaveState(behind, false); !errors.Is(err, store.ErrBehind) {
			t.Errorf("%d epochs: %v", behind.Epochs(), err)
		}
	}
	save(t, f, state(5))
	if got, _, _ := load(t, f); !same(got, state(5)) {
		t.Errorf("%d epochs", got.Epochs())
	}
}
