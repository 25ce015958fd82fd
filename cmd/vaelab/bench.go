package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/cmd/vaelab/internal/peerbench"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/engine/program"
	"vaelab/vaelib/words"
)

// Parts of the measurement, in their order.
var parts = []string{"training", "sweep", "estimators", "cells", "go"}

// benchFlags are the flags of bench.
type benchFlags struct {
	peers, sample, growth bool
	pairs                 int
	pictures, json        string
	backend               backendFlag
}

func (x *benchFlags) declare(f *flag.FlagSet) {
	f.BoolVar(&x.peers, "peers", false, words.Text("installs JAX and NumPy for it, into .vaelab/peers"))
	f.IntVar(&x.pairs, "pairs", 5, words.Text("`N` turns of each, and seeds of the training (default: 5)"))
	f.BoolVar(&x.sample, "sample", false, words.Text("train on the sample, though the full Fashion-MNIST is there"))
	f.BoolVar(&x.growth, "growth", false, words.Text("measure and draw how time and memory grow, instead of the rest"))
	f.StringVar(&x.pictures, "pictures", "", words.Text("folder `DIR` to draw them into (default: docs/pictures)"))
	f.StringVar(&x.json, "json", "", words.Text("write all numbers to `FILE`"))
	x.backend.declare(f)
}

// measure runs the course's programs and their peers in turns, prints a table and writes it as JSON.
func measure(ctx context.Context, layout setup.Layout, args []string) error {
	if len(args) > 0 && args[0] == "start" {
		return measureStart(ctx, layout, args[1:])
	}
	if len(args) > 0 && args[0] == "class" {
		return measureClass(ctx, layout, args[1:])
	}
	var x benchFlags
	words, err := parse("bench", &x, args)
	if err != nil {
		return err
	}
	if x.pictures == "" {
		x.pictures = filepath.Join(layout.Root, "docs", "pictures")
	}
	for _, w := range words {
		if !slices.Contains(parts, w) {
			return usage(fmt.Errorf("%q can't be measured: %s can, or start or class alone", w, strings.Join(parts, ", ")))
		}
	}
	if x.pairs < 1 {
		return usage(fmt.Errorf("-pairs %d: at least one turn of each is needed", x.pairs))
	}
	if len(words) == 0 && !x.growth {
		words = parts
	}
	tell := newConsole()
	leaveOut := func(part, why string) {
		if i := slices.Index(words, part); i >= 0 {
			words = slices.Delete(slices.Clone(words), i, i+1)
			tell.Say(why)
		}
	}
	if !layout.HasKernel() { // measuring alone is no reason to install it
		leaveOut("cells", "The lab isn't set up, so no cells are measured: go run ./cmd/vaelab setup makes it.")
	}
	made, err := ready(ctx, layout, x.backend.wish, setup.Options{Jupyter: slices.Contains(words, "cells")}, tell)
	if err != nil {
		return err
	}
	if made.Backend.Env["GOMLX_BACKEND"] == setup.PureGo {
		leaveOut("go", "Without XLA there is nothing to compare pure Go with, so that part is left out.")
	}
	bench, err := made.Build(ctx, program.Bench, tell)
	if err != nil {
		return err
	}
	if x.peers {
		if err := made.BuildPeers(ctx, tell); err != nil {
			return err
		}
	}
	dir, err := os.MkdirTemp("", "vaelab-bench-")
	if err != nil {
		return fmt.Errorf("there is no room for the images: %w", err)
	}
	defer os.RemoveAll(dir)
	course := peerbench.Course{
		Ours: peerbench.Contestant{Name: "vaebench", Command: []string{bench}, Env: setup.Environ(made.TrainerEnv())},
		Env:  setup.Environ(nil), Dir: dir, Pairs: x.pairs, Sample: x.sample, Say: tell.Say,
		Kernel: notebook.Options{
			Python: layout.Python(), Timeout: 10 * time.Minute,
			Env: append(made.JupyterEnv(), "VAELAB_RUNS="+filepath.Join(dir, "runs")), // the cells' model isn't kept
		},
	}.Full()
	if slices.Contains(words, "go") && runtime.GOARCH == "amd64" { // elsewhere GoMLX has no vector instructions
		if course.SIMD, err = withSIMD(ctx, made); err != nil {
			tell.Say(err.Error())
		}
	}
	report := peerbench.Report{
		Date: time.Now(), Machine: peerbench.ThisMachine(), Backend: made.Backend.Words,
		Command: strings.Join(append([]string{"go run ./cmd/vaelab bench"}, args...), " "),
	}
	if python, version := made.Peers(); python != "" {
		course.Python, report.Peer = []string{python}, version
	} else {
		tell.Say("There is no JAX to compare with: go run ./cmd/vaelab bench -peers installs it into .vaelab/peers (about 600 MB).")
	}
	if err := course.Prepare(ctx, &report); err != nil {
		return err
	}
	if !report.Data.Whole {
		tell.Say("The full Fashion-MNIST isn't on this machine, so training is measured on the sample of 10,000 images.")
	}
	for _, w := range parts {
		if !slices.Contains(words, w) {
			continue
		}
		part := map[string]func(context.Context, *peerbench.Report) error{
			"training": course.Training, "sweep": course.Sweeping, "estimators": course.Estimating,
			"cells": course.Kernels, "go": course.PureGo,
		}[w]
		if err := part(ctx, &report); err != nil {
			return err
		}
	}
	if x.growth {
		if err := course.Growth(ctx, &report, x.pictures); err != nil {
			return err
		}
		tell.Say("The pictures are in " + x.pictures)
	}
	fmt.Println(report.Table())
	return writeReport(report, x.json)
}

// writeReport writes all numbers as JSON; "" is no file.
func writeReport(report any, path string) error {
	if path == "" {
		return nil
	}
	text, err := json.MarshalIndent(report, "", "  ")
	if err == nil {
		err = os.WriteFile(path, append(text, '\n'), 0o644)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("the report can't be written"), err)
	}
	return nil
}

// withSIMD builds the program that measures with vector instructions for the pure Go backend, as a kernel without XLA does.
func withSIMD(ctx context.Context, made *setup.Lab) (peerbench.Contestant, error) {
	env := made.TrainerEnv()
	env["GOEXPERIMENT"] = "simd"
	path, err := program.Bench.Ready(ctx, []string{made.Host.Go.Path}, made.Root, setup.Environ(env))
	if err != nil {
		return peerbench.Contestant{}, fmt.Errorf("pure Go isn't measured with SIMD: %w", err)
	}
	return peerbench.Contestant{Name: "vaebench with SIMD", Command: []string{path}, Env: setup.Environ(made.TrainerEnv())}, nil
}
