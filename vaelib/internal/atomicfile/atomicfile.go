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
	w, err := beside(path)
	if err != nil {
		return err
	}
	defer os.Remove(w.Name()) // does nothing once it has been moved
	err = write(w)
	if err == nil && now {
		err = w.Sync()
	}
	if err := errors.Join(err, w.Close()); err != nil {
		return err
	}
	return os.Rename(w.Name(), path)
}

// beside makes a file beside path for whoever the user's umask lets read it: others may learn from what is kept.
func beside(path string) (*os.File, error) {
	for {
		f, err := os.OpenFile(fmt.Sprintf("%s.%08x.tmp", path, rand.Uint32()), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}
