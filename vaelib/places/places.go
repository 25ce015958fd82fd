// Package places knows the places of the course on this machine: its clone, and in it the runs, the caches and XLA's plugin.
// A clone may be for a class, whose learners can read it and no more: what they keep is in a folder of their own then, and what the
// clone's owner has trained is found in the clone.
//
// The clone is, in this order, the one that VAELAB_ROOT names, which the lab's kernel sets; the one that this program's
// course packages were built from, as Go notes it in the program; and the one around the working directory. So a
// notebook of the lab keeps what it trains in the clone's .vaelab wherever the notebook lies, and so does a program of
// one's own that has a clone in its go.mod.
//
// The room needs nothing but the standard library and package words, and keeps nothing in mind: it looks at each call. So several goroutines
// may call it at once.
package places

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"vaelab/vaelib/words"
)

func init() { words.Clone = Clone } // catalogues lie in the clone

// The environment variables that say where things are.
const (
	RootEnv = "VAELAB_ROOT" // the clone
	RunsEnv = "VAELAB_RUNS" // the folder that keeps runs
	OwnEnv  = "VAELAB_OWN"  // the user's own folder, where he can't write the clone

	TemporaryEnv = "VAELAB_TEMPORARY" // why that folder is one that will be gone some day; "" where it stays
)

// Module is the course's module, by which a clone is known.
const Module = "vaelab"

// ErrNoClone is the answer where there is no clone of the course.
var ErrNoClone = words.Errorf("there is no clone of the course")

// Clone is the absolute path of the course's clone, or an error that is ErrNoClone. A VAELAB_ROOT that names no clone is an
// error of its own: nothing else is put in its place.
func Clone() (string, error) {
	if named := os.Getenv(RootEnv); named != "" {
		root, err := filepath.Abs(named)
		if err != nil {
			return "", err
		}
		is, err := isClone(root)
		if err == nil && !is {
			err = words.Errorf("there is no go.mod of the course in it")
		}
		if err != nil {
			return "", words.Errorf("%s is %s, which is not a clone of the course (was it moved?): start the lab again, or set the variable to the clone's folder: %w", RootEnv, named, err)
		}
		return root, nil
	}
	if built, ok := builtFrom(); ok {
		return built, nil
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", words.Errorf("the working directory can't be read: %w", err)
	}
	return Around(dir)
}

// Around is the nearest folder from dir upward whose go.mod declares the course's module, or an error that is ErrNoClone.
// Links are followed first: a folder of notebooks may be one.
func Around(dir string) (string, error) {
	start, err := filepath.Abs(dir)
	if err == nil {
		start, err = filepath.EvalSymlinks(start)
	}
	if err != nil {
		return "", words.Errorf("the folder %s can't be read: %w", dir, err)
	}
	for at := start; ; at = filepath.Dir(at) {
		is, err := isClone(at)
		if err != nil {
			return "", err
		}
		if is {
			return at, nil
		}
		if at == filepath.Dir(at) {
			return "", words.Errorf("%w around %s", ErrNoClone, start)
		}
	}
}

func isClone(dir string) (bool, error) {
	text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, words.Errorf("go.mod in %s can't be read: %w", dir, err)
	}
	for line := range strings.Lines(string(text)) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "module "); ok {
			name, _, _ = strings.Cut(name, "//")
			return strings.Trim(strings.TrimSpace(name), `"`) == Module, nil
		}
	}
	return false, nil
}

// builtFrom is the folder with which this program's go.mod replaces the course's module.
func builtFrom() (string, bool) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "", false
	}
	for _, m := range info.Deps {
		if m.Path == Module && m.Replace != nil && filepath.IsAbs(m.Replace.Path) {
			is, err := isClone(m.Replace.Path)
			return m.Replace.Path, err == nil && is
		}
	}
	return "", false
}

// Lab is the folder in a clone that holds all that is made there.
func Lab(clone string) string { return filepath.Join(clone, ".vaelab") }

// Own is the folder in which a user keeps what is made of a clone: .vaelab in it, or where he can't write that, the one that
// VAELAB_OWN names, else one in his cache.
func Own(clone string) (string, error) {
	if Writable(clone) {
		return Lab(clone), nil
	}
	return own()
}

// Writable reports whether the user can write, or make, .vaelab in a clone.
func Writable(clone string) bool {
	lab := Lab(clone)
	if _, err := os.Stat(lab); errors.Is(err, fs.ErrNotExist) {
		return mayWrite(clone)
	}
	return mayWrite(lab)
}

func own() (string, error) {
	if dir := os.Getenv(OwnEnv); dir != "" {
		return filepath.Abs(dir)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", words.Errorf("there is no folder to keep things in: set %s to one: %w", OwnEnv, err)
	}
	return filepath.Join(cache, Module), nil
}

// Runs is the folder that keeps runs and the learner's progress: the one that VAELAB_RUNS names, else runs in [Own] of the
// clone, else, for a program without a clone, a folder in the user's cache.
func Runs() (string, error) {
	if os.Getenv(RunsEnv) != "" {
		return RunsOf("") // no clone is asked for
	}
	clone, err := Clone()
	if err == nil {
		return RunsOf(clone)
	}
	if !errors.Is(err, ErrNoClone) {
		return "", err
	}
	dir, err := own()
	return filepath.Join(dir, runs), err
}

// RunsOf is the folder that keeps a clone's runs: the one that VAELAB_RUNS names, else runs in [Own].
func RunsOf(clone string) (string, error) {
	if dir := os.Getenv(RunsEnv); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := Own(clone)
	return filepath.Join(dir, runs), err
}

const runs = "runs"

// Shared is the folder of runs in the clone, where they are another's to keep and the user keeps his own in the folder root: "" where
// there is none, and for any other folder, such as one that VAELAB_RUNS names.
func Shared(root string) string {
	if os.Getenv(RunsEnv) != "" {
		return ""
	}
	clone, err := Clone()
	if err != nil || Writable(clone) {
		return ""
	}
	if mine, err := RunsOf(clone); err != nil || mine != root {
		return ""
	}
	return filepath.Join(Lab(clone), runs)
}

// Plugin is the XLA plugin that the set-up has put into the clone, "" where there is none. A VAELAB_ROOT that names no
// clone is an error here too.
func Plugin() (string, error) {
	clone, err := Clone()
	if errors.Is(err, ErrNoClone) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	folder := PluginsIn(clone)
	found, err := fs.Glob(os.DirFS(folder), "*.so") // the clone's own path is no pattern
	if err != nil || len(found) == 0 {
		return "", nil // the only error is a bad pattern
	}
	return filepath.Join(folder, found[0]), nil
}

// Class is the folder in a clone by which it is known to be a class's, and which has what learners share.
func Class(clone string) string { return filepath.Join(Lab(clone), "class") }

// PluginsIn is the folder of a clone's XLA plugin for the CPU.
func PluginsIn(clone string) string { return filepath.Join(Lab(clone), "xla") }
