package image

import (
	"encoding/json"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/labtest"
)

// executes runs a copy of a notebook with answers from top to bottom, graded, in the home that the container makes.
func (p podman) executes(t *testing.T, image string, options []string, name string) {
	begin := time.Now()
	cmd := p.run(image, append(options, "--rm", "--env", labtest.Graded)...)("sh", "-c",
		`cp "/opt/vaelab/notebooks/solutions/$0" . && jupyter execute --inplace "$0" >&2 && cat "$0"`, name)
	stdout, stderr, code := labtest.Outcome(t, cmd)
	if code != 0 {
		t.Fatalf("code %d\n%s", code, stderr)
	}
	var book struct {
		Cells []struct {
			Type   string `json:"cell_type"`
			Count  *int   `json:"execution_count"`
			Source []string
		}
	}
	if err := json.Unmarshal([]byte(stdout), &book); err != nil {
		t.Fatal(err)
	}
	ran := 0
	for i, c := range book.Cells {
		switch {
		case c.Count != nil:
			ran++
		case c.Type == "code" && len(c.Source) > 0:
			t.Errorf("cell %d has not run", i+1)
		}
	}
	if ran == 0 {
		t.Error("no cell has run")
	}
	t.Logf("%d cells in %v", ran, time.Since(begin).Round(time.Second))
}
