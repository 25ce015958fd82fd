// Vaestudy trains the runs that a study's file names, on this machine or as jobs of Slurm, and makes tables and a figure of them:
//
//	go run ./cmd/vaelab study kl-weight.json
//
// It is the part of `vaelab study` that links GoMLX; `vaelab` sets up the backend, builds it and hands it the flags.
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
	exitLate        = 75 // EX_TEMPFAIL: time is up, what is finished is kept, and a job that goes on gets further
	exitInterrupted = 130
)

// errTimeUp is why training ends where Slurm has said that its time is nearly over.
var errTimeUp = errors.New("the time is up")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, late := untilLate(ctx)
	err := do(ctx, os.Args[1:])
	if err != nil && !errors.Is(err, flag.ErrHelp) && !errors.Is(err, errUsage) {
		fmt.Fprintln(os.Stderr, words.Say("vaelab study: %v", err))
	}
	stop()
	os.Exit(code(err, late()))
}

func code(err error, late bool) int {
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, errUsage):
		return exitUsage
	case errors.Is(err, context.Canceled) && late:
		return exitLate
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	return exitFailed
}

// do is the whole program, with what the flags say.
func do(ctx context.Context, args []string) error {
	f, err := parse(args)
	if err != nil {
		return err
	}
	s, err := open(ctx, f)
	if err != nil {
		if context.Cause(ctx) == errTimeUp {
			return words.Errorf("the time that Slurm gives was over before the data were read: give more, such as -sbatch --time=1:00:00")
		}
		return err
	}
	defer s.close()
	switch {
	case f.slurm:
		return s.submit(ctx, f)
	case !f.table:
		err = s.train(ctx, f)
	}
	if f.job.of > 0 { // the table is for whoever waits for all of them
		return err
	}
	return errors.Join(err, s.report(ctx, f))
}
