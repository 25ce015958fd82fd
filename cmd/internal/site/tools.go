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
		to := filepath.Join(b.Work, t.name+".wasm")
		if err := os.MkdirAll(b.Work, 0o755); err != nil {
			return err
		}
		if _, err := b.goRun(ctx, append(append([]string{"build", "-ldflags=-s -w", "-buildvcs=false"}, t.args...), "-o", to, t.path)...); err != nil {
			return err
		}
		data, err := os.ReadFile(to)
		if err != nil {
			return err
		}
		if *t.into, err = b.pack(ctx, t.name, data); err != nil {
			return err
		}
	}
	return nil
}
