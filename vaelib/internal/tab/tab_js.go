package tab

import (
	"errors"
	"os"
	"strings"
	"syscall/js"
)

// Host is that object; not ok outside of such a page.
func Host() (host js.Value, ok bool) {
	host = js.Global().Get("vaelab")
	return host, host.Truthy()
}

// FirstTime says whether something is to be said for the first time since the kernel was started, and notes that it is.
func FirstTime(what string) bool {
	for said := range strings.SplitSeq(os.Getenv("VAELAB_SAID"), "\n") {
		if said == what {
			return false
		}
	}
	host, ok := Host()
	if ok {
		host.Call("said", what)
	}
	return ok
}

// Cores is how many programs the machine runs at once, as far as the browser tells.
func Cores() int {
	n := js.Global().Get("navigator").Get("hardwareConcurrency")
	if n.Type() != js.TypeNumber {
		return 1
	}
	return max(1, n.Int())
}

// Await waits for a promise. What it was refused with becomes the error.
func Await(promise js.Value) (js.Value, error) {
	type settled struct {
		value js.Value
		err   error
	}
	done := make(chan settled, 1)
	kept := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- settled{value: args[0]}
		return nil
	})
	refused := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- settled{err: errors.New(js.Global().Get("String").Invoke(args[0]).String())}
		return nil
	})
	defer kept.Release()
	defer refused.Release()
	promise.Call("then", kept, refused)
	s := <-done
	return s.value, s.err
}
