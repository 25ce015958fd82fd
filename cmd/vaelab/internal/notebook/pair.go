package notebook

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Pair is a notebook with its solutions, and the learner's notebook that is made from it.
type Pair struct{ Source, Learner string }

// Solutions is the folder, inside the one with the learners' notebooks, that holds the sources.
const Solutions = "solutions"

// In lists the paths of the notebooks in a folder, in order. A folder that isn't there has none.
func In(folder string) ([]string, error) {
	names, err := fs.Glob(os.DirFS(folder), "*.ipynb") // the folder's own path is no pattern
	if err != nil {
		return nil, err
	}
	for i, name := range names {
		names[i] = filepath.Join(folder, name)
	}
	return names, nil
}

// Pairs lists what is to be made in a folder of notebooks.
func Pairs(folder string) ([]Pair, error) {
	sources, err := In(filepath.Join(folder, Solutions))
	if err != nil {
		return nil, err
	}
	var pairs []Pair
	for _, source := range sources {
		pairs = append(pairs, Pair{source, filepath.Join(folder, filepath.Base(source))})
	}
	return pairs, nil
}

// made are both notebooks as they should be.
func (p Pair) made() (source, learner *Book, err error) {
	if source, err = Read(p.Source); err != nil {
		return nil, nil, err
	}
	if err = source.Tidy(); err != nil {
		return nil, nil, err
	}
	learner, err = source.Learner()
	return source, learner, err
}

// Stale says in sentences what is not current; nothing if all is.
func (p Pair) Stale() ([]string, error) {
	source, learner, err := p.made()
	if err != nil {
		return nil, err
	}
	var faults []string
	text, err := os.ReadFile(p.Source)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(text, source.Bytes()) {
		faults = append(faults, fmt.Sprintf("%s has outputs, or lacks what nbgrader needs%s", p.Source, firstDifference(text, source)))
	}
	switch text, err = os.ReadFile(p.Learner); {
	case errors.Is(err, fs.ErrNotExist):
		faults = append(faults, fmt.Sprintf("%s has not been made from %s yet", p.Learner, p.Source))
	case err != nil:
		return nil, err
	case !bytes.Equal(text, learner.Bytes()):
		faults = append(faults, fmt.Sprintf("%s is not what %s gives%s", p.Learner, p.Source, firstDifference(text, learner)))
	}
	return faults, nil
}

// firstDifference names the first cell in which a file differs from what it should be.
func firstDifference(text []byte, want *Book) string {
	have, err := parse(want.Path, text)
	if err != nil {
		return ": it is not a notebook"
	}
	for i, c := range want.cells {
		if i >= len(have.cells) {
			return fmt.Sprintf(": cell %s is missing", c.id())
		}
		if !bytes.Equal(bookOf(c), bookOf(have.cells[i])) {
			return fmt.Sprintf(": the first difference is in cell %s", c.id())
		}
	}
	if len(have.cells) > len(want.cells) {
		return fmt.Sprintf(": cell %s is too much", have.cells[len(want.cells)].id())
	}
	return ""
}

func bookOf(c cell) []byte { return (&Book{all: c.fields}).Bytes() }

// Write brings both files up to date, and lists those that it changed. A learner's notebook with outputs is somebody's
// work, and left alone.
func (p Pair) Write() (changed []string, err error) {
	source, learner, err := p.made()
	if err != nil {
		return nil, err
	}
	if old, err := Read(p.Learner); err == nil && old.hasOutputs() {
		return nil, fmt.Errorf("%s has outputs, so somebody works in it: move it away, or restore it with git checkout, and run this again", p.Learner)
	}
	for _, f := range []struct {
		path string
		text []byte
	}{{p.Source, source.Bytes()}, {p.Learner, learner.Bytes()}} {
		if old, err := os.ReadFile(f.path); err == nil && bytes.Equal(old, f.text) {
			continue
		}
		if err := os.WriteFile(f.path, f.text, 0o644); err != nil {
			return changed, fmt.Errorf("%s can't be written: %w", f.path, err)
		}
		changed = append(changed, f.path)
	}
	return changed, nil
}

// Orphans lists learners' notebooks with exercises whose sources are gone.
func Orphans(folder string) ([]string, error) {
	books, err := In(folder)
	if err != nil {
		return nil, err
	}
	var faults []string
	for _, path := range books {
		b, err := Read(path)
		if err != nil {
			return nil, err
		}
		source := filepath.Join(folder, Solutions, filepath.Base(path))
		_, err = os.Stat(source)
		if errors.Is(err, fs.ErrNotExist) && (b.Exercises() > 0 || strings.Contains(string(b.Bytes()), begin)) {
			faults = append(faults, fmt.Sprintf("%s has exercises, but there is no %s to make it from", path, source))
		}
	}
	return faults, nil
}
