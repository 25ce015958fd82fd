package setup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"

	"vaelab/cmd/vaelab/internal/child"
	"vaelab/vaelib/engine/ending"
)

// Log keeps what a step's tools print: all of it in a file, the end of it for an error's sentence.
type Log struct {
	Path string

	mu   sync.Mutex
	file *os.File
	tail []byte
}

const tailSize = 64 << 10

func openLog(path string) (*Log, error) {
	f, err := os.Create(path)
	return &Log{Path: path, file: f}, err
}

// Write implements io.Writer.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tail = append(l.tail, p...)
	if extra := len(l.tail) - tailSize; extra > 0 {
		l.tail = l.tail[extra:]
	}
	return l.file.Write(p)
}

// begin forgets the end of what an earlier tool has printed: it tells nothing of the next one.
func (l *Log) begin() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tail = nil
}

// Close closes the file.
func (l *Log) Close() error { return l.file.Close() }

// Tail is the end of what was printed.
func (l *Log) Tail() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.tail)
}

// toolError is a tool that ended badly, with the end of what it printed.
type toolError struct {
	tool   string
	said   string
	err    error
	memory bool // the system has killed for want of memory meanwhile
}

func (e *toolError) Error() string { return fmt.Sprintf("%s: %v", e.tool, e.err) }
func (e *toolError) Unwrap() error { return e.err }

// signal is the one by which the tool was ended, or the program that it had started and says so of; else 0.
func (e *toolError) signal() syscall.Signal {
	exit := (*exec.ExitError)(nil)
	if errors.As(e.err, &exit) {
		if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
			return status.Signal()
		}
	}
	for line := range strings.Lines(e.said) {
		if strings.HasSuffix(strings.TrimSpace(line), ": signal: killed") { // as the go command says it of its compiler
			return syscall.SIGKILL
		}
	}
	return 0
}

// run runs a tool with its output in the log. When ctx ends, the tool is interrupted, and killed if it doesn't heed.
func (l *Log) run(ctx context.Context, dir string, env []string, name string, args ...string) error {
	l.begin()
	fmt.Fprintf(l, "$ %s %s\n", name, strings.Join(args, " "))
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = dir, env
	cmd.Stdout, cmd.Stderr = io.Writer(l), io.Writer(l)
	cmd.Cancel = func() error { return child.Signal(cmd, syscall.SIGTERM) }
	cmd.WaitDelay = 5 * time.Second
	killed := ending.KilledForMemory()
	release, err := child.Start(cmd)
	if err == nil {
		err = cmd.Wait()
		release()
	}
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	return &toolError{tool: name, said: l.Tail(), err: err, memory: ending.KilledForMemory() > killed}
}

// gently is a command at a lower priority: what compiles gives way to the page, and to the cells of somebody who has begun.
func gently(command ...string) []string {
	if nice, err := exec.LookPath("nice"); err == nil {
		return append([]string{nice, "-n", "15"}, command...)
	}
	return command
}

// goTool runs the go command gently.
func (l *Log) goTool(ctx context.Context, dir string, env []string, g GoTool, args ...string) error {
	command := gently(append([]string{g.Path}, args...)...)
	return l.run(ctx, dir, env, command[0], command[1:]...)
}
