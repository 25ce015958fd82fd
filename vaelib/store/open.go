package store

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Open gives the run that lies in a folder, whichever it is, as far as it has been trained. [Find] looks for one by its settings.
func Open(dir string) (run.Run, error) {
	id, err := identityIn(dir)
	if err != nil {
		return run.Run{}, err
	}
	state, note, found, err := (&Folder{Path: dir}).LoadState()
	switch {
	case err != nil:
		return run.Run{}, err
	case !found && note != "":
		return run.Run{}, words.Errorf("the run in %s has no state that is whole: %s", dir, note)
	case !found:
		return run.Run{}, words.Errorf("the run in %s has no finished epoch yet: train it first", dir)
	}
	r := run.Run{Identity: id, Dir: dir, State: state}
	if state.Epochs() >= id.Epochs {
		r.State = state.Finished(id.Config, id.Width*id.Height)
	}
	if note != "" {
		r.Notes = []string{note}
	}
	return r, nil
}

// identityIn is that of the run which a folder holds.
func identityIn(dir string) (run.Identity, error) {
	text, err := os.ReadFile(filepath.Join(dir, identityFile))
	if errors.Is(err, fs.ErrNotExist) {
		return run.Identity{}, words.Errorf("%s holds no run, since there is no %s in it: name a run's own folder, as training prints it", dir, identityFile)
	}
	if err != nil {
		return run.Identity{}, words.Errorf("the run in %s can't be read: %w", dir, err)
	}
	var held record
	if err := json.Unmarshal(text, &held); err != nil {
		return run.Identity{}, words.Errorf("%s in %s is no JSON of a run: %w", identityFile, dir, err)
	}
	if held.Key != held.Identity.Key() {
		return run.Identity{}, words.Errorf("%s in %s doesn't match its key: it has been changed, or another version of the course has written it", identityFile, dir)
	}
	return held.Identity, nil
}
