//go:build !unix

package filelock

// Unsupported says of an error of [Lock.Try] that the disk keeps no locks, as some that are shared don't.
func Unsupported(error) bool { return false }
