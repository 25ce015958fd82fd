package classbench

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/cmd/vaelab/internal/peerbench"
	"vaelab/vaelib/places"
)

// Class is a class of learners that work through one notebook.
type Class struct {
	Notebook string           // path, with solutions
	Kernel   notebook.Options // how it is executed; each learner gets a folder for copies and an environment of their own
	Dir      string           // an empty folder for the learners' homes
	Apart    bool             // each learner is a user of their own: see Users. Else all are this user
	Proc     fs.FS            // Linux's /proc
}

// learner is one of them.
type learner struct {
	home, book string
	opt        notebook.Options

	result notebook.Result
	cells  int // of the notebook
	err    error
}

// Round lets n learners work at once, and measures. A learner whose notebook fails is no error: the round tells of it.
// Whatever else this program has started counts as the learners', and is ended with what they have left.
func (c Class) Round(ctx context.Context, n int) (r Round, err error) {
	r = Round{Learners: n, Pause: c.Kernel.Pause.Seconds()}
	dir := filepath.Join(c.Dir, strconv.Itoa(n))
	if err := os.Mkdir(dir, 0o700); err != nil {
		return r, fmt.Errorf("there is no room for the learners' homes: %w", err)
	}
	defer func() { err = errors.Join(err, peerbench.RemoveAll(dir)) }()
	learners, err := c.enrol(dir, n)
	if err != nil {
		return r, err
	}

	family := newFamily(c.Proc, os.Getpid())
	killed, own := counter(c.Proc, "vmstat", "oom_kill"), used()
	others, begin := peerbench.Others(), time.Now()
	watched, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	peak := make(chan map[Kind]float64, 1)
	go func() { peak <- family.watch(watched) }()
	var all sync.WaitGroup
	for i, l := range learners {
		all.Go(func() { l.work(ctx, c.Kernel.Pause*time.Duration(i)/time.Duration(n)) })
	}
	all.Wait()
	r.Took = time.Since(begin).Seconds()
	stop()
	r.Memory = <-peak
	family.end()
	r.Processor, r.Measuring = family.seconds, (used() - own).Seconds()
	if share := others(total(r.Processor) + r.Measuring); share == share { // a number
		r.Others = &share
	}
	r.Killed = counter(c.Proc, "vmstat", "oom_kill") - killed
	r.take(learners)
	if ctx.Err() != nil {
		return r, context.Cause(ctx)
	}
	return r, nil
}

// take notes the learners' cells, and who was lost.
func (r *Round) take(learners []*learner) {
	for i, l := range learners {
		for _, cell := range l.result.Cells {
			r.Seconds = append(r.Seconds, cell.Seconds)
		}
		r.Whole = max(r.Whole, l.cells)
		if l.err != nil {
			r.Lost = append(r.Lost, Lost{Learner: i + 1, Cells: len(l.result.Cells), Says: l.err.Error()})
		}
	}
	r.sum()
}

// enrol makes the learners' homes, with a copy of the notebook in each.
func (c Class) enrol(dir string, n int) (learners []*learner, err error) {
	var users []uint32
	if c.Apart {
		if users, err = Users(n); err != nil {
			return nil, err
		}
		if err := os.Chmod(dir, 0o711); err != nil { // learners pass through, and don't see each other
			return nil, err
		}
	}
	text, err := os.ReadFile(c.Notebook)
	if err != nil {
		return nil, fmt.Errorf("the notebook can't be read: %w", err)
	}
	for i := range n {
		// Short names: gopls listens at a socket in the folder for temporary files, and a socket's path has 107 bytes at most.
		l := &learner{home: filepath.Join(dir, strconv.Itoa(i+1)), opt: c.Kernel}
		l.book = filepath.Join(l.home, filepath.Base(c.Notebook))
		l.opt.Out = filepath.Join(l.home, "executed")
		temporary, runs := filepath.Join(l.home, "tmp"), filepath.Join(l.home, "runs")
		for _, folder := range []string{l.home, temporary, l.opt.Out} {
			if err := os.Mkdir(folder, 0o700); err != nil {
				return nil, err
			}
		}
		if err := os.WriteFile(l.book, text, 0o600); err != nil {
			return nil, err
		}
		l.opt.Env = c.environ(l.home, temporary)
		if !c.Apart { // else the kernel sees that the clone isn't its user's, and keeps runs in the home
			l.opt.Env = append(l.opt.Env, places.RunsEnv+"="+runs)
		} else if err := l.become(users[i]); err != nil {
			return nil, err
		}
		learners = append(learners, l)
	}
	return learners, nil
}

// environ is the environment of somebody who has just got a home, whatever this user keeps elsewhere.
func (c Class) environ(home, temporary string) []string {
	env := slices.DeleteFunc(slices.Clone(c.Kernel.Env), func(kv string) bool {
		name, _, _ := strings.Cut(kv, "=")
		return strings.HasPrefix(name, "XDG_") || name == places.RunsEnv
	})
	at := func(name string) string { return filepath.Join(home, name) }
	return append(env, "HOME="+home, "TMPDIR="+temporary, "JUPYTER_CONFIG_DIR="+at(".jupyter"), "JUPYTER_DATA_DIR="+at(".local/share/jupyter"),
		"JUPYTER_RUNTIME_DIR="+at(".local/share/jupyter/runtime"), "IPYTHONDIR="+at(".ipython"))
}

// work executes the notebook, after a while.
func (l *learner) work(ctx context.Context, after time.Duration) {
	select {
	case <-time.After(after):
	case <-ctx.Done():
		l.err = context.Cause(ctx)
		return
	}
	l.result, l.err = notebook.Execute(ctx, l.book, l.opt, func(_ notebook.Cell, _, all int) { l.cells = all })
}

// used is what this program has used of the processor.
func used() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
