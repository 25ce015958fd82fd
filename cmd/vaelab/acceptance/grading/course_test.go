// Package grading hands out and grades notebooks as a teacher does, with nbgrader's own commands and the Go kernel.
package grading

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/labtest"
)

// course is a teacher's folder.
type course struct {
	t      *testing.T
	folder string
}

func newCourse(t *testing.T) course { return course{t, filepath.Join(t.TempDir(), "course")} }

// nbgrader runs the command in the course; without words it makes the folder.
func (c course) nbgrader(words ...string) {
	c.t.Helper()
	begin := time.Now()
	stdout, stderr, code := labtest.Outcome(c.t, labtest.Command(c.t, append([]string{"nbgrader", c.folder}, words...)...))
	if code != 0 || strings.Contains(stderr, "Error message") {
		c.t.Fatalf("nbgrader %s: code %d\n%s\n%s", strings.Join(words, " "), code, stdout, stderr)
	}
	c.t.Logf("nbgrader %s: %.1f s", strings.Join(words, " "), time.Since(begin).Seconds())
}

// put writes a file of the course.
func (c course) put(text string, path ...string) {
	c.t.Helper()
	file := filepath.Join(append([]string{c.folder}, path...)...)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		c.t.Fatal(err)
	}
}

// grades exports what each student has: "1.0 of 2.0".
func (c course) grades() map[string]string {
	c.t.Helper()
	c.nbgrader("export")
	table, err := csv.NewReader(strings.NewReader(labtest.Read(c.t, filepath.Join(c.folder, "grades.csv")))).ReadAll()
	if err != nil || len(table) < 2 {
		c.t.Fatalf("%d lines of grades, %v", len(table), err)
	}
	column := func(name string) int { return slices.Index(table[0], name) }
	student, score, most := column("student_id"), column("score"), column("max_score")
	all := map[string]string{}
	for _, row := range table[1:] {
		all[row[student]] = row[score] + " of " + row[most]
	}
	return all
}

// outputs are what a notebook's cells have printed, as JSON, by cell.
func outputs(t *testing.T, text string) map[string]string {
	t.Helper()
	var book struct {
		Cells []struct {
			ID      string
			Outputs json.RawMessage
		}
	}
	if err := json.Unmarshal([]byte(text), &book); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, c := range book.Cells {
		all[c.ID] = string(c.Outputs)
	}
	return all
}
