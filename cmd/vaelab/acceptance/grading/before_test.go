package grading

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

// before is notebook 02 of version 0.1.0 with its answers, as a teacher's course of that time holds it.
const before = "testdata/before/02_kl_divergence.ipynb"

// TestCourseOfBefore grades half of an assignment that was handed out with version 0.1.0: what is answered counts, every other
// cell still runs, and what isn't answered gives nothing.
func TestCourseOfBefore(t *testing.T) {
	labtest.Lab(t)
	c := newCourse(t)
	c.nbgrader() // makes the course
	solved := labtest.Read(t, before)
	c.put(solved, "source", "kl", "kl.ipynb")
	c.nbgrader("generate_assignment", "kl")

	var notebook map[string]any
	if err := json.Unmarshal([]byte(labtest.Read(t, filepath.Join(c.folder, "release", "kl", "kl.ipynb"))), &notebook); err != nil {
		t.Fatal(err)
	}
	answers, answered := sources(t, solved), 0
	for _, cell := range notebook["cells"].([]any) {
		cell := cell.(map[string]any)
		switch id := cell["id"].(string); id {
		case "ex-kl-in-one-dimension", "ex-sampled-kl", "ex-sign-error", "ex-kl-gradient":
			cell["source"] = answers[id]
			answered++
		case "ex-kl-from-log-std": // begun, and wrong
			cell["source"] = strings.Replace(answers[id], "0.5 *", "", 1)
			if cell["source"] == answers[id] {
				t.Fatalf("nothing to change in %s", answers[id])
			}
		}
	}
	half, err := json.Marshal(notebook)
	if err != nil || answered != 4 {
		t.Fatalf("%d answers, %v", answered, err)
	}
	c.put(string(half), "submitted", "half", "kl", "kl.ipynb")
	c.nbgrader("autograde", "kl")
	if got := c.grades()["half"]; got != "4.0 of 7.0" {
		t.Errorf("half of it is %s, want 4.0 of 7.0", got)
	}
	for id, output := range outputs(t, labtest.Read(t, filepath.Join(c.folder, "autograded", "half", "kl", "kl.ipynb"))) {
		if strings.Contains(output, `"output_type":"error"`) && !strings.HasPrefix(id, "ex-") {
			t.Errorf("cell %s of before fails:\n%s", id, output)
		}
	}
}
