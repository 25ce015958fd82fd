package filelock_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"vaelab/vaelib/internal/filelock"
)

func TestOneHolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first, second := filelock.New(path), filelock.New(path)
	if held, err := first.Try(); !held || err != nil {
		t.Fatalf("a free lock: %v, %v", held, err)
	}
	if held, err := second.Try(); held || err != nil {
		t.Errorf("a lock that is held: %v, %v", held, err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer stop()
	if held, err := second.TryFor(ctx, time.Millisecond); held || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("waiting in vain: %v, %v", held, err)
	}
	time.AfterFunc(20*time.Millisecond, func() { _ = first.Unlock() })
	if held, err := second.TryFor(t.Context(), time.Millisecond); !held || err != nil {
		t.Errorf("waiting: %v, %v", held, err)
	}
	if err := second.Unlock(); err != nil {
		t.Error(err)
	}
}
