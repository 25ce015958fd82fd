package command

import (
	"path/filepath"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

// TestWithoutAPage executes the cells of sliders and pad without a browser: stills at once, recorded paths, and no script in the file.
func TestWithoutAPage(t *testing.T) {
	labtest.Lab(t)
	book, out := filepath.Join(t.TempDir(), "stills.ipynb"), t.TempDir()
	labtest.Write(t, book, labtest.SlidersCell, labtest.PadCell)
	if stdout, stderr, code := labtest.Outcome(t, labtest.Command(t, "exec", book, "-out", out, "-times")); code != 0 {
		t.Fatalf("code %d\n%s\n%s", code, stdout, stderr)
	} else {
		t.Logf("%s\n%s", stdout, stderr)
	}
	file := labtest.Read(t, filepath.Join(out, "stills.ipynb"))
	if n := strings.Count(file, "data:image/png"); n != 2 {
		t.Errorf("%d stills, want 2 lines of 2", n)
	}
	for _, want := range []string{"These are stills", "log σ² = −1.00", "after the sliders", "Nobody can draw here, because no page answers.",
		"The 20 recorded paths that come with the course are used.", "in the file: 20"} {
		if !strings.Contains(file, want) {
			t.Errorf("the file lacks %q", want)
		}
	}
	for _, left := range []string{"<script", "type=\\\"range", `"stderr"`} {
		if strings.Contains(file, left) {
			t.Errorf("the file has %s", left)
		}
	}
}
