// Package program finds and builds the program that trains, and in which a worker computes: cmd/vaetrain, into the clone's
// .vaelab folder.
//
// It is built anew when a source of it has changed, so that cells and worker are always of one state. Looking for that
// takes some milliseconds, where asking the go command would take tenths of a second.
package program

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"vaelab/vaelib/where"
)

// Sources are what the program is made of, below the clone's root.
var Sources = []string{"go.mod", "go.sum", "datasets", "vaelib", "cmd/vaetrain", "cmd/internal"}

// Path is where the program lies in a clone, built with the environment env. Builds that differ in what they link, without
// cgo or for an experiment of Go's such as simd, lie side by side.
func Path(root string, env []string) string {
	name := "vaetrain"
	if experiment := value(env, "GOEXPERIMENT"); experiment != "" {
		name += "-" + experiment
	}
	if value(env, "CGO_ENABLED") == "0" {
		name += "-nocgo"
	}
	return filepath.Join(where.Lab(root), "worker", name)
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
func Find(root string, env []string) (path string, ready bool, err error) {
	path = Path(root, env)
	changed, err := newest(root)
	if err != nil {
		return path, false, fmt.Errorf("the sources of the program that trains can't be read: %w", err)
	}
	built, err := os.Stat(path)
	return path, err == nil && built.ModTime().After(changed), nil
}

// Ready gives the program's path, and builds it first where that is needed, with the go command: its name, and before it
// what runs it, if anything does. Whoever runs the old program meanwhile keeps it.
func Ready(ctx context.Context, goCommand []string, root string, env []string) (string, error) {
	path, ready, err := Find(root, env)
	if ready || err != nil {
		return path, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", fmt.Errorf("there is no folder for the program that trains: %w", err)
	}
	dir, err := os.MkdirTemp(filepath.Dir(path), "building-")
	if err != nil {
		return "", fmt.Errorf("the program that trains can't be built: %w", err)
	}
	defer os.RemoveAll(dir)
	begun := time.Now()
	built := filepath.Join(dir, "vaetrain")
	args := append(slices.Clone(goCommand), "build", "-buildvcs=false", "-o", built, "./cmd/vaetrain")
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir, cmd.Env = root, append(slices.Clip(env), "GOWORK=off") // a workspace above the clone doesn't name it
	if said, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("the program that trains can't be built from %s: %w: %s", filepath.Join(root, "cmd", "vaetrain"), err, said)
	}
	// Its time is when building began: what is changed while it is built is newer.
	return path, errors.Join(os.Chtimes(built, begun, begun), os.Rename(built, path))
}

// newest is when the sources were last changed. A folder's own time tells of files that are gone.
func newest(root string) (last time.Time, err error) {
	for _, source := range Sources {
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
