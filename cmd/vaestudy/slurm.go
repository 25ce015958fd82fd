package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
)

// mostTasks is Slurm's own limit of an array's size, if its MaxArraySize isn't changed.
const mostTasks = 1000

// submit writes the study as an array job beside its file, and hands it to Slurm.
func (s *study) submit(ctx context.Context, f flags) error {
	file, err := filepath.Abs(f.file)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return words.Errorf("this program doesn't know where it lies: %w", err)
	}
	tasks := f.tasks
	if tasks == 0 {
		tasks = min(len(s.Runs), mostTasks)
	}
	tasks = min(tasks, len(s.Runs))
	base := strings.TrimSuffix(file, ".json")
	script, logs := base+".sbatch", base+".logs"
	if strings.ContainsAny(file+s.root, "\r\n") {
		return words.Errorf("Slurm can't take a path with a line's end in it: rename %q or %q", file, s.root)
	}
	if missing, lost := s.missing(f); len(missing) == 0 {
		fmt.Println(words.Say("There is nothing left to train, so nothing is submitted."))
		return ended(lost)
	}
	if err := os.MkdirAll(logs, 0o755); err != nil { // Slurm drops what it can't write
		return words.Errorf("the folder for Slurm's logs can't be made: %w", err)
	}
	root := s.root
	if places.Shared(root) != "" { // in a class, whose finished runs count too unless a folder is named
		root = ""
	}
	text := s.script(array{self, file, logs, root, f.backend, f.again, tasks, f.sbatch}, os.Environ())
	if old, err := os.ReadFile(script); err == nil && string(old) != text { // somebody may have changed it
		if err := putAside(script); err != nil {
			return err
		}
	}
	if err := os.WriteFile(script, []byte(text), 0o755); err != nil {
		return words.Errorf("the job's script can't be written: %w", err)
	}
	fmt.Println(words.Say("The job's script is %s, its logs will be in %s", script, logs))
	out, err := exec.CommandContext(ctx, "sbatch", script).CombinedOutput()
	fmt.Print(string(out))
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return words.Errorf("there is no sbatch on this machine: submit the script where there is, with sbatch %s", script)
	case err != nil:
		return words.Errorf("sbatch has refused the job (%w), and says above why; with -tasks the array is smaller", err)
	}
	fmt.Println(words.Say("See how far it is with: %s", "go run ./cmd/vaelab study -table"+asked(f.backend)+" "+quote(f.file)))
	return nil
}

// putAside keeps a file under another name, in the place of no other.
func putAside(path string) error {
	for n := 1; ; n++ {
		aside := fmt.Sprintf("%s.%d~", path, n)
		if _, err := os.Lstat(aside); err == nil {
			continue
		}
		if err := os.Rename(path, aside); err != nil {
			return words.Errorf("the script that is there can't be put aside: %w", err)
		}
		fmt.Println(words.Say("The script that was there is kept as %s", aside))
		return nil
	}
}

// array is what a script of an array job is made of.
type array struct {
	program, file, logs, root, backend string
	again                              bool
	tasks                              int
	options                            []string
}

// script is the array job's. A task whose time is nearly up is told by USR1, keeps its finished epochs and goes back into the queue;
// one whose machine is lost or taken for others goes back by itself.
func (s *study) script(a array, env []string) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("#!/bin/sh")
	line("# Trains the study %s. Made by: go run ./cmd/vaelab study -slurm %s", s.Name, oneLine(a.file))
	line("# Submitted again, it trains what isn't there yet.")
	line("#SBATCH --job-name=%s", s.Name)
	line("#SBATCH --array=0-%d", a.tasks-1)
	line("#SBATCH --requeue")
	line("#SBATCH --open-mode=append")
	line("#SBATCH --output=%s", quoteOption(filepath.Join(strings.ReplaceAll(a.logs, "%", "%%"), "%A_%a.txt")))
	line("#SBATCH --signal=B:USR1@60")
	for _, o := range a.options {
		line("#SBATCH %s", o)
	}
	line("")
	for _, kv := range passed(env) {
		name, value, _ := strings.Cut(kv, "=")
		line("export %s=%s", name, quote(value))
	}
	if a.root != "" {
		line("export %s=%s", places.RunsEnv, quote(a.root))
	}
	flags := asked(a.backend)
	if a.again {
		flags += " -again"
	}
	line(`%s%s -job "$SLURM_ARRAY_TASK_ID/%d" %s &`, quote(a.program), flags, a.tasks, quote(a.file))
	line("trainer=$!")
	line(`trap 'kill -USR1 "$trainer"' USR1 # the time is nearly up`)
	line(`trap 'kill -TERM "$trainer"' TERM # the job is cancelled, or its place is taken`)
	line(`while wait "$trainer"; code=$?; kill -0 "$trainer" 2>/dev/null; do :; done`)
	line(`[ "$code" != %d ] || scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"`, exitLate)
	line(`exit "$code"`)
	return b.String()
}

// asked is the flag that asks for a backend, if one is asked for.
func asked(backend string) string {
	if backend == "" {
		return ""
	}
	return " -backend " + quote(backend)
}

// passed are those of the environment's variables that say how to compute and in which language to speak.
func passed(env []string) []string {
	kept := slices.DeleteFunc(slices.Clone(env), func(kv string) bool {
		name, _, _ := strings.Cut(kv, "=")
		return name == places.RunsEnv || !slices.ContainsFunc([]string{"VAELAB_", "GOMLX_", "PJRT_", "XLA_"},
			func(of string) bool { return strings.HasPrefix(name, of) })
	})
	slices.Sort(kept)
	return kept
}

// quote makes a text one word of the shell.
func quote(text string) string {
	if plainWord.MatchString(text) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

var plainWord = regexp.MustCompile(`^[\w./:@%+-]+$`)

// quoteOption makes a path one word of an #SBATCH line, which isn't the shell's: an unquoted # begins a comment there.
func quoteOption(path string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(path) + `"`
}

// oneLine keeps a comment on its line.
func oneLine(text string) string { return strings.NewReplacer("\n", " ", "\r", " ").Replace(text) }
