package program

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vaelab/vaelib/places/placestest"
)

// clone is a clone whose program says a word.
func clone(t *testing.T, word string) string {
	t.Helper()
	t.Setenv("GOFLAGS", "")
	t.Setenv("GOEXPERIMENT", "")
	t.Setenv("GOWORK", "off")
	root := t.TempDir()
	for _, dir := range []string{"datasets", "vaelib/run", "cmd/vaecompute", "cmd/internal"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	write(t, root, "go.mod", "module vaelab\n\ngo 1.26\n")
	write(t, root, "go.sum", "")
	write(t, root, "vaelib/run/run.go", "package run\n")
	says(t, root, word)
	return root
}

func says(t *testing.T, root, word string) {
	t.Helper()
	write(t, root, "cmd/vaecompute/main.go", "package main\n\nfunc main() { print(\""+word+"\") }\n")
}

func write(t *testing.T, root, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// ready gives what the program says, and when it was built.
func ready(t *testing.T, root string) (said string, built time.Time) {
	t.Helper()
	path, err := Compute.Ready(t.Context(), []string{"go"}, root, os.Environ())
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(path).CombinedOutput()
	if err != nil {
		t.Fatal(err)
	}
	return string(out), info.ModTime()
}

// The program is built when it is missing, left alone while nothing changes, and built anew when a source is changed,
// comes or goes.
func TestTheProgramIsAsNewAsItsSources(t *testing.T) {
	root := clone(t, "one")
	said, first := ready(t, root)
	if said != "one" {
		t.Errorf("it says %q", said)
	}
	if _, again := ready(t, root); !again.Equal(first) {
		t.Error("it is built again though nothing has changed")
	}
	says(t, root, "two")
	said, second := ready(t, root)
	if said != "two" || !second.After(first) {
		t.Errorf("after a change it says %q, built %v after the first", said, second.Sub(first))
	}
	if err := os.Remove(filepath.Join(root, "vaelib/run/run.go")); err != nil {
		t.Fatal(err)
	}
	if _, third := ready(t, root); !third.After(second) {
		t.Error("a source is gone, and the program is the old one")
	}
	left, err := filepath.Glob(filepath.Join(root, ".vaelab", "worker", "building-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// A source that doesn't compile is an error with the compiler's words, and the old program stays.
func TestAProgramThatCantBeBuilt(t *testing.T) {
	root := clone(t, "one")
	ready(t, root)
	write(t, root, "cmd/vaecompute/main.go", "package main\n\nfunc main() { typo() }\n")
	if _, err := Compute.Ready(t.Context(), []string{"go"}, root, os.Environ()); err == nil || !strings.Contains(err.Error(), "undefined: typo") || !strings.Contains(err.Error(), "cmd/vaecompute") {
		t.Errorf("the error is %v", err)
	}
	if out, err := exec.Command(Compute.Path(root, os.Environ())).CombinedOutput(); err != nil || string(out) != "one" {
		t.Errorf("the old program says %q, %v", out, err)
	}
	if err := os.RemoveAll(filepath.Join(root, "datasets")); err != nil {
		t.Fatal(err)
	}
	if _, err := Compute.Ready(t.Context(), []string{"go"}, root, os.Environ()); err == nil || !strings.Contains(err.Error(), "sources") {
		t.Errorf("the error is %v", err)
	}
}

// Builds that link other things lie side by side, in one folder.
func TestPaths(t *testing.T) {
	seen := map[string]bool{}
	for _, env := range [][]string{nil, {"GOEXPERIMENT=simd"}, {"CGO_ENABLED=0"}, {"CGO_ENABLED=0", "GOEXPERIMENT=simd"}} {
		path := Compute.Path("/clone", env)
		if seen[path] || filepath.Dir(path) != "/clone/.vaelab/worker" {
			t.Errorf("with %v it lies in %s", env, path)
		}
		seen[path] = true
	}
	if Compute.Path("/clone", []string{"GOEXPERIMENT=simd", "GOEXPERIMENT=", "CGO_ENABLED=1"}) != Compute.Path("/clone", nil) {
		t.Error("it isn't the last setting that counts")
	}
}

// What counts is what the sources say: neither when they were written, nor tests, nor catalogues of translations.
func TestContentsCount(t *testing.T) {
	root := clone(t, "one")
	_, first := ready(t, root)
	later, earlier := time.Now().Add(time.Hour), time.Now().Add(-24*time.Hour)
	source := filepath.Join(root, "cmd/vaecompute/main.go")
	if err := os.Chtimes(source, later, later); err != nil {
		t.Fatal(err)
	}
	write(t, root, "vaelib/run/run_test.go", "package run\n")
	write(t, root, "vaelib/run/some.po", "")
	if _, again := ready(t, root); !again.Equal(first) {
		t.Error("it is built again though no source says anything new")
	}
	if note, err := os.ReadFile(noteOf(Compute.Path(root, os.Environ()))); err != nil || !strings.Contains(string(note), "look") {
		t.Fatalf("%s, %v", note, err)
	}
	says(t, root, "two")
	if err := os.Chtimes(source, earlier, earlier); err != nil { // as where a clone is copied with its times
		t.Fatal(err)
	}
	if said, _ := ready(t, root); said != "two" {
		t.Errorf("after a change that looks older it says %q", said)
	}
	for name, damage := range map[string]func(note string) error{
		"no note":      os.Remove,
		"a cut note":   func(note string) error { return os.Truncate(note, 9) },
		"another note": func(note string) error { return os.WriteFile(note, []byte(`{"contents":"1","look":"2"}`), 0o644) },
	} {
		says(t, root, name)
		ready(t, root)
		if err := damage(noteOf(Compute.Path(root, os.Environ()))); err != nil {
			t.Fatal(err)
		}
		if _, is, err := Compute.Find(root, os.Environ()); is || err != nil {
			t.Errorf("%s: it counts as new, %v", name, err)
		}
		if said, _ := ready(t, root); said != name {
			t.Errorf("%s: it says %q", name, said)
		}
	}
}

// theirs makes a clone in dir with its program, of which the files' times are others than those that were noted.
func theirs(t *testing.T, dir string) {
	root := clone(t, "one")
	ready(t, root)
	if err := os.CopyFS(dir, os.DirFS(root)); err != nil {
		t.Fatal(err)
	}
}

// In a clone that the user can't write, a program that is as its sources are is used.
func TestAProgramOfAnothers(t *testing.T) {
	placestest.AsOther(t, func(dir string) { theirs(t, dir) }, func(root string) {
		path, err := Compute.Ready(t.Context(), []string{"go"}, root, os.Environ())
		if out, failed := exec.Command(path).CombinedOutput(); err != nil || failed != nil || string(out) != "one" {
			t.Errorf("it says %q, %v, %v", out, failed, err)
		}
	})
}

// Of one that isn't a sentence tells.
func TestAStaleProgramOfAnothers(t *testing.T) {
	placestest.AsOther(t, func(dir string) { theirs(t, dir); says(t, dir, "two") }, func(root string) {
		_, err := Compute.Ready(t.Context(), []string{"go"}, root, os.Environ())
		var stale *StaleError
		if !errors.As(err, &stale) || stale.Root != root || !strings.Contains(err.Error(), "vaelab setup") || !errors.Is(err, fs.ErrPermission) {
			t.Errorf("the error is %v", err)
		}
	})
}
