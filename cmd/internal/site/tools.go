package site

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// goRun runs the go command in the clone, for the browser, and gives what it prints.
func (b *build) goRun(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, b.Go, args...)
	cmd.Dir = b.Root
	flags := "-mod=readonly -trimpath"
	if b.modfile != "" {
		flags += " -tags=simd128 '-modfile=" + b.modfile + "'"
	}
	cmd.Env = append(b.Env, "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0", "GOEXPERIMENT=", "GOWASM=", "GOFLAGS="+flags)
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return nil, fmt.Errorf("go %s: %w: %s", strings.Join(args, " "), err, bytes.TrimSpace(exit.Stderr))
	}
	return out, err
}

// look finds out which Go this is.
func (b *build) look(ctx context.Context) error {
	out, err := b.goRun(ctx, "env", "GOROOT", "GOVERSION")
	if err != nil {
		return err
	}
	b.goroot, b.manifest.Go, _ = strings.Cut(strings.TrimSpace(string(out)), "\n")
	return nil
}

// tools builds the programs that work in the page's workers.
func (b *build) tools(ctx context.Context) error {
	overlay, skipped, err := overlay(b.goroot, filepath.Join(b.Work, "overlay"))
	if err != nil {
		return err
	}
	for _, file := range skipped {
		b.Tell("(" + file + " of this Go isn't as expected and stays as it is: cells will be built more slowly)")
	}
	for _, t := range []struct {
		name, path string
		into       *file
		args       []string
	}{
		{"compile", "cmd/compile", &b.manifest.Compile, []string{"-overlay", overlay}},
		{"link", "cmd/link", &b.manifest.Link, []string{"-overlay", overlay}},
		{"cells", "./cmd/vaecells", &b.manifest.Cells, nil},
		{"compute", "./cmd/vaecompute", &b.manifest.Compute, nil},
	} {
		data, err := b.program(ctx, t.name, t.path, t.args...)
		if err != nil {
			return err
		}
		if *t.into, err = b.pack(ctx, t.name, data); err != nil {
			return err
		}
	}
	return nil
}

// program builds a program for the browser.
func (b *build) program(ctx context.Context, name, path string, args ...string) ([]byte, error) {
	to := filepath.Join(b.Work, name+".wasm")
	if err := os.MkdirAll(b.Work, 0o755); err != nil {
		return nil, err
	}
	if _, err := b.goRun(ctx, append(append([]string{"build", "-ldflags=-s -w", "-buildvcs=false"}, args...), "-o", to, path)...); err != nil {
		return nil, err
	}
	return os.ReadFile(to)
}

// glue is Go's own script that runs its programs in a browser.
func (b *build) glue() ([]byte, error) {
	return os.ReadFile(filepath.Join(b.goroot, "lib", "wasm", "wasm_exec.js"))
}
