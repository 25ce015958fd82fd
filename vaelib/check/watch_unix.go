//go:build unix

package check

import (
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"vaelab/vaelib/show"
	"vaelab/vaelib/words"
)

// watchedEnv marks the program that is watched; fileOfWatcher is where it tells its watcher.
const (
	watchedEnv    = "VAELAB_WATCHED"
	fileOfWatcher = 3
)

// In a notebook, an answer can end its program before its verdict is given: then nobody in that program can say so. So
// the cell's program runs itself once more, before a line of the learner's has run, and watches.
func init() {
	switch {
	case os.Getenv(watchedEnv) != "":
		os.Unsetenv(watchedEnv) // the learner's own children are nobody's business
		syscall.CloseOnExec(fileOfWatcher)
		watcher = os.NewFile(fileOfWatcher, "watcher")
	case show.InNotebook():
		err := watch()
		if err != nil && show.Grading() {
			show.Check(words.Errorf("this cell can't be watched while it is graded: %w", err))
		}
	}
}

// watch runs this program once more, passes on its signals and how it ends, and tells of a verdict that didn't come. It
// returns only where the program can't be started.
func watch() error {
	path, err := os.Executable()
	if err != nil {
		return err
	}
	hears, tells, err := os.Pipe()
	if err != nil {
		return err
	}
	program := exec.Command(path)
	program.Args, program.Env = os.Args, append(os.Environ(), watchedEnv+"=1")
	program.Stdin, program.Stdout, program.Stderr = os.Stdin, os.Stdout, os.Stderr
	if show.Grading() { // nbgrader takes a line in the log for a failure: the verdict decides
		program.Stderr = os.Stdout
	}
	program.ExtraFiles, program.SysProcAttr = []*os.File{tells}, tied()
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	if err := program.Start(); err != nil {
		signal.Stop(signals)
		return err
	}
	go func() {
		for s := range signals {
			_ = program.Process.Signal(s) // where it has ended, there is nothing to stop
		}
	}()
	tells.Close()
	announced, _ := io.ReadAll(hears) // ends with the program
	_ = program.Wait()                // how it ended is read below
	status := program.ProcessState.Sys().(syscall.WaitStatus)

	failed, heard := !program.ProcessState.Success(), read(string(announced))
	silent := false
	if !status.Signaled() || status.Signal() != syscall.SIGINT { // an interrupted cell says so
		for _, card := range heard.missing(mainPart(), failed) {
			silent = true
			_ = show.Print(card) // where even that fails, nobody is reading
		}
	}
	if status.Signaled() {
		signal.Reset()
		_ = syscall.Kill(os.Getpid(), status.Signal())
		time.Sleep(time.Second) // until it arrives
		os.Exit(128 + int(status.Signal()))
	}
	code := status.ExitStatus()
	if code == 0 && show.Grading() && (silent || heard.refused) {
		code = 1
	}
	os.Exit(code)
	return nil
}
