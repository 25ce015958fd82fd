package store

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"vaelab/vaelib/internal/atomicfile"
	"vaelab/vaelib/internal/filelock"
	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Folder is where one run is kept; make one with [NewFolder]. The zero Folder has no path: [Folder.Lock] refuses it, but
// what reads or saves without a lock does so in the working directory.
//
// One goroutine at a time may use a Folder. Two goroutines take one each: [Folder.Lock] keeps two Folders of a run apart
// within a process as it does between two.
type Folder struct {
	Path string
	lock *filelock.Lock
}

// NewFolder gives the run's folder under root, without touching the disk.
func NewFolder(root string, id run.Identity) *Folder {
	return &Folder{Path: filepath.Join(root, id.Key())}
}

// Lock makes the folder and locks it, so that two processes never train the same run at once. While another process, or
// another Folder in this one, holds the lock, Lock calls waiting once, unless that is nil. Then it waits until the lock
// is free or ctx is done; the latter is an error. So is a folder that holds another run: see [Folder.Holds]. A process
// that ends lets go of its locks.
func (f *Folder) Lock(ctx context.Context, id run.Identity, waiting func()) error {
	if err := os.MkdirAll(f.Path, 0o755); err != nil {
		return words.Errorf("the run's folder can't be made: set %s to a folder that you may write to: %w", places.RunsEnv, err)
	}
	lock := filepath.Join(f.Path, "lock")
	if err := makeWay(lock); err != nil {
		return words.Errorf("the run in %s can't be locked: %w", f.Path, err)
	}
	f.lock = filelock.New(lock)
	held, err := f.lock.Try()
	if err == nil && !held {
		if waiting != nil {
			waiting()
		}
		_, err = f.lock.TryFor(ctx, 200*time.Millisecond)
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return words.Errorf("another process is training the run in %s, and waiting for it was stopped: %w", f.Path, err)
	case err != nil:
		return words.Errorf("the run in %s can't be locked: %w", f.Path, err)
	}
	if err := f.Holds(id); err != nil {
		return errors.Join(err, f.Unlock())
	}
	f.sweep()
	if err := f.saveJSON(identityFile, record{id.Versioned(), id.Key()}); err != nil {
		return errors.Join(err, f.Unlock())
	}
	return nil
}

const identityFile = "run.json"

// Holds is nil where the folder holds nothing yet, or the run of that identity. Where it holds another run, Holds is an
// [*OtherRunError]. That can be, since the folder's name ends in a short digest, which two runs may share by chance: so
// neither is taken for the other.
func (f *Folder) Holds(id run.Identity) error {
	text, err := os.ReadFile(filepath.Join(f.Path, identityFile))
	var held record
	if err != nil || json.Unmarshal(text, &held) != nil || held.Key != held.Identity.Key() {
		return nil // a damaged file is written anew; the state has a checksum of its own
	}
	if id = id.Versioned(); held.Identity != id {
		return &OtherRunError{Path: f.Path, Want: id, Held: held.Identity}
	}
	return nil
}

// record is what run.json holds: an identity, and its key, by which a damaged one is noticed.
type record struct {
	run.Identity
	Key string `json:"key"`
}

// OtherRunError says that a run's folder holds another run; see [Folder.Holds]. Its zero value is never returned.
type OtherRunError struct {
	Path       string
	Want, Held run.Identity
}

func (e *OtherRunError) Error() string {
	return words.Say("the folder %s holds another run, as its %s says: move the folder away to train this one, or set %s to another folder",
		e.Path, identityFile, places.RunsEnv)
}

// sweep removes what a process that was killed while it wrote has left behind. Only the lock's holder may.
func (f *Folder) sweep() {
	left, _ := fs.Glob(os.DirFS(f.Path), "*.tmp") // the only error is a bad pattern
	for _, name := range left {
		os.Remove(filepath.Join(f.Path, name)) // one that stays costs room, nothing else
	}
}

// Unlock lets other processes have the folder.
func (f *Folder) Unlock() error {
	if f.lock == nil {
		return nil
	}
	return f.lock.Unlock()
}

// saveMetrics writes the history for people and plots.
func (f *Folder) saveMetrics(history []run.Epoch) error {
	return f.saveJSON("metrics.json", history)
}

func (f *Folder) saveJSON(name string, v any) error {
	path := filepath.Join(f.Path, name)
	err := makeWay(path)
	if err == nil {
		err = atomicfile.WriteSoon(path, atomicfile.JSON(v))
	}
	if err != nil {
		return words.Errorf("%s can't be written in %s: %w", name, f.Path, err)
	}
	return nil
}
