//go:build !js

package filelock

import "github.com/gofrs/flock"

// file is locked by the operating system.
type file struct{ *flock.Flock }

func named(path string) file { return file{flock.New(path)} }

// Try takes the lock if nobody has it.
func (f file) Try() (held bool, err error) { return f.TryLock() }
