// Package program finds and builds the programs that link GoMLX, into the clone's .vaelab folder. Each has one
// job, so that none waits for what another needs.
//
// One is built anew when the contents of its sources have changed, so that cells and worker are always of one state; see sources.go.
// Looking for that takes some milliseconds, where asking the go command would take tenths of a second.
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
	"syscall"

	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
)

// Program is one of the programs: [Compute], [Train], [Study], [Bench] or [Site]. The zero Program has no name, and is of no use: its path is
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
	Study   = Program{"vaestudy", words.Mark("the program that trains studies")}
	Bench   = Program{"vaebench", words.Mark("the program that measures")}
	Site    = Program{"vaesite", words.Mark("the program that makes the site")}
	Port    = Program{"vaeport", words.Mark("the program that carries models out and in")}
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

// Find gives the program's path, and whether it is there and made of the sources that are there now.
func (p Program) Find(root string, env []string) (path string, ready bool, err error) {
	path = p.Path(root, env)
	ready, err = p.madeOf(root, path)
	return path, ready, err
}

// Ready gives the program's path, and builds it first where that is needed, with the go command: its name, and before it
// what runs it, if anything does. Whoever runs the old program meanwhile keeps it. Where it is needed in a clone that the user can't
// write, the error is a [*StaleError].
func (p Program) Ready(ctx context.Context, goCommand []string, root string, env []string) (string, error) {
	path, ready, err := p.Find(root, env)
	if ready || err != nil {
		return path, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", p.cant(root, err)
	}
	dir, err := os.MkdirTemp(filepath.Dir(path), "building-")
	if err != nil {
		return "", p.cant(root, err)
	}
	defer os.RemoveAll(dir)
	of, err := p.now(root) // what is changed while it is built is not in it
	if err != nil {
		return "", err
	}
	built := filepath.Join(dir, p.Name)
	args := append(slices.Clone(goCommand), "build", "-buildvcs=false", "-o", built, "./cmd/"+p.Name)
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir, cmd.Env = root, append(slices.Clip(env), "GOWORK=off") // a workspace above the clone doesn't name it
	if said, err := cmd.CombinedOutput(); err != nil {
		return "", words.Errorf("%s can't be built from %s: %w: %s", words.Text(p.Words), filepath.Join(root, "cmd", p.Name), err, said)
	}
	return path, errors.Join(os.Rename(built, path), of.note(path))
}

// StaleError says that a program is missing, or made of other sources than the clone has now, and that the user can't write the clone:
// its owner can.
type StaleError struct {
	Program Program
	Root    string // the clone
	Err     error  // of writing it
}

func (e *StaleError) Error() string {
	return words.Say("%s isn't made of the sources that the clone %s has now, and only whoever owns the clone can change that, by this command in it: go run ./cmd/vaelab setup (%v)",
		words.Text(e.Program.Words), e.Root, e.Err)
}

func (e *StaleError) Unwrap() error { return e.Err }

// cant tells why the program can't be put into its place.
func (p Program) cant(root string, err error) error {
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return &StaleError{p, root, err}
	}
	return words.Errorf("%s can't be built: %w", words.Text(p.Words), err)
}
