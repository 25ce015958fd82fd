package store_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"vaelab/vaelib/internal/filelock"
	"vaelab/vaelib/store"
)

// sign writes a sign of life into a folder, as of a trainer that gives one so often.
func sign(t *testing.T, f *store.Folder, every time.Duration, beat uint64) {
	t.Helper()
	text, err := json.Marshal(store.Trainer{Host: "elsewhere", PID: 7, Beat: beat, Seconds: every.Seconds()})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(f.Path, "trainer.json"), text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// Whoever holds a lock and gives no signs of life any more, as a machine that has vanished, is waited for no longer.
func TestAVanishedTrainerIsNotWaitedFor(t *testing.T) {
	f := folder(t)
	vanished := filelock.New(filepath.Join(f.Path, "lock"))
	if held, err := vanished.Try(); !held || err != nil {
		t.Fatal(held, err)
	}
	const every = 10 * time.Millisecond
	sign(t, f, every, 1)
	begun, told := time.Now(), 0
	if err := f.Lock(t.Context(), identity(), func() { told++ }); err != nil {
		t.Fatal(err)
	}
	defer f.Unlock()
	if waited := time.Since(begun); waited < 12*every || told != 1 {
		t.Errorf("it has waited %v, and was told so %d times", waited, told)
	}
}

// One that lives is waited for, however long it takes.
func TestATrainerThatLivesIsWaitedFor(t *testing.T) {
	f := folder(t)
	holder := filelock.New(filepath.Join(f.Path, "lock"))
	if held, err := holder.Try(); !held || err != nil {
		t.Fatal(held, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	locked := make(chan error)
	go func() { locked <- f.Lock(ctx, identity(), nil) }()
	const every = 100 * time.Millisecond // twelve of them are missed by a machine that stands still for more than a second
	for beat := range uint64(30) {
		select {
		case err := <-locked:
			t.Fatalf("after %d signs it goes on: %v", beat, err)
		case <-time.After(every):
			sign(t, f, every, beat)
		}
	}
	if err := holder.Unlock(); err != nil {
		t.Fatal(err)
	}
	if err := <-locked; err != nil {
		t.Error(err)
	}
	if err := f.Unlock(); err != nil {
		t.Error(err)
	}
}

// Who trains says so while the lock is held, and no longer.
func TestWhoTrains(t *testing.T) {
	t.Setenv("SLURM_ARRAY_JOB_ID", "12")
	t.Setenv("SLURM_ARRAY_TASK_ID", "3")
	f := folder(t)
	if err := f.Lock(t.Context(), identity(), nil); err != nil {
		t.Fatal(err)
	}
	var who store.Trainer
	path := filepath.Join(f.Path, "trainer.json")
	text, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(text, &who) != nil || who.PID != os.Getpid() || who.Job != "12_3" {
		t.Errorf("it says %s, %v", text, err)
	}
	if err := f.Unlock(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("who has ended still trains")
	}
}
