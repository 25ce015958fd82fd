// Package ending tells how a program has ended that was to do some work: what is known of it, and no more. Want of memory is
// only said where the system has killed for it meanwhile.
package ending

import (
	"errors"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"vaelab/vaelib/words"
)

// Error says how a program has ended before its work was done. It is a plain value; the zero Error tells of a program without
// a name that has ended with code 0.
type Error struct {
	Program string // in words, which are translated when they are read: "the program that computes"
	Code    int    // its exit code; -1 where a signal ended it
	Signal  syscall.Signal
	Memory  bool   // the system killed it for want of memory
	Last    string // the last that it said, or ""
	Do      string // what to do, as the end of a sentence, likewise: "run the cell again"
	Err     error
}

func (e *Error) Error() string {
	program, do := words.Text(e.Program), words.Text(e.Do)
	how := words.Say("%s has ended", program)
	switch {
	case e.Memory:
		how = words.Say("%s has ended: the system killed it for want of memory", program)
		do = words.Say("close other programs, or choose a smaller batch or fewer images, and %s", do)
	case e.Signal != 0:
		how = words.Say("%s has ended by a signal from outside (%v)", program, e.Signal)
	case e.Code >= 0:
		how = words.Say("%s has ended with code %d", program, e.Code)
	}
	if e.Last != "" {
		how = words.Say("%s: its last words are “%s”", how, e.Last)
		if !e.Memory {
			do = words.Say("mend what they tell of, if they do, and %s", do)
		}
	}
	return words.Say("%s; %s", how, do)
}

func (e *Error) Unwrap() error { return e.Err }

// Watch is what is to be known before a program starts, so that its end can be told. Make one with [NewWatch]: the zero Watch
// takes each kill for want of memory since the system's start for one that has come meanwhile. Several goroutines may use
// one at once; don't copy it, for its Tail has a lock.
type Watch struct {
	Tail Tail // gets what it writes to its standard error

	killed int // how often the system had killed for want of memory
}

// NewWatch begins to watch. The program's standard error must be written to its [Tail].
func NewWatch() *Watch { return &Watch{killed: KilledForMemory()} }

// Tell makes an error of how a program has ended, as exec.Cmd's Wait or Run said it.
func (w *Watch) Tell(program string, err error, do string) *Error {
	e := &Error{Program: program, Code: -1, Last: w.Tail.LastWords(), Do: do, Err: err}
	var exit *exec.ExitError
	switch {
	case err == nil:
		e.Code = 0
	case errors.As(err, &exit):
		e.Code = exit.ExitCode()
		if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
			e.Signal = status.Signal()
			e.Memory = e.Signal == syscall.SIGKILL && KilledForMemory() > w.killed
		}
	}
	return e
}

// KilledForMemory is how often the system has killed a program for want of memory since it was started; 0 where it doesn't
// say.
func KilledForMemory() int {
	text, err := os.ReadFile("/proc/vmstat")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if count, ok := strings.CutPrefix(line, "oom_kill "); ok {
			n, err := strconv.Atoi(strings.TrimSpace(count))
			if err == nil {
				return n
			}
		}
	}
	return 0
}

// Tail keeps the end of what is written to it. The zero Tail is empty and ready; several goroutines may write to it and read
// it at the same time. Don't copy one that is in use.
type Tail struct {
	mu  sync.Mutex
	end []byte
}

const kept = 8 << 10 // bytes

// Write implements io.Writer.
func (t *Tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.end = append(t.end, p...)
	if extra := len(t.end) - kept; extra > 0 {
		t.end = t.end[extra:]
	}
	return len(p), nil
}

// goSignal is how Go begins to tell of a signal that ends the program: "SIGABRT: abort".
var goSignal = regexp.MustCompile(`^SIG(ABRT|BUS|FPE|ILL|SEGV|SYS|TRAP): `)

// LastWords is the line that says why a program ended: the last one, but where Go prints a stack of frames, the one before
// it. Before a signal that Go tells of, C's own words may stand, such as those of a check that failed: they are told with it.
func (t *Tail) LastWords() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	last := ""
	for line := range strings.Lines(string(t.end)) {
		line = strings.TrimSpace(line)
		if goSignal.MatchString(line) {
			if last != "" {
				line = last + "; " + line
			}
			last = line
			break
		}
		if strings.HasPrefix(line, "panic: ") || strings.HasPrefix(line, "fatal error: ") || strings.HasPrefix(line, "goroutine ") {
			if !strings.HasPrefix(line, "goroutine ") {
				last = line
			}
			break
		}
		if line != "" {
			last = line
		}
	}
	return last
}
