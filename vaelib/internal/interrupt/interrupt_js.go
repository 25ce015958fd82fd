package interrupt

import (
	"context"
	"syscall/js"

	"vaelab/vaelib/internal/tab"
)

// Context ends with the interrupt, or when it is stopped. A program that doesn't come to hear of it, since it is computing, is
// ended by the page after a moment.
func Context() (ctx context.Context, stop context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	host, ok := tab.Host()
	if !ok {
		return ctx, cancel
	}
	hear := js.FuncOf(func(js.Value, []js.Value) any {
		cancel()
		return nil
	})
	host.Call("onInterrupt", hear)
	return ctx, func() {
		host.Call("onInterrupt", js.Null())
		cancel()
	}
}
