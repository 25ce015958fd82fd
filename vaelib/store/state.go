package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"vaelab/vaelib/internal/atomicfile"
	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

const (
	stateFile    = "state.safetensors"
	previousFile = "state.previous.safetensors"
)

// ErrDamaged marks a state whose contents don't match their checksum.
var ErrDamaged = words.Errorf("damaged")

// SaveState replaces the folder's state in one step and keeps the one before it. The state of a finished run is synced to
// the disk before SaveState returns. Those of the epochs before aren't, since the next epoch replaces them: the
// system writes them when it likes. A process that is killed loses none that has been saved. After a power cut the run may
// go on from an earlier epoch, or start anew.
func (f *Folder) SaveState(s run.State, finished bool) error {
	path := filepath.Join(f.Path, stateFile)
	if err := errors.Join(makeWay(path), makeWay(filepath.Join(f.Path, previousFile))); err != nil {
		return words.Errorf("the run in %s can't keep its last state: %w", f.Path, err)
	}
	if err := os.Rename(path, filepath.Join(f.Path, previousFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return words.Errorf("the run in %s can't keep its last state: %w", f.Path, err)
	}
	write := atomicfile.WriteSoon
	if finished {
		write = atomicfile.Write
	}
	if err := write(path, func(w io.Writer) error { return writeSafetensors(w, s) }); err != nil {
		return words.Errorf("the run in %s can't be saved: %w", f.Path, err)
	}
	return f.saveMetrics(s.History)
}

// Epochs is the number of finished epochs that the folder's newest state says it has, 0 where there is none. That is a look at a few
// bytes, of which nobody knows yet whether they are whole: [Folder.LoadState] does.
func (f *Folder) Epochs() int {
	for _, name := range []string{stateFile, previousFile} {
		if n, err := epochsIn(filepath.Join(f.Path, name)); err == nil {
			return n
		}
	}
	return 0
}

// LoadState gives the folder's newest whole state, and false where there is none. A damaged one is passed over
// for its predecessor, and the note says so.
func (f *Folder) LoadState() (s run.State, note string, found bool, err error) {
	for _, name := range []string{stateFile, previousFile} {
		path := filepath.Join(f.Path, name)
		s, err = readSafetensors(path)
		switch {
		case err == nil:
			return s, note, true, nil
		case errors.Is(err, fs.ErrNotExist):
			continue
		case errors.Is(err, ErrDamaged), isFolder(path):
			note = words.Say("%s is damaged, so an older state is used", name)
			continue
		default:
			return run.State{}, note, false, words.Errorf("the run's folder can't be read: set %s to a folder of your own: %w", places.RunsEnv, err)
		}
	}
	if note != "" {
		note = words.Say("the saved state is damaged, so training starts anew")
	}
	return run.State{}, note, false, nil
}

// isFolder says whether a folder stands where a file should.
func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// makeWay moves a folder that stands in a file's place aside. It is none of ours, so nothing in it is lost.
func makeWay(path string) error {
	if !isFolder(path) {
		return nil
	}
	for i := 1; ; i++ {
		aside := fmt.Sprintf("%s.aside-%d", path, i)
		if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			return os.Rename(path, aside)
		}
	}
}
