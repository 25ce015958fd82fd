package labtest

import (
	"path/filepath"
	"testing"

	"vaelab/cmd/vaelab/internal/notebook"
)

// Graded makes an exercise fail its cell unless the answer is right, as it does for nbgrader: so a notebook with
// solutions that runs to its end has passed every check.
const Graded = "NBGRADER_EXECUTION=autograde"

// Execute runs one of the course's notebooks through the real kernel, from top to bottom: the learners', whose exercises
// are unwritten, and then the one with solutions, graded.
func Execute(t *testing.T, name string) {
	Lab(t)
	folder := Layout(t).Notebooks()
	t.Run("learners", func(t *testing.T) { execute(t, filepath.Join(folder, name)) })
	t.Run("solutions", func(t *testing.T) { execute(t, filepath.Join(folder, notebook.Solutions, name), Graded) })
}

func execute(t *testing.T, book string, env ...string) {
	out := t.TempDir()
	cmd := Command(t, "exec", book, "-out", out, "-times")
	cmd.Env = append(cmd.Env, env...)
	stdout, stderr, code := Outcome(t, cmd)
	if code != 0 {
		t.Fatalf("code %d\n%s\n%s", code, stdout, stderr)
	}
	t.Logf("%s\n%s", stdout, stderr)
	written := streams(t, filepath.Join(out, filepath.Base(book)))
	if written["all"] == 0 {
		t.Error("the executed copy has no outputs")
	}
	if written["stderr"] > 0 {
		t.Error("a cell writes to the standard error, for which nbgrader gives no points")
	}
}
