package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"vaelab/cmd/internal/flagwords"
	"vaelab/cmd/vaelab/internal/child"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/engine/ending"
	"vaelab/vaelib/engine/program"
	"vaelab/vaelib/words"
)

// train trains one model.
func train(ctx context.Context, layout setup.Layout, args []string) error {
	return handOver(ctx, layout, args, program.Train, "training")
}

// study trains what a study's file names.
func study(ctx context.Context, layout setup.Layout, args []string) error {
	return handOver(ctx, layout, args, program.Study, "the study")
}

// handOver builds a program that links GoMLX, and hands it the arguments. Of these, vaelab itself looks only at -backend, since that
// settles what must be set up.
func handOver(ctx context.Context, layout setup.Layout, args []string, to program.Program, what string) error {
	backend, err := backendOf(args)
	if err != nil {
		return err
	}
	tell := newConsole()
	made, err := ready(ctx, layout, func() (string, error) {
		return setup.Wish(backend, os.Getenv("GOMLX_BACKEND"))
	}, setup.Options{}, tell)
	if err != nil {
		return err
	}
	path, err := made.Build(ctx, to, tell)
	if err != nil {
		return err
	}
	cmd := attached(ctx, path, args)
	cmd.Env = setup.Environ(made.TrainerEnv())
	watch := ending.NewWatch()
	err = child.Run(cmd)
	var exit *exec.ExitError
	switch {
	case err == nil, ctx.Err() != nil:
		return err
	case !errors.As(err, &exit):
		return words.Errorf("%s can't be run: %w", filepath.Base(path), err)
	case exit.ExitCode() < 0:
		return watch.Tell(to.Words, err, words.Mark("run the command again: finished epochs are kept"))
	}
	return &toldError{what, exit.ExitCode()}
}

// attached is a program at vaelab's own terminal. Ctrl-C reaches it by itself; a signal sent to vaelab alone is passed on,
// with time to write what it has.
func attached(ctx context.Context, program string, args []string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 30 * time.Second
	return cmd
}

// toldError is the failure of a program that has said itself why; only its exit code is passed on.
type toldError struct {
	what string
	code int
}

func (e *toldError) Error() string { return fmt.Sprintf("%s ended with code %d", e.what, e.code) }

// backendOf finds the value of -backend among arguments that are the trainer's to read.
func backendOf(args []string) (string, error) {
	backend, whole := flagwords.Value(args, "backend")
	if !whole {
		return "", usage(words.Errorf("-backend needs a value"))
	}
	return backend, nil
}
