//go:build unix

package worker

import (
	"os/exec"
	"syscall"
)

// apart keeps an interrupt at the terminal from the worker: whoever asked cancels the question, and the worker stays.
func apart(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
