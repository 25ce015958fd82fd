// Package child starts programs that must not outlive this one.
//
// Each gets a process group of its own: a Ctrl-C in the terminal then reaches only this program, which ends its
// children in order. On Linux the system also ends them should this program be killed outright.
package child

import (
	"os/exec"
	"runtime"
	"syscall"
)

// Start starts cmd. Linux ties the child's life to the thread that started it, so the calling goroutine keeps its
// thread until it calls release, which should be after the child's end.
func Start(cmd *exec.Cmd) (release func(), err error) {
	cmd.SysProcAttr = attributes()
	runtime.LockOSThread()
	if err := cmd.Start(); err != nil {
		runtime.UnlockOSThread()
		return nil, err
	}
	return runtime.UnlockOSThread, nil
}

// Signal sends a signal to the child and to all that it has started in its group.
func Signal(cmd *exec.Cmd, s syscall.Signal) error { return syscall.Kill(-cmd.Process.Pid, s) }
