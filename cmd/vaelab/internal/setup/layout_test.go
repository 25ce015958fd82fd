package setup

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// write makes a file with its folders.
func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestFindRoot(t *testing.T) {
	base, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	clone := filepath.Join(base, "clone")
	write(t, filepath.Join(clone, "go.mod"), "// a comment\nmodule vaelab // the course\n\ngo 1.26.5\n")
	write(t, filepath.Join(clone, "cmd", "vaelab", "tools", "go.mod"), "module vaelab/cmd/vaelab/tools\n")
	write(t, filepath.Join(base, "other", "go.mod"), "module vaelabs\n")
	write(t, filepath.Join(base, "a:b", "go.mod"), "module \"vaelab\"\n")
	write(t, filepath.Join(base, "a{prefix}b", "go.mod"), "module vaelab\n")
	const odd = "a$HOME {b}%s#~&;=@!()[1]*?`<>|^ü中"
	write(t, filepath.Join(base, odd, "go.mod"), "module vaelab\n")
	if _, err := FindRoot(filepath.Join(base, odd)); err != nil {
		t.Errorf("what all tools can handle: %v", err)
	}
	for _, unfit := range []string{":", ",", "\"", "'", "\\", "\n", "\r", "\x1b", "\xff"} {
		dir := filepath.Join(base, "b"+unfit+"c")
		if os.MkdirAll(dir, 0o755) != nil {
			continue // nor can this disk
		}
		write(t, filepath.Join(dir, "go.mod"), "module vaelab\n")
		if _, err := FindRoot(dir); err == nil || !strings.Contains(err.Error(), "contains the character") {
			t.Errorf("%q: error %v", unfit, err)
		}
	}

	for _, from := range []string{"", "cmd", "cmd/vaelab/tools"} {
		l, err := FindRoot(filepath.Join(clone, from))
		if err != nil || l.Root != clone {
			t.Errorf("from %q: root %q, error %v; want %q", from, l.Root, err, clone)
		}
	}
	if err := os.Symlink(clone, filepath.Join(base, "link")); err != nil {
		t.Fatal(err)
	}
	if l, err := FindRoot(filepath.Join(base, "link", "cmd")); err != nil || l.Root != clone {
		t.Errorf("through a link: root %q, error %v; want %q", l.Root, err, clone)
	}
	for from, want := range map[string]string{
		"other": "not inside a clone of vaelab",
		"a:b":   "contains the character ':'",

		"a{prefix}b": "contains {prefix}",
		"gone":       "can't be read",
	} {
		if _, err := FindRoot(filepath.Join(base, from)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("from %q: error %v; want one with %q", from, err, want)
		}
	}
}
