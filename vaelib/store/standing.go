package store

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"time"

	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Stage is how far a run is.
type Stage string

// The stages.
const (
	Waiting Stage = "waiting" // nothing of it is kept
	Begun   Stage = "begun"   // some epochs are kept, and nobody trains it at the moment
	Running Stage = "running" // somebody trains it
	Failed  Stage = "failed"  // it has ended with an error, and nobody has tried since
	Done    Stage = "done"
)

// Standing is how far a run is, by what its folder says. The zero Standing is none; see [Look].
type Standing struct {
	Stage   Stage
	Epochs  int           // finished and kept
	Trainer Trainer       // of a running one, and of one whose trainer has vanished
	Silent  time.Duration // since the trainer's last sign of life
	Failure Failure       // the last
	Run     run.Run       // of a done one
}

// Failure is a run's end with an error. The zero Failure is none.
type Failure struct {
	Error  string `json:"error"`
	Times  int    `json:"times"`  // how often it has failed without getting further
	Epochs int    `json:"epochs"` // that were finished then
	Trainer
}

const failureFile = "failure.json"

// Look says how far a run is. It looks in the folder root, and for a finished one wherever [Find] does. How long ago a trainer has
// given a sign is by the disk's own clock, where something can be written there.
func Look(root string, id run.Identity) (Standing, error) {
	if done, found, err := Find(root, id); found || err != nil {
		return Standing{Stage: Done, Epochs: done.State.Epochs(), Run: done}, err
	}
	if root == "" {
		var err error
		if root, err = places.Runs(); err != nil {
			return Standing{}, err
		}
	}
	f := NewFolder(root, id)
	s := Standing{Stage: Waiting, Epochs: f.Epochs()}
	if s.Epochs > 0 {
		s.Stage = Begun
	}
	if f.read(failureFile, &s.Failure) && s.Epochs <= s.Failure.Epochs { // else somebody has got further since
		s.Stage = Failed
	}
	info, err := os.Stat(filepath.Join(f.Path, trainerFile))
	if err == nil && f.read(trainerFile, &s.Trainer) {
		s.Silent = max(0, clock(root).Sub(info.ModTime()))
		if s.Silent.Seconds() < missing*s.Trainer.Seconds {
			s.Stage = Running
		}
	}
	return s, nil
}

// read reads a small file of the folder's. What can't be read says nothing.
func (f *Folder) read(name string, into any) bool {
	text, err := os.ReadFile(filepath.Join(f.Path, name))
	return err == nil && json.Unmarshal(text, into) == nil
}

// clock is the time on the disk that a folder lies on, which on a shared one is another machine's.
func clock(folder string) time.Time {
	if probe, err := os.CreateTemp(folder, ".clock-*"); err == nil {
		defer os.Remove(probe.Name())
		defer probe.Close()
		if info, err := probe.Stat(); err == nil {
			return info.ModTime()
		}
	}
	return time.Now()
}

// Fail notes that training the run has ended with an error, for [Look]. It gives the error, with what went wrong in noting it.
func (f *Folder) Fail(err error) error {
	var last Failure
	epochs := f.Epochs()
	if f.read(failureFile, &last); epochs > last.Epochs {
		last.Times = 0
	}
	if made := os.MkdirAll(f.Path, 0o755); made != nil {
		return errors.Join(err, words.Errorf("the run's folder can't be made: set %s to a folder that you may write to: %w", places.RunsEnv, made))
	}
	return errors.Join(err, f.saveJSON(failureFile, Failure{err.Error(), last.Times + 1, epochs, thisProcess()}))
}

// Forget forgets that the run has failed.
func (f *Folder) Forget() error {
	err := os.Remove(filepath.Join(f.Path, failureFile))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
