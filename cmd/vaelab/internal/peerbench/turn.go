package peerbench

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"vaelab/cmd/vaelab/internal/child"
)

// Contestant is a program that tells what it measures in lines of JSON.
type Contestant struct {
	Name    string
	Command []string
	Env     []string
}

// Turn is what one process told, and what it cost.
type Turn[Line any] struct {
	Lines  []Line
	First  float64 // seconds from the start to the first line
	Whole  float64 // seconds from the start to the end
	Memory float64 // peak, MB
	Others float64 // share of the processor that was busy with other programs; NaN where the system doesn't tell
}

// take runs a program once.
func take[Line any](ctx context.Context, c Contestant, more ...string) (t Turn[Line], err error) {
	words := append(append([]string{}, c.Command...), more...)
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	var complaints bytes.Buffer
	cmd.Env, cmd.Stderr = c.Env, &complaints
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	out, err := cmd.StdoutPipe()
	if err != nil {
		return t, err
	}
	before, begin := processor(), time.Now()
	release, err := child.Beside(cmd)
	if err != nil {
		return t, fmt.Errorf("%s can't be started: %w", filepath.Base(words[0]), err)
	}
	defer release()
	var unread error
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if t.First == 0 {
			t.First = time.Since(begin).Seconds()
		}
		var line Line
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			unread = errors.Join(unread, fmt.Errorf("%s says %q, which is no line of JSON", c.Name, lines.Text()))
			continue
		}
		t.Lines = append(t.Lines, line)
	}
	err = cmd.Wait()
	t.Whole = time.Since(begin).Seconds()
	switch {
	case ctx.Err() != nil:
		return t, context.Cause(ctx)
	case err != nil:
		return t, fmt.Errorf("%s failed (%w): %s", c.Name, err, lastLine(complaints.String()))
	case unread != nil:
		return t, unread
	case len(t.Lines) == 0:
		return t, fmt.Errorf("%s told nothing: %s", c.Name, lastLine(complaints.String()))
	}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		t.Memory = megabytes(usage.Maxrss)
	}
	own := (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	t.Others = before.others(processor(), own)
	return t, nil
}

// lastLine is the last line that isn't empty: where Python says what was wrong.
func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

// megabytes reads a maximal resident size, which Linux counts in kilobytes and macOS in bytes.
func megabytes(size int64) float64 {
	if runtime.GOOS == "darwin" {
		return float64(size) / 1e6
	}
	return float64(size) * 1024 / 1e6
}

// ticks are the processor's hundredths of a second since the system's start.
type ticks struct{ all, idle float64 }

// processor reads them from Linux's /proc/stat; elsewhere they are 0.
func processor() (t ticks) {
	text, _ := os.ReadFile("/proc/stat")
	first, _, _ := strings.Cut(string(text), "\n")
	for i, word := range strings.Fields(first) {
		var n float64
		if _, err := fmt.Sscan(word, &n); err != nil || i > 8 { // after the eighth, guests are counted a second time
			continue
		}
		t.all += n
		if i == 4 || i == 5 { // idle, and waiting for a disk
			t.idle += n
		}
	}
	return t
}

// Others begins to measure what other programs take of the processor. The function that it returns gives their share of it
// since then, less what own seconds of one's own were; NaN where the system doesn't tell.
func Others() (share func(own float64) float64) {
	before := processor()
	return func(own float64) float64 { return before.others(processor(), own) }
}

// others is the share of the time since t in which neither idleness nor our own seconds took the processor.
func (t ticks) others(now ticks, own float64) float64 {
	const aSecond = 100
	all := now.all - t.all
	if all <= 0 {
		return nan
	}
	return max(0, (all-(now.idle-t.idle)-own*aSecond)/all)
}
