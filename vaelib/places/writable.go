//go:build !js

package places

import "syscall"

// mayWrite reports whether the system lets the user write a file or folder: neither its rights nor a disk that can only be read are
// in the way.
func mayWrite(path string) bool { return syscall.Access(path, 2) == nil } // W_OK
