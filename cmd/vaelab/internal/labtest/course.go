package labtest

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/vaelib/claim"
	"vaelab/vaelib/words"
)

// Graded makes an exercise fail its cell unless the answer is right, as it does for nbgrader: so a notebook with
// solutions that runs to its end has passed every check.
const Graded = "NBGRADER_EXECUTION=autograde"

// Execute runs one of the course's notebooks through the real kernel, from top to bottom: the one with solutions, graded,
// and of the learners', whose exercises are unwritten, what can come out differently; in long tests all of it. Without exercises
// and a quiz there is nothing that could. Then the editions in other languages, which must show the same numbers.
func Execute(t *testing.T, name string) {
	Lab(t)
	folder := Layout(t).Notebooks()
	english := t.TempDir()
	t.Run("solutions", func(t *testing.T) { executeInto(t, english, filepath.Join(folder, notebook.Solutions, name), Graded) })
	for _, l := range words.Languages[1:] {
		t.Run(l.Code, func(t *testing.T) {
			other := t.TempDir()
			executeInto(t, other, filepath.Join(folder, l.Code, notebook.Solutions, name), Graded)
			sameNumbers(t, english, other, name)
		})
	}
	t.Run("learners", func(t *testing.T) {
		book := filepath.Join(folder, name)
		if !IsLong() {
			book = filepath.Join(t.TempDir(), name)
			if Unwritten(t, name, book) == 0 {
				if solved, err := notebook.Read(filepath.Join(folder, notebook.Solutions, name)); err != nil || len(solved.ExerciseNames()) > 0 {
					t.Fatalf("the learners' notebook has every answer (%v)", err)
				}
				t.Skip("no exercise: the learners' notebook is the one with solutions")
			}
		}
		execute(t, book)
	})
}

func execute(t *testing.T, book string, env ...string) { executeInto(t, t.TempDir(), book, env...) }

// recorded is the file, in the folder that a notebook was executed into, of what its cells have shown of claims.
const recorded = "claims.jsonl"

func executeInto(t *testing.T, out, book string, env ...string) {
	cmd := Command(t, "exec", book, "-out", out, "-times")
	cmd.Env = append(cmd.Env, env...)
	record := filepath.Join(out, recorded)
	cmd.Env = append(cmd.Env, claim.RecordEnv+"="+record)
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
	if IsLong() && !slices.Contains(env, Graded) {
		holds(t, filepath.Join(out, filepath.Base(book)), record)
	}
}

// holds fails where the text of an executed notebook claims what its cells have not shown.
func holds(t *testing.T, executed, record string) {
	var number int
	if _, err := fmt.Sscanf(filepath.Base(executed), "%d_", &number); err != nil {
		t.Fatal(err)
	}
	file, err := claim.Open(number)
	if err != nil {
		t.Fatal(err)
	}
	values, err := notebook.Recorded(record)
	if err != nil {
		t.Fatal(err)
	}
	book, err := notebook.Read(executed)
	if err != nil {
		t.Fatal(err)
	}
	pictures, err := book.Pictures()
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range notebook.Untrue(file, values, pictures) {
		t.Error(fault)
	}
	t.Logf("%d claims, %d looks", len(file.Claims), len(file.Looks))
}
