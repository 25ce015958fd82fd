package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"vaelab/cmd/internal/flagwords"
	"vaelab/vaelib/words"
)

// flags are what the arguments say.
type flags struct {
	file, out, backend  string
	table, again, slurm bool
	job                 share
	tasks               int
	sbatch              lines
}

// share is one of several equal parts of the runs: K of N, counted from 0. The zero share is all of them.
type share struct{ part, of int }

func (s *share) String() string { return fmt.Sprintf("%d/%d", s.part, s.of) }

// Set implements flag.Value.
func (s *share) Set(text string) error {
	part, of, _ := strings.Cut(text, "/")
	k, badPart := strconv.ParseUint(part, 10, 31)
	n, badOf := strconv.ParseUint(of, 10, 31)
	if badPart != nil || badOf != nil || k >= n {
		return words.Errorf("write 0/24 for the first of 24 parts")
	}
	s.part, s.of = int(k), int(n)
	return nil
}

// lines are the values of a flag that may be given several times.
type lines []string

func (l *lines) String() string { return strings.Join(*l, " ") }

// Set implements flag.Value.
func (l *lines) Set(text string) error {
	if strings.ContainsAny(text, "\r\n") {
		return words.Errorf("give one option at a time")
	}
	*l = append(*l, text)
	return nil
}

// errUsage is for arguments about which it has been said already what is wrong.
var errUsage = errors.New("wrong flags")

func parse(args []string) (flags, error) {
	var s flags
	f := flag.NewFlagSet("vaelab study", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.Usage = func() {}
	if asked, _ := flagwords.Value(args, "lang"); asked != "" {
		_ = words.Use(asked) // for what follows; the flag itself tells of an error
	}
	f.BoolVar(&s.table, "table", false, words.Text("train nothing: only say how far the runs are"))
	f.StringVar(&s.out, "out", "", words.Text("`folder` for tables of the finished runs (epochs and measures, as .csv and .jsonl) and the figure rate-distortion.png"))
	f.BoolVar(&s.again, "again", false, words.Text("try those runs again that have failed three times"))
	f.BoolVar(&s.slurm, "slurm", false, words.Text("write the study as an array job of Slurm's beside its file, and submit it. See docs/cluster.md"))
	f.IntVar(&s.tasks, "tasks", 0, words.Text("of -slurm: so many tasks `N` share the runs (default: one for each run, and at most 1000)"))
	f.Var(&s.sbatch, "sbatch", words.Text("of -slurm: an `option` for sbatch, such as --time=1:00:00; give -sbatch for each"))
	f.Var(&s.job, "job", words.Text("train only the part `K/N` of the runs, as a task of an array job does"))
	f.StringVar(&s.backend, "backend", "", words.Text("xla, xla:cuda or go; empty: the best that is set up"))
	f.Func("lang", words.Text("`language` to speak, such as zh; English without it"), words.Use)
	err := f.Parse(args)
	if err == nil && f.NArg() > 0 { // flags may stand behind the file, too
		s.file = f.Arg(0)
		err = f.Parse(f.Args()[1:])
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		explain(f)
		return s, err
	case err != nil:
		err = flagwords.Error(err)
	case s.file == "":
		err = words.Errorf("name the study's file: go run ./cmd/vaelab study FILE.json")
	case f.NArg() > 0:
		err = words.Errorf("%q is one file too many: a study has one", f.Arg(0))
	case s.tasks < 0:
		err = words.Errorf("-tasks is %d: write 1 or more", s.tasks)
	case !s.slurm && (s.tasks > 0 || len(s.sbatch) > 0):
		err = words.Errorf("-tasks and -sbatch are about -slurm")
	case s.slurm && (s.table || s.job.of > 0):
		err = words.Errorf("-slurm can't be together with -table or -job")
	case s.out != "" && (s.slurm || s.job.of > 0), s.table && s.job.of > 0:
		err = words.Errorf("tables are of the whole study: leave -slurm and -job out")
	default:
		return s, nil
	}
	fmt.Fprintln(os.Stderr, words.Say("vaelab study: %v", err))
	return s, errUsage
}

// explain prints all flags.
func explain(f *flag.FlagSet) {
	fmt.Fprintln(os.Stderr, words.Say("go run ./cmd/vaelab study FILE.json [flags] trains the runs that a study's file names, and goes on where it was stopped. See docs/cluster.md."))
	flagwords.Defaults(os.Stderr, f)
}
