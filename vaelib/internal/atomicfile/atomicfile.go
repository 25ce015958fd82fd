// Package atomicfile replaces files in one step, so that a reader finds the old one or the new one and never a part.
package atomicfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
)

// Write has a file written beside path and moves it into place. It is on the disk when Write returns, so that not even a power cut
// leaves a part of it. What a program that is killed meanwhile leaves behind is called NAME.*.tmp.
func Write(path string, write func(io.Writer) error) error { return replace(path, true, write) }

// WriteSoon is the same for what is written again and again: the system may bring it to the disk later.
func WriteSoon(path string, write func(io.Writer) error) error { return replace(path, false, write) }

// JSON writes a value for people to read: indented, with a line's end.
func JSON(v any) func(io.Writer) error {
	return func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(v)
	}
}

func replace(path string, now bool, write func(io.Writer) error) error {
	f, err := Beside(path, now, write)
	if err != nil {
		return err
	}
	defer f.Drop()
	return os.Rename(f.lies, path)
}

// File is whole and lies beside its place. It comes from [Beside]; the zero File has no place.
type File struct{ path, lies string }

// Beside has a file written beside path: now says whether it is to be on the disk when Beside returns. [File.Place] moves it
// there, and [File.Drop] deletes what hasn't been moved.
func Beside(path string, now bool, write func(io.Writer) error) (*File, error) {
	w, err := beside(path)
	if err != nil {
		return nil, err
	}
	f := &File{path, w.Name()}
	err = write(w)
	if err == nil && now {
		err = w.Sync()
	}
	if err := errors.Join(err, w.Close()); err != nil {
		f.Drop()
		return nil, err
	}
	return f, nil
}

// Place moves the file to its place, where nothing may be: an fs.ErrExist otherwise. On a disk without hard links what has come there
// at this very moment is replaced.
func (f *File) Place() error {
	if _, err := os.Lstat(f.path); err == nil {
		return &fs.PathError{Op: "place", Path: f.path, Err: fs.ErrExist}
	}
	if err := os.Link(f.lies, f.path); err == nil || errors.Is(err, fs.ErrExist) {
		return err // what is left beside it is dropped
	}
	return os.Rename(f.lies, f.path)
}

// Drop deletes the file beside its place, if it is there still.
func (f *File) Drop() { _ = os.Remove(f.lies) }

// beside makes a file beside path for whoever the user's umask lets read it: others may learn from what is kept.
func beside(path string) (*os.File, error) {
	for {
		f, err := os.OpenFile(fmt.Sprintf("%s.%08x.tmp", path, rand.Uint32()), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}
