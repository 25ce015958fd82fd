// Package grading hands out and grades notebooks as a teacher does, with nbgrader's own commands and the Go kernel.
package grading

import (
	"os"
	"path/filepath"
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
