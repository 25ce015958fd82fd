package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// folder is a build cache as the go command lays it out: for each action a small file that names its output, and the outputs.
type folder string

// entry is what a cache knows of an action.
type entry struct {
	output []byte
	size   int64
	time   time.Time
	path   string // of the output
}

func (f folder) file(id []byte, kind string) string {
	name := hex.EncodeToString(id)
	return filepath.Join(absolute(string(f)), name[:2], name+"-"+kind)
}

// get looks an action up. What isn't whole isn't there.
func (f folder) get(action []byte) (e entry, found bool) {
	if len(action) == 0 {
		return e, false
	}
	text, err := os.ReadFile(f.file(action, "a"))
	if err != nil {
		return e, false
	}
	var of, output string
	var nanos int64
	if n, err := fmt.Sscanf(string(text), "v1 %64s %64s %d %d", &of, &output, &e.size, &nanos); n != 4 || err != nil || of != hex.EncodeToString(action) {
		return e, false
	}
	if e.output, err = hex.DecodeString(output); err != nil || len(e.output) == 0 {
		return e, false
	}
	e.time, e.path = time.Unix(0, nanos), f.file(e.output, "d")
	info, err := os.Stat(e.path)
	return e, err == nil && info.Size() == e.size
}

// put keeps an output and then the action that gives it, each in one step.
func (f folder) put(action, output, body []byte) (path string, err error) {
	if len(action) == 0 || len(output) == 0 {
		return "", errors.New("an entry without a name")
	}
	path = f.file(output, "d")
	if info, err := os.Stat(path); err != nil || info.Size() != int64(len(body)) {
		if err := replace(path, body); err != nil {
			return "", err
		}
	}
	return path, replace(f.file(action, "a"), fmt.Appendf(nil, "v1 %x %x %20d %20d\n", action, output, len(body), time.Now().UnixNano()))
}

func replace(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	w, err := os.CreateTemp(filepath.Dir(path), "new-*")
	if err != nil {
		return err
	}
	defer os.Remove(w.Name()) // does nothing once it has been moved
	_, err = w.Write(text)
	if err := errors.Join(err, w.Chmod(0o644), w.Close()); err != nil { // as Go's own: recipes of a class name its owner's
		return err
	}
	return os.Rename(w.Name(), path)
}

// How long an entry that nobody uses is kept, and how exactly its use is noted.
const (
	unused = 10 * 24 * time.Hour
	exact  = time.Hour
)

// use notes that an entry has been used, in its files' times.
func (f folder) use(action []byte, e entry) {
	now := time.Now()
	for _, path := range []string{f.file(action, "a"), e.path} {
		if info, err := os.Stat(path); err == nil && now.Sub(info.ModTime()) > exact {
			_ = os.Chtimes(path, now, now) // one that is forgotten is made again
		}
	}
}

// sweep removes what hasn't been used for long, at most once a day.
func (f folder) sweep(now time.Time) {
	note := filepath.Join(string(f), "swept")
	if info, err := os.Stat(note); err == nil && now.Sub(info.ModTime()) < 24*time.Hour {
		return
	}
	if os.WriteFile(note, nil, 0o644) != nil || os.Chtimes(note, now, now) != nil {
		return
	}
	files, _ := fs.Glob(os.DirFS(string(f)), "[0-9a-f][0-9a-f]/*") // the only error is a bad pattern
	for _, name := range files {
		path := filepath.Join(string(f), filepath.FromSlash(name))
		if info, err := os.Stat(path); err == nil && now.Sub(info.ModTime()) > unused {
			_ = os.Remove(path)
		}
	}
}
