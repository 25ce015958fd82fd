//go:build unix

package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// untilLate gives a context that ends when Slurm says by SIGUSR1 that the time is nearly over, and what tells whether it has.
func untilLate(parent context.Context) (context.Context, func() bool) {
	ctx, end := context.WithCancelCause(parent)
	said := make(chan os.Signal, 1)
	signal.Notify(said, syscall.SIGUSR1)
	go func() {
		select {
		case <-said:
			end(errTimeUp)
		case <-parent.Done():
		}
	}()
	return ctx, func() bool { return context.Cause(ctx) == errTimeUp }
}
