package setup

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"vaelab/vaelib/engine/program"
)

// libraries downloads the modules that cells use and compiles them with the kernel's settings, so that the first
// cell is quick and needs no network. A library that doesn't compile is no reason to keep the lab shut.
func (l Layout) libraries(g GoTool, env map[string]string) (*Step, error) {
	s := &Step{
		Name:  strings.TrimSuffix("libraries-"+env["GOEXPERIMENT"], "-"), // each setting has its own build cache
		Title: "Go packages of the course (until they are there, cells take long to build)",
		Spare: true,
		Inputs: []string{l.Root, g.Path, g.Version, g.Cache, g.ModCache, env["GOFLAGS"], env["GOEXPERIMENT"], env["CGO_ENABLED"],
			fmt.Sprint(g.CCompiler != "")},
	}
	for _, file := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(l.Root, file))
		if err != nil {
			return nil, fmt.Errorf("the clone is not whole: %w: restore it with git checkout", err)
		}
		s.Inputs = append(s.Inputs, string(text))
		if file == "go.mod" {
			s.Products = moduleFolders(g.ModCache, string(text))
		}
	}
	env = maps.Clone(env)
	env["GOWORK"] = "off" // a workspace above the clone doesn't name it
	s.Make = func(ctx context.Context, log *Log) error {
		if err := log.run(ctx, l.Root, Environ(env), g.Path, "mod", "download"); err != nil {
			return err
		}
		// Export data is all that a cell's build needs of a package; nothing is linked.
		if err := log.run(ctx, l.Root, Environ(env), g.Path, "build", "./datasets/...", "./vaelib/..."); err != nil {
			return err
		}
		// Cells let a program of its own train and compute.
		if _, err := program.Ready(ctx, g.Path, l.Root, Environ(env)); err != nil {
			return err
		}
		return l.rehearse(ctx, log, g, env)
	}
	return s, nil
}

// rehearse does once what every kernel does, in a module of its own that requires this one: go get, for all packages
// that the course itself imports. Go asks its checksum database about modules that such a module has no sums for, and
// keeps the answers; afterwards cells need no network, under the lab's kernel and a stock one.
func (l Layout) rehearse(ctx context.Context, log *Log, g GoTool, env map[string]string) error {
	list := exec.CommandContext(ctx, g.Path, "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{$.ImportPath}}{{end}}{{end}}",
		"./datasets/...", "./vaelib/...")
	list.Dir, list.Env, list.Stderr = l.Root, Environ(env), log
	packages, err := list.Output()
	if err != nil {
		return &toolError{tool: "go list", said: log.Tail(), err: err}
	}
	dir, err := os.MkdirTemp("", "vaelab-rehearsal-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	source := "package main\n\nimport (\n"
	for _, p := range strings.Fields(string(packages)) {
		if !slices.Contains(strings.Split(p, "/"), "internal") {
			source += fmt.Sprintf("\t_ %q\n", p)
		}
	}
	source += ")\n\nfunc main() {}\n"
	goMod := fmt.Sprintf("module rehearsal\n\ngo %s\n\nrequire vaelab v0.0.0\n\nreplace vaelab => %q\n", minGo, l.Root)
	if err := writeFile(filepath.Join(dir, "main.go"), []byte(source)); err != nil {
		return err
	}
	if err := writeFile(filepath.Join(dir, "go.mod"), []byte(goMod)); err != nil {
		return err
	}
	return log.run(ctx, dir, Environ(env), g.Path, "get", ".")
}

// moduleFolders are files by which a cleaned module cache is noticed: the go.mod of the two largest modules.
func moduleFolders(cache, goMod string) []string {
	var files []string
	for _, name := range []string{"github.com/gomlx/gomlx", "github.com/janpfeifer/gonb"} {
		for line := range strings.Lines(goMod) {
			if f := strings.Fields(line); len(f) >= 2 && f[0] == name {
				files = append(files, filepath.Join(cache, filepath.FromSlash(name)+"@"+f[1], "go.mod"))
			}
		}
	}
	return files
}
