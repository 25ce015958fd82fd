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
	"vaelab/vaelib/words"
)

// firstPackages are what the first figure of the first notebook needs: it shows pictures, and nothing is trained yet.
var firstPackages = []string{"./datasets", "./vaelib/figure", "./vaelib/show"}

// trainedPackages are what a cell needs, besides the program that trains, to train a model and to draw it.
var trainedPackages = []string{"./vaelib/exercise", "./vaelib/lab"}

// libraries are the steps that compile what cells use, with the kernel's settings, so that cells are quick and need no
// network: first what the first cells need, one step after the other. A library that doesn't compile is no reason to
// keep the lab shut.
func (l Layout) libraries(g GoTool, env map[string]string) (steps []*Step, err error) {
	sources, err := program.Compute.Digest(l.Root) // all that cells use, too, and the list of modules
	if err != nil {
		return nil, err
	}
	inputs := []string{l.Root, g.Path, g.Version, g.Cache, g.ModCache, env["GOFLAGS"], env["GOEXPERIMENT"], env["CGO_ENABLED"],
		fmt.Sprint(g.CCompiler != ""), sources}
	goMod, err := os.ReadFile(filepath.Join(l.Root, "go.mod"))
	if err != nil {
		return nil, words.Errorf("the clone is not whole: %w: restore it with git checkout", err)
	}
	modules := moduleFolders(g.ModCache, string(goMod))
	env = maps.Clone(env)
	env["GOWORK"] = "off" // a workspace above the clone doesn't name it
	// Export data is all that a cell's build needs of a package; nothing is linked.
	compile := func(ctx context.Context, log *Log, packages ...string) error {
		return log.goTool(ctx, l.Root, Environ(env), g, append([]string{"build"}, packages...)...)
	}
	worker := program.Compute.Path(l.Root, Environ(env))
	for _, s := range []*Step{
		{Name: "first-cells", Title: words.Say("Go packages of the first cells (until they are there, cells take long to build)"),
			Make: func(ctx context.Context, log *Log) error { return compile(ctx, log, firstPackages...) }},
		{Name: "trainer", Title: words.Say("The program that trains"), Products: []string{worker},
			Make: func(ctx context.Context, log *Log) error {
				if err := compile(ctx, log, trainedPackages...); err != nil {
					return err
				}
				_, err := program.Compute.Ready(ctx, gently(g.Path), l.Root, Environ(env))
				return err
			}},
		{Name: "libraries", Title: words.Say("Go packages of the course"), Products: modules,
			Make: func(ctx context.Context, log *Log) error {
				if err := log.goTool(ctx, l.Root, Environ(env), g, "mod", "download"); err != nil {
					return err
				}
				if err := compile(ctx, log, "./datasets/...", "./vaelib/..."); err != nil {
					return err
				}
				return l.rehearse(ctx, log, g, env)
			}},
	} {
		s.Needs = []string{"gonb"} // which compiles much of the same
		if len(steps) > 0 {
			s.Needs = []string{steps[len(steps)-1].Name}
		}
		s.Name = strings.TrimSuffix(s.Name+"-"+env["GOEXPERIMENT"], "-") // each setting has its own build cache
		s.Inputs, s.Spare = inputs, true
		steps = append(steps, s)
	}
	return steps, nil
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
	if err := WriteFile(filepath.Join(dir, "main.go"), []byte(source)); err != nil {
		return err
	}
	if err := WriteFile(filepath.Join(dir, "go.mod"), []byte(goMod)); err != nil {
		return err
	}
	return log.goTool(ctx, dir, Environ(env), g, "get", ".")
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
