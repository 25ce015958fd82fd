package classbench

import (
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// process is what /proc tells of one.
type process struct {
	parent  int
	name    string // the system's short one, which changes when the process becomes another program
	started uint64 // tells processes apart that have had the same number
	own     float64
	waited  float64 // of its children that have ended and that it has waited for, with theirs; seconds, as own
}

// tick is in what Linux counts the processor's time, whatever its own clock does.
const tick = 0.01

// readProcess reads one; false if it has ended.
func readProcess(proc fs.FS, pid int) (p process, ok bool) {
	text, err := fs.ReadFile(proc, path.Join(strconv.Itoa(pid), "stat"))
	if err != nil {
		return p, false
	}
	// PID (NAME) STATE PARENT …: a name may hold blanks and brackets.
	open, closed := strings.IndexByte(string(text), '('), strings.LastIndexByte(string(text), ')')
	if open < 0 || closed < open {
		return p, false
	}
	words := strings.Fields(string(text[closed+1:]))
	const parent, user, system, childrenUser, childrenSystem, started = 1, 11, 12, 13, 14, 19
	if len(words) <= started {
		return p, false
	}
	number := func(at int) float64 { n, _ := strconv.ParseFloat(words[at], 64); return n }
	p.name = string(text[open+1 : closed])
	p.parent = int(number(parent))
	p.started, _ = strconv.ParseUint(words[started], 10, 64)
	p.own = tick * (number(user) + number(system))
	p.waited = tick * (number(childrenUser) + number(childrenSystem))
	return p, true
}

// kindAt is the kind of a process by its number.
func kindAt(proc fs.FS, pid int) Kind {
	line, _ := fs.ReadFile(proc, path.Join(strconv.Itoa(pid), "cmdline")) // of one that has just ended: nothing
	return kindOf(string(line))
}

// share is a process's proportional share of memory in MB; 0 if it has ended.
func share(proc fs.FS, pid int) float64 {
	text, _ := fs.ReadFile(proc, path.Join(strconv.Itoa(pid), "smaps_rollup"))
	return kilobytes(string(text), "Pss:") * 1024 / 1e6
}

// kilobytes reads a line such as "Pss:  387 kB".
func kilobytes(text, name string) (n float64) {
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, name); ok {
			_, _ = fmt.Sscan(rest, &n) // 0 where there is no number
			return n
		}
	}
	return 0
}

// counter reads a line such as "oom_kill 3" of a file.
func counter(proc fs.FS, file, name string) (n int) {
	text, _ := fs.ReadFile(proc, file)
	for line := range strings.Lines(string(text)) {
		if key, value, _ := strings.Cut(strings.TrimSpace(line), " "); key == name {
			n, _ = strconv.Atoi(value)
		}
	}
	return n
}

// Memory is how much the machine has, in MB.
func Memory(proc fs.FS) float64 {
	text, _ := fs.ReadFile(proc, "meminfo")
	return kilobytes(string(text), "MemTotal:") * 1024 / 1e6
}
