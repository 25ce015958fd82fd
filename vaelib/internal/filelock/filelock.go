// Package filelock lets one program at a time have a file: of all programs on a machine, or, in a browser, of all tabs that
// have the site open. The lock dies with the program.
package filelock

import (
	"context"
	"time"
)

// Lock is a lock by the name of a file. Take one from [New]: the zero Lock locks nothing. One goroutine at a time may use it.
type Lock struct{ file }

// New names the lock, and takes nothing.
func New(path string) *Lock { return &Lock{named(path)} }

// TryFor tries again and again, so often, until the lock is held or the context has ended.
func (l *Lock) TryFor(ctx context.Context, every time.Duration) (held bool, err error) {
	for {
		if held, err := l.Try(); held || err != nil {
			return held, err
		}
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-time.After(every):
		}
	}
}
