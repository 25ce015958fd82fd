// Vaegpu checks the whole way to an NVIDIA card in one go, on a machine without a network: this one file and a folder with XLA's
// plugin and NVIDIA's libraries are all that it needs.
//
//	go build ./cmd/vaegpu                    elsewhere
//	./vaegpu -plugin DIR -json found.json    on the machine with the card
//
// Each step says ✓, ✗ or – (not here), its figures and its seconds; see docs/gpu.md. With the folder of XLA's plugin for the CPU
// it is a rehearsal.
//
// What computes is this program again, one process for each question, in an environment where the plugin and its libraries
// are found (ask.go). So a plugin that takes its process down fails one step, and the next begins afresh. The process that was called
// judges, and links no more of a plugin than its path.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"vaelab/vaelib/words"
)

// Exit codes.
const (
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if os.Getenv(taskEnv) != "" {
		os.Exit(answerOne(ctx, os.Stdin))
	}
	err := checkAll(ctx, os.Args[1:])
	if err != nil && !errors.Is(err, errFailed) && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, words.Say("vaegpu: %v", err))
	}
	os.Exit(code(ctx, err))
}

func code(ctx context.Context, err error) int {
	var wrong usageError
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case ctx.Err() != nil:
		return exitInterrupted
	case errors.As(err, &wrong):
		return exitUsage
	}
	return exitFailed
}

// checkAll is the whole program, with what the flags say.
func checkAll(ctx context.Context, args []string) error {
	f, err := parse(args)
	if err != nil {
		return err
	}
	c, err := newCheck(f)
	if err != nil {
		return err
	}
	defer c.close()
	return c.all(ctx)
}
