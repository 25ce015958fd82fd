package grading

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

// twoExercises is a small notebook in plain Go, as an author writes it.
const twoExercises = "../../internal/notebook/testdata/solutions/kl.ipynb"

// TestNBGrader hands out and grades a notebook with nbgrader's own commands and the Go kernel: a submission that is
// right, others that are wrong in one way each, and one that is as it was handed out.
func TestNBGrader(t *testing.T) {
	labtest.Lab(t)
	c := newCourse(t)
	course, nbgrader, put := c.folder, c.nbgrader, c.put
	nbgrader() // makes the course
	solved := labtest.Read(t, twoExercises)
	put(solved, "source", "kl", "kl.ipynb")

	nbgrader("generate_assignment", "kl")
	released := labtest.Read(t, filepath.Join(course, "release", "kl", "kl.ipynb"))
	if got, want := sources(t, released), sources(t, labtest.Read(t, "../../internal/notebook/testdata/kl.ipynb")); !maps.Equal(got, want) {
		t.Errorf("nbgrader releases %q, the learner's notebook is %q", got, want)
	}

	want := map[string]string{}
	for _, c := range []struct {
		student string
		edit    []string // old, new, old, new, …
		score   string
	}{
		{"right", []string{`return mu\n`, `return (KL(mu+1e-3, sigma) - KL(mu-1e-3, sigma)) / 2e-3\n`}, "2.0 of 2.0"}, // in another way
		{"no-half", []string{`return 0.5 * (mu`, `return (mu`}, "1.0 of 2.0"},
		{"typo", []string{`return 0.5 * (mu`, `return 0.5 * (nu`}, "1.0 of 2.0"},                                    // one cell doesn't compile
		{"no-check", []string{`return mu\n`, `return -mu\n`, `"exercise.Slope.Check(slope)\n",`, ``}, "1.0 of 2.0"}, // nbgrader puts the check back
	} {
		text := strings.NewReplacer(c.edit...).Replace(solved)
		if text == solved {
			t.Fatalf("nothing to change for %s", c.student)
		}
		put(text, "downloaded", "kl", "archive", c.student+"_kl.ipynb")
		want[c.student] = c.score
	}
	put(released, "downloaded", "kl", "archive", "untouched_kl.ipynb")
	want["untouched"] = "0.0 of 2.0"

	nbgrader("zip_collect", "kl")
	nbgrader("autograde", "kl")
	scores := c.grades()
	if !maps.Equal(scores, want) {
		t.Errorf("the scores are %v, want %v", scores, want)
	}

	nbgrader("generate_feedback", "kl", "--student=no-half")
	if page := labtest.Read(t, filepath.Join(course, "feedback", "no-half", "kl", "kl.html")); !strings.Contains(page, "wrong") || !strings.Contains(page, "Score: 1.0 / 2.0") {
		t.Error("the feedback doesn't show the wrong answer and its score")
	}
}

// sources are a notebook's texts by cell.
func sources(t *testing.T, text string) map[string]string {
	t.Helper()
	var book struct {
		Cells []struct {
			ID     string
			Source []string
		}
	}
	if err := json.Unmarshal([]byte(text), &book); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, c := range book.Cells {
		all[c.ID] = strings.Join(c.Source, "")
	}
	return all
}
