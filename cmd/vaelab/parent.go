package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"
)

var errParentGone = errors.New("go run has ended")

// endWithParent ends the context when go run has been killed. go run passes signals from a terminal on, but not those
// that are sent to it alone; without this, its end would leave a lab that nobody can see.
func endWithParent(ctx context.Context) context.Context {
	self, err := os.Executable()
	if err != nil || !strings.Contains(filepath.ToSlash(self), "/go-build") {
		return ctx
	}
	ctx, stop := context.WithCancelCause(ctx)
	parent := os.Getppid()
	go func() {
		for range time.Tick(500 * time.Millisecond) {
			if os.Getppid() != parent {
				stop(errParentGone)
				return
			}
		}
	}()
	return ctx
}
