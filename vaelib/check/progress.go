package check

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"vaelab/vaelib/internal/atomicfile"
	"vaelab/vaelib/internal/filelock"
	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
)

// progress is what the learner has done, by exercise. It is one small file in the run folder, and goes nowhere else.
// Exercises that this version doesn't know are kept as they are.
type progress map[string]*entry

// of is an exercise's entry, made where there is none.
func (p progress) of(id string) *entry {
	if p[id] == nil {
		p[id] = &entry{}
	}
	return p[id]
}

const (
	progressFile = "progress.json"
	lockPatience = 2 * time.Second // another process holds it for a millisecond
)

// change reads the progress, changes it and writes it back, one process at a time. Where that can't be done the change
// is made all the same to what could be read, and the error is a sentence.
func change(how func(progress)) (p progress, err error) {
	p = progress{}
	var root string
	defer func() {
		switch why := os.Getenv(places.TemporaryEnv); {
		case err != nil:
			err = words.Errorf("your progress can't be kept: %w", err)
		case why != "":
			err = words.Errorf("your progress is kept in %s, which is a folder for temporary files, and is gone when that is emptied: your home folder can't be written (%s)", root, why)
		}
	}()
	root, err = places.Runs()
	if err == nil {
		err = os.MkdirAll(root, 0o755)
	}
	if err != nil {
		how(p)
		return p, words.Errorf("set %s to a folder that you may write to: %w", places.RunsEnv, err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), lockPatience)
	defer cancel()
	lock := filelock.New(filepath.Join(root, "progress.lock"))
	if _, err = lock.TryFor(ctx, 10*time.Millisecond); err != nil {
		how(p)
		if ctx.Err() != nil {
			return p, words.Errorf("another program has been holding its file for seconds")
		}
		return p, words.Errorf("set %s to a folder that you may write to: %w", places.RunsEnv, err)
	}
	path := filepath.Join(root, progressFile)
	p, damaged := readProgress(path)
	how(p)
	return p, errors.Join(damaged, atomicfile.Write(path, atomicfile.JSON(p)), lock.Unlock())
}

// preview is the progress as it will be after a change that isn't made yet.
func preview(how func(progress)) (progress, error) {
	p, err := change(func(progress) {})
	how(p)
	return p, err
}

// readProgress gives what the file says. A damaged one is put aside.
func readProgress(path string) (progress, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return progress{}, nil
	}
	if err != nil {
		return progress{}, err
	}
	p := progress{}
	if json.Unmarshal(text, &p) == nil && p != nil {
		return p, nil
	}
	aside, err := keepAside(path)
	if err != nil {
		return progress{}, err
	}
	return progress{}, words.Errorf("its file was damaged, so it starts anew (the old one is kept as %s)", aside)
}

// keepAside gives a file a name that is still free.
func keepAside(path string) (string, error) {
	for n := 1; ; n++ {
		aside := fmt.Sprintf("%s.damaged-%d", path, n)
		if _, err := os.Stat(aside); errors.Is(err, fs.ErrNotExist) {
			return aside, os.Rename(path, aside)
		} else if err != nil {
			return "", err
		}
	}
}
