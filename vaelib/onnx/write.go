package onnx

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"vaelab/vaelib/internal/atomicfile"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words"
)

// Write writes a finished run's networks into a folder, which it makes if it is missing, a file each, and gives their paths. A file
// that is there already is an error, and nothing is written, unless replace is set. Each is written whole or not at all. A network of
// another run that would stay beside them, such as a prior where this run has none, is an error too: the files of a folder belong together.
func Write(dir string, r run.Run, replace bool) (paths []string, err error) {
	models, err := Models(r)
	if err != nil {
		return nil, err
	}
	for _, m := range models {
		path := filepath.Join(dir, m.File())
		paths = append(paths, path)
		switch info, err := os.Lstat(path); {
		case err == nil && info.IsDir():
			return nil, words.Errorf("%s is a folder: name another place", path)
		case err == nil && !replace:
			return nil, words.Errorf("%s is there already (%w): name another folder, or say that it is to be replaced", path, fs.ErrExist)
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return nil, words.Errorf("%s can't be written: %w", path, err)
		}
	}
	prior := filepath.Join(dir, Model{Name: "prior"}.File())
	if _, err := os.Lstat(prior); err == nil && !slices.Contains(paths, prior) {
		return nil, words.Errorf("%s is another run's (%w): name another folder, or delete it", prior, fs.ErrExist)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, words.Errorf("the folder %s can't be made: %w", dir, err)
	}
	for i, m := range models {
		write := func(w io.Writer) error {
			_, err := w.Write(m.Contents)
			return err
		}
		if err := atomicfile.Write(paths[i], write); err != nil {
			return nil, words.Errorf("%s can't be written: %w", paths[i], err)
		}
	}
	return paths, nil
}
