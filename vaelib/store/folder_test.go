package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
)

// The lock makes the folder, says in it who the run is, and sweeps up what a killed process has left.
func TestLockMakesTheFolder(t *testing.T) {
	f := store.NewFolder(t.TempDir(), identity())
	if err := os.MkdirAll(f.Path, 0o755); err != nil {
		t.Fatal(err)
	}
	left, young := filepath.Join(f.Path, "state.safetensors.123.tmp"), filepath.Join(f.Path, "state.safetensors.456.tmp")
	for _, path := range []string{left, young} {
		if err := os.WriteFile(path, []byte("half"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	hours := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(left, hours, hours); err != nil {
		t.Fatal(err)
	}
	if err := f.Lock(t.Context(), identity(), func() { t.Error("the lock waits for nobody") }); err != nil {
		t.Fatal(err)
	}
	defer f.Unlock()
	text, err := os.ReadFile(filepath.Join(f.Path, "run.json"))
	if err != nil {
		t.Fatal(err)
	}
	var read run.Identity
	if err := json.Unmarshal(text, &read); err != nil || read.Key() != identity().Key() || read.Version == 0 {
		t.Errorf("run.json holds %s, %v", text, err)
	}
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Error("what a killed process has left behind is still there")
	}
	if _, err := os.Stat(young); err != nil {
		t.Errorf("what another may be writing is gone: %v", err)
	}
}

// A second handle, as another process has, is told once that it waits, and gets the lock when the first lets go.
func TestLockWaits(t *testing.T) {
	root := t.TempDir()
	first, second := store.NewFolder(root, identity()), store.NewFolder(root, identity())
	if err := first.Lock(t.Context(), identity(), nil); err != nil {
		t.Fatal(err)
	}
	told := make(chan bool, 10)
	held := make(chan error)
	go func() { held <- second.Lock(context.Background(), identity(), func() { told <- true }) }()
	<-told
	select {
	case err := <-held:
		t.Fatalf("both hold the lock: %v", err)
	case <-time.After(500 * time.Millisecond): // a few of the waiting one's tries
	}
	if err := first.Unlock(); err != nil {
		t.Fatal(err)
	}
	if err := <-held; err != nil {
		t.Fatal(err)
	}
	if len(told) > 0 {
		t.Error("the waiting one is told more than once")
	}
	if err := second.Unlock(); err != nil {
		t.Error(err)
	}
}

func TestLockEndsWithTheContext(t *testing.T) {
	root := t.TempDir()
	first, second := store.NewFolder(root, identity()), store.NewFolder(root, identity())
	if err := first.Lock(t.Context(), identity(), nil); err != nil {
		t.Fatal(err)
	}
	defer first.Unlock()
	ctx, cancel := context.WithCancel(t.Context())
	err := second.Lock(ctx, identity(), cancel)
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "another process is training") {
		t.Errorf("the error is %v", err)
	}
}

// A lock that fails after it was taken is given back: nobody waits for it for ever.
func TestAFailedLockIsGivenBack(t *testing.T) {
	root := t.TempDir()
	f := store.NewFolder(root, identity())
	other := identity()
	other.Seed++
	if err := f.Lock(t.Context(), other, nil); err != nil { // the folder is another run's now
		t.Fatal(err)
	}
	f.Unlock()
	if err := f.Lock(t.Context(), identity(), nil); err == nil || !strings.Contains(err.Error(), "run.json") {
		t.Errorf("the error is %v, want one that names run.json", err)
	}
	if err := os.Remove(filepath.Join(f.Path, "run.json")); err != nil {
		t.Fatal(err)
	}
	again := store.NewFolder(root, identity())
	if err := again.Lock(t.Context(), identity(), func() { t.Fatal("the failed lock is still held") }); err != nil {
		t.Error(err)
	}
	again.Unlock()
}

func TestMetricsAreReadable(t *testing.T) {
	f := folder(t)
	save(t, f, state(2))
	text, err := os.ReadFile(filepath.Join(f.Path, "metrics.json"))
	if err != nil {
		t.Fatal(err)
	}
	var history []run.Epoch
	if err := json.Unmarshal(text, &history); err != nil || len(history) != 2 || history[1] != state(2).History[1] {
		t.Errorf("metrics.json holds %s, %v", text, err)
	}
}

// A folder's name is a short sum: a folder that holds another run is not taken for this one's.
func TestAFolderOfAnotherRun(t *testing.T) {
	root := t.TempDir()
	f, other := store.NewFolder(root, identity()), identity()
	other.Digest = "d2"
	if err := f.Holds(identity()); err != nil {
		t.Errorf("nothing is held by %v", err)
	}
	if err := f.Lock(t.Context(), other, nil); err != nil {
		t.Fatal(err)
	}
	if err := f.Unlock(); err != nil {
		t.Fatal(err)
	}
	var taken *store.OtherRunError
	for _, err := range []error{f.Holds(identity()), f.Lock(t.Context(), identity(), nil)} {
		if !errors.As(err, &taken) || taken.Path != f.Path || taken.Held.Digest != "d2" || taken.Want.Digest != "d1" {
			t.Errorf("the error is %v", err)
		}
	}
	if err := f.Lock(t.Context(), other, nil); err != nil { // the refused Lock holds nothing
		t.Error(err)
	}
	if err := f.Unlock(); err != nil {
		t.Error(err)
	}
}

// A folder that stands where a file should is moved aside, with all that is in it.
func TestFoldersInFilesPlaces(t *testing.T) {
	var id run.Identity
	root := t.TempDir()
	folder := store.NewFolder(root, id)
	names := []string{"lock", "run.json", "metrics.json", "state.safetensors", "state.previous.safetensors"}
	for _, name := range names {
		if err := os.MkdirAll(filepath.Join(folder.Path, name, "somebody's"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, found, err := folder.LoadState(); found || err != nil {
		t.Errorf("a state is found, %v, %v", found, err)
	}
	if err := folder.Lock(t.Context(), id, nil); err != nil {
		t.Fatal(err)
	}
	defer folder.Unlock()
	for epoch := range 2 {
		if err := folder.SaveState(run.State{History: make([]run.Epoch, epoch+1)}, true); err != nil {
			t.Fatal(err)
		}
	}
	if s, _, found, err := folder.LoadState(); !found || err != nil || s.Epochs() != 2 {
		t.Errorf("%d epochs are found, %v, %v", s.Epochs(), found, err)
	}
	for _, name := range names {
		if info, err := os.Stat(filepath.Join(folder.Path, name)); err != nil || info.IsDir() {
			t.Errorf("%s is no file: %v", name, err)
		}
		if _, err := os.Stat(filepath.Join(folder.Path, name+".aside-1", "somebody's")); err != nil {
			t.Errorf("what was in the folder %s is gone: %v", name, err)
		}
	}
}
