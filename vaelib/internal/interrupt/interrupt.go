//go:build !js

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
