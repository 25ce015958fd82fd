package filelock

import (
	"syscall/js"

	"vaelab/vaelib/internal/tab"
)

// file is locked by the browser, where it can; elsewhere this program is alone.
type file struct {
	path string
	held *js.Value // gives the lock back
}

func named(path string) file { return file{path: path, held: new(js.Value)} }

// Try takes the lock if nobody has it.
func (f file) Try() (held bool, err error) {
	host, ok := tab.Host()
	if !ok {
		return true, nil
	}
	unlock, err := tab.Await(host.Call("lock", f.path))
	if err != nil || unlock.IsNull() {
		return false, err
	}
	*f.held = unlock
	return true, nil
}

// Unlock lets others have it.
func (f file) Unlock() error {
	if f.held.Truthy() {
		f.held.Invoke()
		*f.held = js.Undefined()
	}
	return nil
}
