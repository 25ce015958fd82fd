//go:build !js

// Package interrupt tells a cell's program that its reader wants it to stop: by the signal that a kernel sends, or, in a browser's
// tab, by a call of the page's.
package interrupt

import (
	"context"
	"os"
	"os/signal"
)

// Context ends with the interrupt, or when it is stopped.
func Context() (ctx context.Context, stop context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt)
}
