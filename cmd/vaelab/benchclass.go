package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"vaelab/cmd/vaelab/internal/child"
	"vaelab/cmd/vaelab/internal/classbench"
	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/cmd/vaelab/internal/peerbench"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/words"
)

// classFlags are the flags of bench class.
type classFlags struct {
	learners               counts
	notebook, cgroup, json string
	pause                  time.Duration
	memory                 classbench.Size
	same                   bool
	backend                backendFlag
}

func (x *classFlags) declare(f *flag.FlagSet) {
	x.learners = counts{1, 5, 10, 20}
	f.Var(&x.learners, "learners", words.Text("how many at once, one number `N,…` after the other (default: 1,5,10,20)"))
	f.StringVar(&x.notebook, "notebook", "02_kl_divergence", words.Text("the one with solutions of this `NAME`, or the path of an .ipynb file (default: 02_kl_divergence)"))
	f.DurationVar(&x.pause, "pause", 0, words.Text("how long `D` a learner reads between two cells, such as 10s; they start spread over the first pause (default: 0)"))
	f.Var(&x.memory, "memory", words.Text("let all together have no more than `SIZE`, such as 4G, where systemd or -cgroup can see to it"))
	f.StringVar(&x.cgroup, "cgroup", "", words.Text("the folder `DIR` of a cgroup that was made for this, to keep -memory"))
	f.BoolVar(&x.same, "same", false, words.Text("all learners are this user; else, for root, each is a user of their own who can't write the clone, as on a hub"))
	f.StringVar(&x.json, "json", "", words.Text("write all numbers to `FILE`"))
	x.backend.declare(f)
}

// counts are numbers of learners, as a flag.
type counts []int

// Set implements flag.Value.
func (c *counts) Set(text string) error {
	var list counts
	for word := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || n < 1 {
			return errors.New("give numbers from 1 with commas between, such as 1,5,10")
		}
		list = append(list, n)
	}
	*c = list
	return nil
}

// String implements flag.Value.
func (c *counts) String() string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(*c), " ", ","), "[]")
}

// scopedEnv tells this command that it runs in the scope that it has asked systemd for.
const scopedEnv = "VAELAB_SCOPED"

// measureClass lets several learners at once work through a notebook, and measures what they wait for and need.
func measureClass(ctx context.Context, layout setup.Layout, args []string) (err error) {
	var x classFlags
	words, err := parse("bench class", &x, args)
	switch {
	case err != nil:
		return err
	case len(words) > 0:
		return usage(fmt.Errorf("bench class measures nothing else: leave %s out", strings.Join(words, " ")))
	case x.pause < 0:
		return usage(fmt.Errorf("-pause %v: a pause lasts for 0 or longer", x.pause))
	case x.cgroup != "" && x.memory == 0:
		return usage(errors.New("-cgroup keeps the limit that -memory gives: give both"))
	}
	book, err := x.book(layout)
	if err != nil {
		return err
	}
	if runtime.GOOS != "linux" {
		return errors.New("bench class reads what processes need from Linux's /proc, and this is " + runtime.GOOS)
	}
	tell := newConsole()
	made, err := ready(ctx, layout, x.backend.wish, setup.Options{Jupyter: true}, tell)
	if err != nil {
		return err
	}
	report := classbench.Report{Date: time.Now(), Machine: peerbench.ThisMachine(), Memory: classbench.Memory(os.DirFS("/proc")),
		Backend: made.Backend.Words, Notebook: filepath.Base(book), Learners: "all learners are this user",
		Command: strings.Join(append([]string{"go run ./cmd/vaelab bench class"}, args...), " ")}
	if !x.same && os.Getuid() == 0 {
		if err := openToAll(made); err != nil {
			return err
		}
		report.Learners = "each learner is a user of their own"
	} else if !x.same {
		tell.Say("All learners are this user, who may write the clone if it is theirs: only root can make each a user of their own.")
		x.same = true
	}
	if x.memory > 0 {
		scoped, err := x.limit(ctx, &report, args)
		if scoped || err != nil {
			return err
		}
		tell.Say(report.Limit)
	}
	return x.measure(ctx, made, book, report, tell)
}

// measure takes the rounds, one after the other.
func (x *classFlags) measure(ctx context.Context, made *setup.Lab, book string, report classbench.Report, tell *console) (err error) {
	dir, err := os.MkdirTemp("", "vaelab-load-")
	if err != nil {
		return fmt.Errorf("there is no room for the learners' homes: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := os.Chmod(dir, 0o711); err != nil { // learners pass through to their homes
		return err
	}
	env, err := made.Unattended(made.JupyterEnv())
	if err != nil {
		return err
	}
	class := classbench.Class{Notebook: book, Dir: dir, Apart: !x.same, Proc: os.DirFS("/proc"),
		Kernel: notebook.Options{Python: made.Python(), Env: env, Timeout: 10 * time.Minute, Pause: x.pause}}
	for _, n := range x.learners {
		round, err := class.Round(ctx, n)
		if err != nil {
			return err
		}
		tell.Say(fmt.Sprintf("%d at once: %d cells in %.0f s, the median cell %.2f s; %d lost.", n, len(round.Seconds), round.Took, round.Median, len(round.Lost)))
		report.Rounds = append(report.Rounds, round)
	}
	fmt.Println(report.Table())
	return writeReport(report, x.json)
}

// book is the path of the notebook to execute.
func (x *classFlags) book(layout setup.Layout) (string, error) {
	path := x.notebook
	if !strings.HasSuffix(path, ".ipynb") {
		path = filepath.Join(layout.Notebooks(), notebook.Solutions, x.notebook+".ipynb")
	}
	if _, err := os.Stat(path); err != nil {
		return "", usage(fmt.Errorf("-notebook %s: there is no notebook %s", x.notebook, path))
	}
	return path, nil
}

// openToAll refuses to begin where a learner who is a user of their own can't even start a kernel.
func openToAll(made *setup.Lab) error {
	closed, err := classbench.Closed(filepath.Join(made.Root, "go.mod"), made.Python(), made.Host.Go.Path)
	if err != nil {
		return err
	}
	if len(closed) > 0 {
		return fmt.Errorf("another user of this machine can't read %s, so no learner can start a kernel: "+
			"put it where all may read, or measure with -same", strings.Join(closed, ", "))
	}
	return nil
}

// limit sees to the limit of memory, and says in the report who keeps it. If systemd keeps it, this command is called once more in a
// scope of systemd's: scoped says that all is done then.
func (x *classFlags) limit(ctx context.Context, report *classbench.Report, args []string) (scoped bool, err error) {
	size := x.memory.String()
	if x.cgroup != "" {
		report.Limit = fmt.Sprintf("The learners and this command together may have %s of memory: %s keeps it.", size, x.cgroup)
		return false, classbench.Enter(x.cgroup, x.memory)
	}
	if os.Getenv(scopedEnv) != "" {
		report.Limit = fmt.Sprintf("The learners and this command together may have %s of memory: systemd keeps it.", size)
		return false, nil
	}
	self, err := os.Executable()
	if err != nil {
		return false, err
	}
	scope := classbench.Scope(os.DirFS("/"), x.memory, os.Getuid() == 0, append([]string{self, "bench", "class"}, args...)...)
	if scope == nil {
		report.Limit = fmt.Sprintf("Nobody keeps the limit of %s: systemd doesn't run here, and no -cgroup was given.", size)
		return false, nil
	}
	cmd := exec.CommandContext(ctx, scope[0], scope[1:]...)
	cmd.Env = append(os.Environ(), scopedEnv+"=1")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := child.Run(cmd); err != nil {
		return true, fmt.Errorf("the measurement under systemd's limit has failed: %w", err)
	}
	return true, nil
}
