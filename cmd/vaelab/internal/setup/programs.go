package setup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// Programs that the kernel calls, as packages of the nested module in cmd/vaelab/tools.
const (
	gonbPackage      = "github.com/janpfeifer/gonb"
	goimportsPackage = "golang.org/x/tools/cmd/goimports"
	goplsPackage     = "golang.org/x/tools/gopls"
)

// program builds packages of the tools module into .vaelab/bin. They are plain Go, and build on machines with no C compiler.
func (l Layout) program(g GoTool, name, title string, packages ...string) (*Step, error) {
	s := &Step{Name: name, Title: title, Inputs: append([]string{l.Root, g.Path, g.Version}, packages...)}
	for _, file := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(l.tools(), file))
		if err != nil {
			return nil, fmt.Errorf("the clone is not whole: %w: restore it with git checkout", err)
		}
		s.Inputs = append(s.Inputs, string(text))
	}
	for _, p := range packages {
		s.Products = append(s.Products, filepath.Join(l.Bin(), filepath.Base(p)))
	}
	s.Make = func(ctx context.Context, log *Log) error {
		return log.goTool(ctx, l.tools(), plain(), g, buildArgs(l.Bin()+string(filepath.Separator), packages...)...)
	}
	return s, nil
}

// plain is the environment in which these programs are built, whatever the user has set.
func plain() []string {
	return Environ(map[string]string{"GOWORK": "off", "GOFLAGS": "", "GOEXPERIMENT": ""})
}

func buildArgs(out string, packages ...string) []string {
	return append([]string{"build", "-buildvcs=false", "-tags=" + noC, "-ldflags=-s -w", "-o", out}, packages...)
}

func (l Layout) gonb(g GoTool) (*Step, error) {
	return l.program(g, "gonb", "Go kernel (GoNB, goimports)", gonbPackage, goimportsPackage)
}

// gopls only completes and explains code, and takes the longest to build: it comes after the page is up.
func (l Layout) gopls(g GoTool) (*Step, error) {
	s, err := l.program(g, "gopls", "gopls, which completes code (kernels started from now on use it)", goplsPackage)
	if s != nil {
		s.Spare = true
	}
	return s, err
}

// cellGo is the step that builds what stands before the go command for cells; see its own comment.
func (l Layout) cellGo(g GoTool) (*Step, error) {
	const folder = "cmd/vaelab/internal/cellgo"
	source, err := os.ReadFile(filepath.Join(l.Root, folder, "main.go"))
	if err != nil {
		return nil, fmt.Errorf("the clone is not whole: %w: restore it with git checkout", err)
	}
	program := filepath.Join(l.KernelBin(), "go")
	return &Step{
		Name: "cellgo", Title: "Quick building of cells", Spare: true,
		Inputs:   []string{l.Root, g.Path, g.Version, string(source)},
		Products: []string{program},
		Make: func(ctx context.Context, log *Log) error {
			return log.goTool(ctx, l.Root, plain(), g, buildArgs(program, "./"+folder)...)
		},
	}, nil
}
