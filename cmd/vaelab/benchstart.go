package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"vaelab/cmd/vaelab/internal/peerbench"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/words"
)

// startFlags are the flags of bench start.
type startFlags struct {
	warm       bool
	keep, json string
	backend    backendFlag
}

func (x *startFlags) declare(f *flag.FlagSet) {
	f.BoolVar(&x.warm, "warm", false, words.Text("a second start, too"))
	f.StringVar(&x.keep, "keep", "", words.Text("keep pictures of the page, and what the lab said, in folder `DIR`"))
	f.StringVar(&x.json, "json", "", words.Text("write all numbers to `FILE`"))
	x.backend.declare(f)
}

// measureStart opens the lab as a newcomer does, in a fresh copy of the clone with empty caches, and looks at it in a
// browser until a first model is trained.
func measureStart(ctx context.Context, layout setup.Layout, args []string) (err error) {
	var x startFlags
	words, err := parse("bench start", &x, args)
	if err != nil {
		return err
	}
	if len(words) > 0 {
		return usage(fmt.Errorf("bench start measures nothing else: leave %s out", strings.Join(words, " ")))
	}
	if _, err := setup.Wish(x.backend.value, ""); err != nil {
		return err
	}
	tell := newConsole()
	dir, err := os.MkdirTemp("", "vaelab-start-")
	if err != nil {
		return fmt.Errorf("there is no room for a copy of the clone: %w", err)
	}
	defer func() { err = errors.Join(err, peerbench.RemoveAll(dir)) }()

	// What drives the browser is compiled with the caches of this clone, before anything is measured.
	goTool, err := exec.LookPath("go")
	if err != nil {
		return fmt.Errorf("there is no go command on PATH: %w", err)
	}
	browse := []string{filepath.Join(dir, "vaebrowse")}
	build := exec.CommandContext(ctx, goTool, "build", "-buildvcs=false", "-o", browse[0], "./cmd/vaebrowse")
	build.Dir = layout.Root
	if said, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("what drives the browser can't be built: %w: %s", err, said)
	}
	opening := peerbench.Opening{
		Clone: filepath.Join(dir, "clone"), Browse: browse, Say: tell.Say,
		Lab: []string{goTool, "run", "./cmd/vaelab", "-no-browser", "-backend", x.backend.value},
	}
	if opening.Env, err = newcomer(ctx, goTool, filepath.Join(dir, "home")); err != nil {
		return err
	}
	if err := peerbench.CopyClone(layout.Root, opening.Clone); err != nil {
		return fmt.Errorf("the clone can't be copied: %w", err)
	}
	logs := layout.Under("logs")
	if x.keep != "" {
		logs = x.keep
		opening.Browse = append(opening.Browse, "-screenshots", x.keep)
	}
	if err := os.MkdirAll(logs, 0o755); err != nil {
		return fmt.Errorf("there is no folder for what the lab says: %w", err)
	}
	report := peerbench.Starts{Date: time.Now(), Machine: peerbench.ThisMachine(),
		Command: strings.Join(append([]string{"go run ./cmd/vaelab bench start"}, args...), " ")}
	names := []string{"from nothing"}
	if x.warm {
		names = append(names, "again")
	}
	for i, name := range names {
		opening.Log = filepath.Join(logs, fmt.Sprintf("start-%d.log", i+1))
		start, err := opening.Once(ctx, name)
		if err != nil {
			return err
		}
		report.Starts = append(report.Starts, start)
	}
	fmt.Println(report.Table())
	return writeReport(report, x.json)
}

// newcomer is the environment of somebody who has never used Go or Python here: a home folder of their own, and no caches.
// How this machine reaches its registries stays as it is.
func newcomer(ctx context.Context, goTool, home string) ([]string, error) {
	said, err := exec.CommandContext(ctx, goTool, "env", "GOENV").Output()
	if err != nil {
		return nil, fmt.Errorf("the go command doesn't run: %w", err)
	}
	at := func(name string) string { return filepath.Join(home, name) }
	env := setup.Environ(map[string]string{
		"HOME": home, "GOENV": strings.TrimSpace(string(said)), "GOPATH": at("go"), "GOMODCACHE": at("go/pkg/mod"), "GOCACHE": at("go-build"),
		"PIP_CACHE_DIR": at("pip"), "XDG_CACHE_HOME": at("cache"), "XDG_CONFIG_HOME": at("config"), "XDG_DATA_HOME": at("data"),
		"XDG_STATE_HOME": at("state"), "GOMLX_BACKEND": "", "VAELAB_RUNS": "",
	})
	return env, os.MkdirAll(home, 0o755)
}
