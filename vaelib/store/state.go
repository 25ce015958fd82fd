package store

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"

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

// ErrBehind says that the folder holds as many finished epochs already, or more: another process has trained the same run.
var ErrBehind = errors.New("another process has come further")

// SaveState puts the folder's state in the place of the last one, and keeps that. The state of a finished run is synced to
// the disk before SaveState returns. Those of the epochs before aren't, since the next epoch replaces them: the
// system writes them when it likes. A process that is killed loses none that has been saved. After a power cut the run may
// go on from an earlier epoch, or start anew.
//
// Where another process has come as far meanwhile, its state stays, and the error is [ErrBehind]. That is looked at when the new state has
// been written and nothing is left to do but rename: writing may take long, on a disk that has gone for a while.
func (f *Folder) SaveState(s run.State, finished bool) error {
	path, previous := filepath.Join(f.Path, stateFile), filepath.Join(f.Path, previousFile)
	if err := errors.Join(makeWay(path), makeWay(previous)); err != nil {
		return words.Errorf("the run in %s can't keep its last state: %w", f.Path, err)
	}
	next, err := atomicfile.Beside(path, finished, func(w io.Writer) error { return writeSafetensors(w, s) })
	if err != nil {
		return words.Errorf("the run in %s can't be saved: %w", f.Path, err)
	}
	defer next.Drop()
	written()
	for {
		if f.Epochs() >= len(s.History) {
			if there, _, found, err := f.LoadState(); err == nil && found && there.Epochs() >= len(s.History) {
				return errors.Join(ErrBehind, f.saveMetrics(there.History))
			}
		}
		if err := os.Rename(path, previous); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return words.Errorf("the run in %s can't keep its last state: %w", f.Path, err)
		}
		switch err := next.Place(); {
		case errors.Is(err, fs.ErrExist): // another process has saved one in between
			continue
		case err != nil:
			return words.Errorf("the run in %s can't be saved: %w", f.Path, err)
		}
		return f.saveMetrics(s.History)
	}
}

// written is called when a new state has been written and isn't in its place yet. Tests have another process go on then.
var written = func() {}

// newestFirst are the folder's files of states, and the most epochs that one says it has. That number tells, and not the name: who was late may
// have saved an earlier state after a later one. A newest one that is there and doesn't say comes first, so that somebody hears of it; an older
// one that doesn't matters only where there is no other.
func (f *Folder) newestFirst() (names []string, most int) {
	rank := map[string]int{stateFile: math.MaxInt, previousFile: -1} // of one that doesn't say
	for _, name := range []string{stateFile, previousFile} {
		n, err := epochsIn(filepath.Join(f.Path, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if names = append(names, name); err == nil {
			rank[name], most = n, max(most, n)
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(rank[b], rank[a]) })
	return names, most
}

// Epochs is the number of finished epochs that the folder's newest state says it has, 0 where there is none. That is a look at a few
// bytes, of which nobody knows yet whether they are whole: [Folder.LoadState] does.
func (f *Folder) Epochs() int {
	_, most := f.newestFirst()
	return most
}

// LoadState gives the folder's newest whole state, and false where there is none. A damaged one is passed over
// for its predecessor, and the note says so.
func (f *Folder) LoadState() (s run.State, note string, found bool, err error) {
	names, _ := f.newestFirst()
	for _, name := range names {
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
