package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
)

func TestStanding(t *testing.T) {
	root, id := t.TempDir(), identity()
	id.Epochs = 3
	f := store.NewFolder(root, id)
	look := func(stage store.Stage, epochs int) store.Standing {
		t.Helper()
		s, err := store.Look(root, id)
		if err != nil || s.Stage != stage || s.Epochs != epochs {
			t.Errorf("it is %+v, %v, want %s with %d epochs", s, err, stage, epochs)
		}
		return s
	}
	look(store.Waiting, 0)
	if err := f.Lock(t.Context(), id, nil); err != nil {
		t.Fatal(err)
	}
	if s := look(store.Running, 0); s.Trainer.PID != os.Getpid() || s.Silent > time.Hour {
		t.Errorf("%+v", s)
	}
	if err := f.SaveState(state(1), false); err != nil {
		t.Fatal(err)
	}
	look(store.Running, 1)
	if err := f.Unlock(); err != nil {
		t.Fatal(err)
	}
	look(store.Begun, 1)

	// A machine that has vanished leaves its last sign. What other machines' clocks say doesn't matter.
	sign(t, f, time.Second, 1)
	look(store.Running, 1)
	long := time.Now().Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(f.Path, "trainer.json"), long, long); err != nil {
		t.Fatal(err)
	}
	if s := look(store.Begun, 1); s.Trainer.Host != "elsewhere" || s.Silent < 50*time.Minute {
		t.Errorf("%+v", s)
	}
	ahead := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(f.Path, "trainer.json"), ahead, ahead); err != nil {
		t.Fatal(err)
	}
	if s := look(store.Running, 1); s.Silent != 0 {
		t.Errorf("a sign that is to come: %+v", s)
	}
	if err := os.Remove(filepath.Join(f.Path, "trainer.json")); err != nil {
		t.Fatal(err)
	}

	broken := errors.New("the loss is no number")
	for times := range 2 {
		if err := f.Fail(broken); !errors.Is(err, broken) {
			t.Errorf("the error is %v", err)
		}
		if s := look(store.Failed, 1); s.Failure.Error != broken.Error() || s.Failure.Times != times+1 || s.Failure.PID != os.Getpid() {
			t.Errorf("%+v", s)
		}
	}
	if err := errors.Join(f.Forget(), f.Forget()); err != nil {
		t.Error(err)
	}
	look(store.Begun, 1)
	if err := f.SaveState(run.State{History: make([]run.Epoch, 3)}, true); err != nil {
		t.Fatal(err)
	}
	look(store.Done, 3)
}

// What an older version has kept lies under another name, and is left alone.
func TestRunsOfAnOlderVersion(t *testing.T) {
	root, id := t.TempDir(), identity()
	old := filepath.Join(root, "vae-z2-h400-kl1-e2-s1-older-go-00000000")
	if err := os.MkdirAll(old, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(old, "run.json"), []byte(`{"version": 1}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if s, err := store.Look(root, id); err != nil || s.Stage != store.Waiting {
		t.Errorf("%+v, %v", s, err)
	}
	f := store.NewFolder(root, id)
	if err := f.Lock(t.Context(), id, nil); err != nil {
		t.Fatal(err)
	}
	f.Unlock()
	if text, err := os.ReadFile(filepath.Join(old, "run.json")); err != nil || string(text) != `{"version": 1}` {
		t.Errorf("it holds %s, %v", text, err)
	}
}

// Failures count from where a run has got: one that goes on, even if it is stopped again, isn't failed any more.
func TestFailuresOfARunThatGoesOn(t *testing.T) {
	root, id := t.TempDir(), identity()
	id.Epochs = 9
	f := store.NewFolder(root, id)
	broken := errors.New("broken")
	fail := func(times int) {
		t.Helper()
		if err := f.Fail(broken); !errors.Is(err, broken) {
			t.Fatal(err)
		}
		if s, err := store.Look(root, id); err != nil || s.Stage != store.Failed || s.Failure.Times != times || s.Failure.Error != "broken" {
			t.Errorf("it is %+v, %v, want %d times", s, err, times)
		}
	}
	fail(1)
	fail(2)
	save(t, f, state(1))
	if s, err := store.Look(root, id); err != nil || s.Stage != store.Begun {
		t.Errorf("after an epoch it is %+v, %v", s, err)
	}
	fail(1)
	fail(2)
}
