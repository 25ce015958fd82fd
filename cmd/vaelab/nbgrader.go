package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"vaelab/cmd/internal/flagwords"
	"vaelab/cmd/vaelab/internal/child"
	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/words"
)

// graderConfig tells nbgrader about Go, and about cells that train.
const graderConfig = `# Settings of nbgrader for the course vaelab. Yours to change: it is written only once.
c = get_config()  # noqa: F821 (nbgrader brings it)
c.CourseDirectory.course_id = "vaelab"
c.ClearSolutions.code_stub = {"go": %q}
c.Execute.timeout = 1800  # seconds for one cell: some of them train
# How files are named that come from elsewhere, for zip_collect: STUDENT_NOTEBOOK.ipynb.
c.FileNameCollectorPlugin.named_regexp = r".*/(?P<student_id>[^/_]+)_(?P<file_id>[^/]+)"
# What the kernel logs is of no use to a teacher.
c.Execute.extra_arguments = ["-logtostderr=false", "-stderrthreshold=FATAL", "-log_file=/dev/null"]
`

// grade makes a folder a course of nbgrader's, and runs nbgrader in it.
func grade(ctx context.Context, layout setup.Layout, args []string) error {
	flags := flag.NewFlagSet("nbgrader", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	var backend backendFlag
	backend.declare(flags)
	var language languageFlag
	language.declare(flags, words.Say("the `LANGUAGE` to speak: %s; without it English", all()))
	if err := flags.Parse(args); err != nil { // up to the folder: what follows is nbgrader's to read
		return usage(flagwords.Error(err))
	}
	if flags.NArg() == 0 {
		return usage(words.Errorf("nbgrader needs a folder for the course: go run ./cmd/vaelab nbgrader DIR"))
	}
	dir, asked := flags.Arg(0), flags.Args()[1:]
	spoken, err := language.speak()
	if err != nil {
		return err
	}
	tell := newConsole()
	if len(asked) == 0 {
		if err := makeCourse(layout, dir, spoken, tell.Say); err != nil {
			return err
		}
	} else if _, err := os.Stat(filepath.Join(dir, "nbgrader_config.py")); err != nil {
		return words.Errorf("there is no course in the folder %s: make one with go run ./cmd/vaelab nbgrader DIR, and put its folder before nbgrader's own words", dir)
	}
	if line := ownPreprocessors(dir); line != "" {
		tell.Say(line)
	}
	made, err := ready(ctx, layout, backend.wish, setup.Options{Jupyter: true}, tell)
	if err != nil {
		return err
	}
	grader, err := made.BuildGrader(ctx, tell)
	if err != nil {
		return err
	}
	if len(asked) == 0 {
		tell.Say(words.Say("The course is in %s. Next: go run ./cmd/vaelab nbgrader %[1]s generate_assignment NAME; see docs/teachers.md.", dir))
		return nil
	}
	cmd := attached(ctx, grader[0], slices.Concat(grader[1:], asked))
	cmd.Dir = dir
	if cmd.Env, err = made.Unattended(made.GraderEnv()); err != nil {
		return err
	}
	err = child.Run(cmd)
	var exit *exec.ExitError
	switch {
	case err == nil, ctx.Err() != nil:
		return err
	case errors.As(err, &exit) && exit.ExitCode() > 0:
		return &toldError{"nbgrader", exit.ExitCode()}
	}
	return words.Errorf("nbgrader can't be run: %w", err)
}

// replaces finds settings that take the place of nbgrader's list of what it does with a submission.
var replaces = regexp.MustCompile(`(?m)^[^#\n]*\bautograde_preprocessors\s*=[^=]`)

// ownPreprocessors says what to change in a course whose settings would leave verdicts unseen.
func ownPreprocessors(dir string) string {
	path := filepath.Join(dir, "nbgrader_config.py")
	text, err := os.ReadFile(path)
	if err != nil || !replaces.Match(text) {
		return "" // nbgrader complains of a file that can't be read
	}
	return words.Say("%s replaces autograde_preprocessors, so nbgrader doesn't look for verdicts itself: write c.Autograde.autograde_preprocessors.append(…) or .insert(…) instead of “=”.", path)
}

// makeCourse writes nbgrader's settings and the notebooks with solutions, in a language, into a folder. A file that is there already
// may have been changed by the teacher, and stays.
func makeCourse(layout setup.Layout, dir string, language words.Language, say func(string)) error {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return words.Errorf("%s is a file: give a folder for the course", dir)
	}
	pairs, err := notebook.Pairs(layout.Notebooks())
	if err != nil {
		return err
	}
	files := map[string][]byte{filepath.Join(dir, "nbgrader_config.py"): fmt.Appendf(nil, graderConfig, notebook.Stub)}
	for _, p := range pairs {
		book, err := notebook.Read(p.In(language).Source)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(filepath.Base(p.Source), ".ipynb")
		files[filepath.Join(dir, "source", name, name+".ipynb")] = book.WithoutLetters().Bytes() // nbgrader takes out solutions, and knows of no quiz
	}
	for path, text := range files {
		switch old, err := os.ReadFile(path); {
		case err == nil && !bytes.Equal(old, text):
			say(words.Say("%s differs from this clone's, and stays as it is: delete it to get the clone's.", path))
			continue
		case err == nil:
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return words.Errorf("the course's folder can't be made: %w", err)
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return words.Errorf("the course can't be written: %w", err)
		}
	}
	return nil
}
