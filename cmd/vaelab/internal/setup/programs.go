package setup

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"

	"vaelab/vaelib/words"
)

// Programs that the kernel calls, as packages of the nested module in cmd/vaelab/tools.
const (
	gonbPackage      = "github.com/janpfeifer/gonb"
	goimportsPackage = "golang.org/x/tools/cmd/goimports"
	goplsPackage     = "golang.org/x/tools/gopls"
)

// program builds packages of the tools module into a folder. They are plain Go, and build on machines with no C compiler.
func (l Layout) program(g GoTool, bin, name, title string, packages ...string) (*Step, error) {
	s := &Step{Name: name, Title: title, Inputs: append([]string{l.Root, g.Path, g.Version}, packages...)}
	for _, file := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(l.tools(), file))
		if err != nil {
			return nil, words.Errorf("the clone is not whole: %w: restore it with git checkout", err)
		}
		s.Inputs = append(s.Inputs, string(text))
	}
	for _, p := range packages {
		s.Products = append(s.Products, filepath.Join(bin, filepath.Base(p)))
	}
	s.Check = starts(s.Products...)
	s.Make = func(ctx context.Context, log *Log) error {
		return log.goTool(ctx, l.tools(), g.plain(), g, buildArgs(bin+string(filepath.Separator), packages...)...)
	}
	return s, nil
}

func buildArgs(out string, packages ...string) []string {
	return append([]string{"build", "-buildvcs=false", "-tags=" + noC, noDebug, "-ldflags=-s -w", "-o", out}, packages...)
}

func (l Layout) gonb(g GoTool) (*Step, error) {
	return l.program(g, l.Bin(), "gonb", words.Say("Go kernel (GoNB, goimports)"), gonbPackage, goimportsPackage)
}

// gopls only completes and explains code, and takes the longest to build: it comes after the page is up. The kernel finds
// standby in its place, which starts it when it is asked for, tied to the kernel, so that none is left when a kernel dies.
func (l Layout) gopls(g GoTool) (*Step, error) {
	bin := l.Under("gopls") // on nobody's PATH: a kernel must not find it untied
	s, err := l.program(g, bin, "gopls", words.Say("gopls, which completes code (kernels started from now on use it)"), goplsPackage)
	if err != nil {
		return nil, err
	}
	s.Spare = true
	s.Inputs = append(s.Inputs, bin, l.standby())
	tied := filepath.Join(l.KernelBin(), "gopls")
	s.Products = append(s.Products, tied)
	build := s.Make
	s.Make = func(ctx context.Context, log *Log) error {
		if err := build(ctx, log); err != nil {
			return err
		}
		script := fmt.Sprintf("#!/bin/sh\nexec '%s' '%s' '%s' \"$@\"\n", l.tie(), l.standby(), filepath.Join(bin, "gopls"))
		if err := WriteFile(tied, []byte(script)); err != nil {
			return err
		}
		return os.Chmod(tied, 0o755)
	}
	return s, nil
}

// tie is the program that ends others with their parents.
func (l Layout) tie() string { return filepath.Join(l.KernelBin(), "tie") }

// standby is the program that starts gopls when somebody asks for it.
func (l Layout) standby() string { return filepath.Join(l.KernelBin(), "standby") }

// seat is the program that gives the kernel's user a place of his own.
func (l Layout) seat() string { return filepath.Join(l.KernelBin(), "seat") }

// kernelTools is the step that builds what stands between Jupyter, the kernel and the programs that it starts; see the comments of
// each.
func (l Layout) kernelTools(g GoTool) (*Step, error) {
	packages := map[string]string{
		"cmd/vaelab/internal/cellgo":    filepath.Join(l.KernelBin(), "go"),
		"cmd/vaelab/internal/standby":   l.standby(),
		"cmd/vaelab/internal/tie":       l.tie(),
		"cmd/vaelab/internal/seat":      l.seat(),
		"cmd/vaelab/internal/twocaches": filepath.Join(l.KernelBin(), "twocaches"),
	}
	folders := slices.Sorted(maps.Keys(packages))
	s := &Step{Name: "cellgo", Title: words.Say("Quick building of cells"), Inputs: []string{l.Root, g.Path, g.Version}}
	for _, folder := range folders {
		s.Products = append(s.Products, packages[folder])
	}
	for _, folder := range append(folders, "vaelib/places", "vaelib/words") { // the rooms that they link
		sources, err := os.ReadDir(filepath.Join(l.Root, folder))
		if err != nil {
			return nil, words.Errorf("the clone is not whole: %w: restore it with git checkout", err)
		}
		for _, source := range sources {
			if filepath.Ext(source.Name()) != ".go" {
				continue
			}
			text, err := os.ReadFile(filepath.Join(l.Root, folder, source.Name()))
			if err != nil {
				return nil, words.Errorf("the clone is not whole: %w: restore it with git checkout", err)
			}
			s.Inputs = append(s.Inputs, string(text))
		}
	}
	turns := filepath.Join(l.KernelBin(), "turns")
	for i := range runtime.GOMAXPROCS(0) { // as many cells are built at once, whoever's they are
		s.Products = append(s.Products, filepath.Join(turns, strconv.Itoa(i)))
	}
	s.Inputs = append(s.Inputs, s.Products[len(folders):]...)
	s.Make = func(ctx context.Context, log *Log) error {
		if err := makeTurns(turns, s.Products[len(folders):]); err != nil {
			return err
		}
		for _, folder := range folders {
			if err := log.goTool(ctx, l.Root, g.plain(), g, buildArgs(packages[folder], "./"+folder)...); err != nil {
				return err
			}
		}
		return nil
	}
	s.Check = starts(l.tie(), l.seat(), l.standby()) // go asks for the real go command
	return s, nil
}

// makeTurns makes the files that cellgo takes turns by. Whoever reads the clone can lock one.
func makeTurns(folder string, files []string) error {
	err := errors.Join(os.RemoveAll(folder), os.MkdirAll(folder, 0o755))
	for _, file := range files {
		err = errors.Join(err, os.WriteFile(file, nil, 0o444))
	}
	return err
}

// starts is a check that programs can be started; how they end doesn't matter.
func starts(programs ...string) func(context.Context, *Log) error {
	return func(ctx context.Context, _ *Log) error {
		for _, program := range programs {
			var exit *exec.ExitError
			if err := exec.CommandContext(ctx, program, "-h").Run(); err != nil && !errors.As(err, &exit) {
				return words.Errorf("%s was built, but doesn't start: %w", program, err)
			}
		}
		return nil
	}
}
