package labtest

import (
	"path/filepath"
	"testing"

	"vaelab/cmd/vaelab/internal/notebook"
)

// Graded makes an exercise fail its cell unless the answer is right, as it does for nbgrader: so a notebook with
// solutions that runs to its end has passed every check.
const Graded = "NBGRADER_EXECUTION=autograde"

// Execute runs one of the course's notebooks through the real kernel, from top to bottom: the one with solutions, graded,
// and of the learners', whose exercises are unwritten, what can come out differently; in long tests all of it.
func Execute(t *testing.T, name string) {
	Lab(t)
	folder := Layout(t).Notebooks()
	t.Run("solutions", func(t *testing.T) { execute(t, filepath.Join(folder, notebook.Solutions, name), Graded) })
	t.Run("learners", func(t *testing.T) {
		book := filepath.Join(folder, name)
		if !IsLong() {
			book = filepath.Join(t.TempDir(), name)
			if Unwritten(t, name, book) == 0 {
				t.Fatal("the learners' notebook has every answer")
			}
		}
		execute(t, book)
	})
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
