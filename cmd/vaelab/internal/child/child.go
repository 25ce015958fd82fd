// Package child starts programs that must not outlive this one.
//
// On Linux the system ends them should this program be killed outright.
package child

import (
	"os/exec"
	"runtime"
	"syscall"
)

// Start starts cmd in a process group of its own: a Ctrl-C in the terminal then reaches only this program, which ends its
// children in order. Linux ties the child's life to the thread that started it, so the calling goroutine keeps its
// thread until it calls release, which should be after the child's end. Of the caller's SysProcAttr the user counts.
func Start(cmd *exec.Cmd) (release func(), err error) { return start(cmd, true) }

// Beside is Start in this program's own group: the child is at the same terminal, and a Ctrl-C there reaches it by itself.
func Beside(cmd *exec.Cmd) (release func(), err error) { return start(cmd, false) }

// Run runs cmd beside this program, to its end.
func Run(cmd *exec.Cmd) error {
	release, err := Beside(cmd)
	if err != nil {
		return err
	}
	defer release()
	return cmd.Wait()
}

func start(cmd *exec.Cmd, apart bool) (release func(), err error) {
	how := attributes()
	how.Setpgid = apart
	if cmd.SysProcAttr != nil {
		how.Credential = cmd.SysProcAttr.Credential
	}
	cmd.SysProcAttr = how
	runtime.LockOSThread()
	if err := cmd.Start(); err != nil {
		runtime.UnlockOSThread()
		return nil, err
	}
	return runtime.UnlockOSThread, nil
}

// Signal sends a signal to the child and to all that it has started in its group.
func Signal(cmd *exec.Cmd, s syscall.Signal) error { return syscall.Kill(-cmd.Process.Pid, s) }
