package setup

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
)

// class is the folder by which a clone is known to be a class's: its owner sets it up, and learners, who can read it and no more, work
// with it. Go's caches are in it then, where learners can read them, and not in the owner's home, where they can't.
func (l Layout) class() string { return places.Class(l.Root) }

// ForClass makes the clone a class's, which it stays.
func (l Layout) ForClass() error {
	if err := l.ours(); err != nil {
		return err
	}
	syscall.Umask(0o022)
	if err := os.MkdirAll(l.class(), 0o755); err != nil {
		return explain(words.Say("The folder %s", l.class()), err, "")
	}
	return nil
}

func (l Layout) isClass() bool {
	info, err := os.Stat(l.class())
	return err == nil && info.IsDir()
}

// ours refuses a clone that the user can't write.
func (l Layout) ours() error {
	if places.Writable(l.Root) {
		return nil
	}
	do := words.Say("Its owner sets it up, with go run ./cmd/vaelab setup -for class; or work in a clone of your own")
	if l.HasKernel() {
		do = words.Say("It is set up already: %s lab opens JupyterLab with it; copy the folder %s to your home first, and begin there. What needs to be set up anew is its owner's to do",
			filepath.Join(l.Venv(), "bin", "jupyter"), l.Notebooks())
	}
	return &Failure{What: words.Say("The clone %s is not yours to write", l.Root), Do: do, Err: fs.ErrPermission}
}

// forClass keeps Go's caches in the class's folder, and refuses what learners couldn't read.
func (l Layout) forClass(h *Host) error {
	syscall.Umask(0o022)
	for _, tool := range []string{l.Root, h.Go.Path, h.Python.Path} {
		if at := unreadable(tool); at != "" {
			return &Failure{
				What: words.Say("Other users can't read %s, so a class can't use %s", at, tool),
				Do:   words.Say("Let them read it (chmod o+rx %s), or put the clone, Go and Python where they can, such as /srv and /usr", at), Err: fs.ErrPermission}
		}
	}
	h.Go.Cache, h.Go.ModCache = filepath.Join(l.class(), "compiled"), filepath.Join(l.class(), "modules")
	h.Go.Sources["GOCACHE"], h.Go.Sources["GOMODCACHE"] = h.Go.Cache, h.Go.ModCache
	return nil
}

// unreadable is the first folder on the way to a file, with links followed and without, that users other than its owner can't pass, or
// the file, if they can't read that: "" where they can.
func unreadable(path string) string {
	if path == "" {
		return ""
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return path
	}
	for _, way := range []string{path, real} {
		parts := strings.Split(filepath.Clean(way), string(filepath.Separator))
		for i := range parts {
			at := string(filepath.Separator) + filepath.Join(parts[:i+1]...)
			info, err := os.Stat(at)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil || info.IsDir() && info.Mode().Perm()&0o001 == 0 || !info.IsDir() && info.Mode().Perm()&0o004 == 0 {
				return at
			}
		}
	}
	return ""
}
