package main

import (
	"os"
	"runtime"
	"syscall"
)

// run asks the system for the signal that ends this process with its parent, and becomes the program, which keeps it.
func run(args []string) error {
	runtime.LockOSThread() // the wish is the thread's that becomes the program
	parent := os.Getppid()
	if _, _, failed := syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_SET_PDEATHSIG, uintptr(syscall.SIGKILL), 0); failed != 0 {
		return failed
	}
	if os.Getppid() != parent { // it has ended meanwhile
		os.Exit(1)
	}
	return syscall.Exec(args[0], args, os.Environ())
}
