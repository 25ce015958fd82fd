package setup

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Where programs can't be run from the folder for temporary files, the clone's own is used, by this program and by those
// that it starts.
func TestEnsureTemp(t *testing.T) {
	dir := t.TempDir()
	for name, temp := range map[string]string{"missing": filepath.Join(dir, "nowhere"), "relative": "some/where", "a file": "/proc/self/status", "noexec": tiny(t, "noexec,size=1g"), "full": tiny(t, "size=1m")} {
		if temp == "" {
			continue
		}
		l := Layout{Root: t.TempDir()}
		t.Setenv("TMPDIR", temp)
		if err := l.ensureTemp(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := os.TempDir(); got != l.Under("tmp") {
			t.Errorf("%s: temporary files go to %s, want %s", name, got, l.Under("tmp"))
		}
		left, err := os.ReadDir(l.Under("tmp"))
		if err != nil || len(left) > 0 {
			t.Errorf("%s: %d files are left, %v", name, len(left), err)
		}
	}
	t.Setenv("TMPDIR", dir)
	if err := (Layout{Root: t.TempDir()}).ensureTemp(); err != nil || os.TempDir() != dir {
		t.Errorf("a sound folder is passed over for %s, %v", os.TempDir(), err)
	}
	t.Setenv("TMPDIR", filepath.Join(dir, "nowhere"))
	blocked := filepath.Join(dir, "a file")
	write(t, blocked, "")
	if err := (Layout{Root: blocked}).ensureTemp(); err == nil || !strings.Contains(err.Error(), "Set TMPDIR") {
		t.Errorf("without any folder: %v", err)
	}
}
