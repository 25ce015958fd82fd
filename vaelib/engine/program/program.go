// Package program finds and builds the programs that link GoMLX, into the clone's .vaelab folder. Each has one
// job, so that none waits for what another needs.
//
// One is built anew when a source of it has changed, so that cells and worker are always of one state. Looking for that
// takes some milliseconds, where asking the go command would take tenths of a second.
package program

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
)

// Program is one of the programs: [Compute], [Train] or [Bench]. The zero Program has no name, and is of no use: its path is
// the folder where the others lie. It is a plain value, and several goroutines and programs may call Ready at once: each
// builds aside, and puts what it has built into its place in one step.
type Program struct {
	Name  string // its package is cmd/Name
	Words string // what it is: "the program that …"
}

// The programs.
var (
	Compute = Program{"vaecompute", words.Mark("the program that computes for cells")}
	Train   = Program{"vaetrain", words.Mark("the program that trains")}
	Bench   = Program{"vaebench", words.Mark("the program that measures")}
	Site    = Program{"vaesite", words.Mark("the program that makes the site")}
)

// Sources are what the program is made of, below the clone's root.
func (p Program) Sources() []string {
	return []string{"go.mod", "go.sum", "datasets", "vaelib", "cmd/" + p.Name, "cmd/internal"}
}

// Path is where the program lies in a clone, built with the environment env. Builds that differ in what they link, without
// cgo or for an experiment of Go's such as simd, lie side by side.
func (p Program) Path(root string, env []string) string {
	name := p.Name
	if experiment := value(env, "GOEXPERIMENT"); experiment != "" {
		name += "-" + experiment
	}
	if value(env, "CGO_ENABLED") == "0" {
		name += "-nocgo"
	}
	return filepath.Join(places.Lab(root), "worker", name)
}

func value(env []string, key string) (value string) {
	for _, kv := range env {
		if k, v, _ := strings.Cut(kv, "="); k == key {
			value = v // the last one counts
		}
	}
	return value
}

// Find gives the program's path, and whether it is there and as new as its sources.
func (p Program) Find(root string, env []string) (path string, ready bool, err error) {
	path = p.Path(root, env)
	changed, err := p.newest(root)
	if err != nil {
		return path, false, words.Errorf("the sources of %s can't be read: %w", words.Text(p.Words), err)
	}
	built, err := os.Stat(path)
	return path, err == nil && built.ModTime().After(changed), nil
}

// Ready gives the program's path, and builds it first where that is needed, with the go command: its name, and before it
// what runs it, if anything does. Whoever runs the old program meanwhile keeps it.
func (p Program) Ready(ctx context.Context, goCommand []string, root string, env []string) (string, error) {
	path, ready, err := p.Find(root, env)
	if ready || err != nil {
		return path, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", words.Errorf("there is no folder for %s: %w", words.Text(p.Words), err)
	}
	dir, err := os.MkdirTemp(filepath.Dir(path), "building-")
	if err != nil {
		return "", words.Errorf("%s can't be built: %w", words.Text(p.Words), err)
	}
	defer os.RemoveAll(dir)
	begun := time.Now()
	built := filepath.Join(dir, p.Name)
	args := append(slices.Clone(goCommand), "build", "-buildvcs=false", "-o", built, "./cmd/"+p.Name)
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir, cmd.Env = root, append(slices.Clip(env), "GOWORK=off") // a workspace above the clone doesn't name it
	if said, err := cmd.CombinedOutput(); err != nil {
		return "", words.Errorf("%s can't be built from %s: %w: %s", words.Text(p.Words), filepath.Join(root, "cmd", p.Name), err, said)
	}
	// Its time is when building began: what is changed while it is built is newer.
	return path, errors.Join(os.Chtimes(built, begun, begun), os.Rename(built, path))
}

// newest is when the sources were last changed. A folder's own time tells of files that are gone.
func (p Program) newest(root string) (last time.Time, err error) {
	for _, source := range p.Sources() {
		err := filepath.WalkDir(filepath.Join(root, source), func(_ string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := entry.Info()
			if err == nil && info.ModTime().After(last) {
				last = info.ModTime()
			}
			return err
		})
		if err != nil {
			return last, err
		}
	}
	return last, nil
}
