//go:build unix && !linux

package check

import "syscall"

func tied() *syscall.SysProcAttr { return nil }
