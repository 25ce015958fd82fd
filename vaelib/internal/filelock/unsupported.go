//go:build unix

package filelock

import (
	"errors"
	"syscall"
)

// Unsupported says of an error of [Lock.Try] that the disk keeps no locks, as some that are shared don't.
func Unsupported(err error) bool {
	return errors.Is(err, syscall.ENOLCK) || errors.Is(err, syscall.ENOSYS) || errors.Is(err, syscall.ENOTSUP) || errors.Is(err, syscall.EOPNOTSUPP)
}
