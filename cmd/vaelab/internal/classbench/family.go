package classbench

import (
	"io/fs"
	"slices"
	"strconv"
	"syscall"
)

// family are the processes below one, whoever of them has started which.
//
// Most of a cell's time goes into processes that live for less than a second. Their time isn't lost between two looks: a parent
// that has waited for a child is told the child's whole time. What of it nobody has seen is counted as what the parent's ended
// children are known to have been, or else as Unseen. So the sum is right however seldom one looks, and the kinds get the
// better the more often.
type family struct {
	proc    fs.FS
	root    int
	above   member // the root itself, of which only waiting counts
	members map[int]*member
	foreign map[int]bool     // processes outside, which no longer have to be read
	seconds map[Kind]float64 // of the processor, up to the last look
}

// member is one of them, as it was at the last look.
type member struct {
	process
	kind Kind
	owed float64 // time of children that had ended at the last look, of which the process hadn't been told yet
}

func newFamily(proc fs.FS, root int) *family {
	f := &family{proc: proc, root: root, members: map[int]*member{}, foreign: map[int]bool{}, seconds: map[Kind]float64{}}
	f.above.process, _ = readProcess(proc, root)
	f.above.kind = Other
	return f
}

// look takes in who has come, who has gone, and what all have used of the processor.
func (f *family) look() {
	strangers, here := map[int]process{}, map[int]bool{}
	for _, pid := range f.listed() {
		here[pid] = true
		if _, known := f.members[pid]; !known && !f.foreign[pid] && pid != f.root {
			if p, ok := readProcess(f.proc, pid); ok {
				strangers[pid] = p
			}
		}
	}
	for pid := range f.foreign {
		if !here[pid] {
			delete(f.foreign, pid)
		}
	}
	gone, told := map[int]*member{}, map[*member]float64{}
	for pid, m := range f.members {
		now, ok := readProcess(f.proc, pid)
		if !ok || now.started != m.started {
			gone[pid] = m
			delete(f.members, pid)
			continue
		}
		told[m] = f.update(pid, m, now)
	}
	if now, ok := readProcess(f.proc, f.root); ok {
		told[&f.above] = now.waited - f.above.waited
		f.above.process = now
	}
	f.adopt(strangers, gone, told)
	f.settle(gone, told)
}

// listed are the numbers of all processes of the machine.
func (f *family) listed() (pids []int) {
	entries, _ := fs.ReadDir(f.proc, ".")
	for _, e := range entries {
		if pid, err := strconv.Atoi(e.Name()); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}

// update notes what a member has used since, and returns what it has been told of ended children meanwhile.
func (f *family) update(pid int, m *member, now process) (told float64) {
	if now.name != m.name {
		m.kind = kindAt(f.proc, pid)
	}
	f.seconds[m.kind] += now.own - m.own
	told = now.waited - m.waited
	m.process = now
	return told
}

// adopt takes in those whose parent belongs to the family, or has until now, and theirs in turn.
func (f *family) adopt(strangers map[int]process, gone map[int]*member, told map[*member]float64) {
	for found := true; found; {
		found = false
		for pid, p := range strangers {
			if f.members[p.parent] == nil && gone[p.parent] == nil && p.parent != f.root {
				continue
			}
			m := &member{process: p, kind: kindAt(f.proc, pid)}
			f.members[pid], told[m] = m, p.waited
			f.seconds[m.kind] += p.own
			delete(strangers, pid)
			found = true
		}
	}
	for pid := range strangers {
		f.foreign[pid] = true
	}
}

// settle counts what parents have been told and nobody has seen.
func (f *family) settle(gone map[int]*member, told map[*member]float64) {
	ended := map[*member][]*member{} // by the nearest that is left
	for _, m := range gone {
		above := m.parent
		for gone[above] != nil {
			above = gone[above].parent
		}
		if left := f.members[above]; left != nil {
			ended[left] = append(ended[left], m)
		} else if above == f.root {
			ended[&f.above] = append(ended[&f.above], m)
		}
	}
	for m, seconds := range told {
		seen := 0.0
		for _, child := range ended[m] {
			seen += child.own + child.waited
		}
		rest := seconds - seen - m.owed
		// A child may end after its parent was read: then the parent is told by the next look, or never, if it doesn't wait.
		m.owed = max(0, min(-rest, seen))
		if rest > 0 {
			f.seconds[kindOfRest(m, ended[m])] += rest
		}
	}
}

// kindOfRest is what time counts as that a process has been told and nobody has seen.
func kindOfRest(m *member, ended []*member) Kind {
	if m.kind == Building { // what go calls builds
		return Building
	}
	if len(ended) == 0 || slices.ContainsFunc(ended, func(e *member) bool { return e.kind != ended[0].kind }) {
		return Unseen
	}
	return ended[0].kind
}

// memory is what the members have of it now, in MB.
func (f *family) memory() map[Kind]float64 {
	by := map[Kind]float64{}
	for pid, m := range f.members {
		by[m.kind] += share(f.proc, pid)
	}
	return by
}

// end ends whoever is left.
func (f *family) end() {
	f.look()
	for pid, m := range f.members {
		if now, ok := readProcess(f.proc, pid); ok && now.started == m.started {
			_ = syscall.Kill(pid, syscall.SIGKILL) // it may have ended by itself
		}
	}
}

// total is the sum over all kinds.
func total(by map[Kind]float64) (sum float64) {
	for _, x := range by {
		sum += x
	}
	return sum
}
