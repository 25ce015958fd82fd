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
	ends func() // the signs of life; nil: none are given
}

// NewFolder gives the run's folder under root, without touching the disk.
func NewFolder(root string, id run.Identity) *Folder {
	return &Folder{Path: filepath.Join(root, id.Key())}
}

// Lock makes the folder and locks it, so that two processes don't train the same run at once. While another process, or
// another Folder in this one, holds the lock, Lock calls waiting once, unless that is nil. Then it waits until the lock
// is free or ctx is done; the latter is an error. So is a folder that holds another run: see [Folder.Holds]. A process
// that ends lets go of its locks.
//
// Nothing but time depends on the lock. Who holds it and gives no sign of life for a minute or more, as a machine that
// has vanished from a shared disk, is waited for no longer; and where a disk keeps no locks, signs of life stand in for them.
func (f *Folder) Lock(ctx context.Context, id run.Identity, waiting func()) error {
	if err := os.MkdirAll(f.Path, 0o755); err != nil {
		return words.Errorf("the run's folder can't be made: set %s to a folder that you may write to: %w", places.RunsEnv, err)
	}
	lock := filepath.Join(f.Path, "lock")
	if err := makeWay(lock); err != nil {
		return words.Errorf("the run in %s can't be locked: %w", f.Path, err)
	}
	f.lock = filelock.New(lock)
	if err := f.take(ctx, waiting); err != nil {
		return err
	}
	if err := f.Holds(id); err != nil {
		return errors.Join(err, f.Unlock())
	}
	if err := f.saveJSON(identityFile, record{id.Versioned(), id.Key()}); err != nil {
		return errors.Join(err, f.Unlock())
	}
	f.sweep()
	f.ends = f.live()
	return nil
}

// take takes the lock, or goes without one that nobody seems to hold any more.
func (f *Folder) take(ctx context.Context, waiting func()) error {
	others := f.watch()
	for first := true; ; first = false {
		held, err := f.lock.Try()
		signs, silent := others.look()
		switch {
		case held:
			return nil
		case err != nil && !filelock.Unsupported(err):
			return words.Errorf("the run in %s can't be locked: %w", f.Path, err)
		case silent, err != nil && !signs:
			return nil
		}
		if first && waiting != nil {
			waiting()
		}
		select {
		case <-ctx.Done():
			return words.Errorf("another process is training the run in %s, and waiting for it was stopped: %w", f.Path, ctx.Err())
		case <-time.After(200 * time.Millisecond):
		}
	}
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

// abandoned is how old a file is that nobody is writing any more. None takes a minute.
const abandoned = time.Hour

// sweep removes what a process that was killed while it wrote has left behind. What is young may be another's, who is writing it. Ages are
// by the disk's own clock: run.json has just been written.
func (f *Folder) sweep() {
	now, err := os.Stat(filepath.Join(f.Path, identityFile))
	if err != nil {
		return
	}
	left, _ := fs.Glob(os.DirFS(f.Path), "*.tmp") // the only error is a bad pattern
	for _, name := range left {
		path := filepath.Join(f.Path, name)
		if info, err := os.Stat(path); err == nil && now.ModTime().Sub(info.ModTime()) > abandoned {
			os.Remove(path) // one that stays costs room, nothing else
		}
	}
}

// Unlock lets other processes have the folder.
func (f *Folder) Unlock() error {
	if f.ends != nil {
		f.ends()
		f.ends = nil
	}
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
