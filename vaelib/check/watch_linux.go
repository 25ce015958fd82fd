package check

import "syscall"

// tied ends the watched program with its watcher, should that be killed outright. The system goes by the thread that
// started it: while packages start, that is the main one, which lives as long as the watcher.
func tied() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
