package peerbench

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"vaelab/cmd/vaelab/internal/notebook"
)

// CopyClone copies a clone as it would be downloaded: without what the set-up has made, and with notebooks that nobody has
// run.
func CopyClone(root, to string) error {
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		switch name := d.Name(); {
		case d.IsDir() && (name == ".vaelab" || name == ".git" || name == ".ipynb_checkpoints" || strings.HasPrefix(name, "notebooks-test-")):
			return filepath.SkipDir
		case d.IsDir():
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		case !d.Type().IsRegular():
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), text, 0o644)
	})
	if err != nil {
		return err
	}
	pairs, err := notebook.Pairs(filepath.Join(to, "notebooks"))
	if err != nil {
		return err
	}
	for _, p := range pairs {
		if err := os.Remove(p.Learner); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if _, err := p.Write(); err != nil {
			return err
		}
	}
	return nil
}

// RemoveAll removes a folder with a module cache in it, which Go writes such that nothing in it can be changed.
func RemoveAll(dir string) error {
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			err = os.Chmod(path, 0o755)
		}
		return err
	})
	return os.RemoveAll(dir)
}
