package hub

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestCopies starts a learner's server as the hub does, with another program in its place, and looks at the notebooks in the home: they come
// once, what is there stays, and nothing is written through a link that is in the way.
func TestCopies(t *testing.T) {
	dir := t.TempDir()
	put := func(text string, path ...string) string {
		file := filepath.Join(append([]string{dir}, path...)...)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
		return file
	}
	start, err := os.ReadFile("../../../../examples/hub/start")
	if err != nil {
		t.Fatal(err)
	}
	program := put(string(start), "the course", "examples", "hub", "start")
	put("#!/bin/sh\necho \"$PWD\" \"$@\"\n", "the course", ".vaelab", "nbgrader", "bin", "jupyterhub-singleuser")
	for _, book := range []string{"01.ipynb", "02.ipynb", "03.ipynb", "zh/01.ipynb", "solutions/01.ipynb", "zh/solutions/01.ipynb"} {
		put("the course's", "the course", "notebooks", book)
	}
	home := filepath.Join(dir, "a home")
	put("changed", "a home", "vaelab", "02.ipynb")
	if err := os.Symlink(filepath.Join(dir, "elsewhere"), filepath.Join(home, "vaelab", "03.ipynb")); err != nil {
		t.Fatal(err)
	}
	run := func() {
		t.Helper()
		cmd := exec.Command(program, "--port=1", "two words")
		cmd.Env = append(os.Environ(), "HOME="+home)
		out, err := cmd.CombinedOutput()
		if want := home + " --port=1 two words\n"; err != nil || string(out) != want {
			t.Errorf("%v: the server says %q, want %q", err, out, want)
		}
	}
	look := func() map[string]string {
		t.Helper()
		found := map[string]string{}
		err := filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			name, err := filepath.Rel(filepath.Join(home, "vaelab"), path)
			if err != nil {
				return err
			}
			text, _ := os.ReadFile(path)
			found[name] = string(text)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	run()
	first := look()
	want := map[string]string{"01.ipynb": "the course's", "02.ipynb": "changed", "03.ipynb": "", "zh/01.ipynb": "the course's"}
	if len(first) != len(want) {
		t.Errorf("the home has %q", first)
	}
	for name, text := range want {
		if got, there := first[name]; got != text || !there {
			t.Errorf("%s holds %q, want %q", name, got, text)
		}
	}
	if _, err := os.Lstat(filepath.Join(dir, "elsewhere")); err == nil {
		t.Error("something was written through a link")
	}

	put("an update", "the course", "notebooks", "01.ipynb")
	put("new", "the course", "notebooks", "04.ipynb")
	run()
	if second := look(); second["01.ipynb"] != "the course's" || second["04.ipynb"] != "new" {
		t.Errorf("after an update the home has %q", second)
	}
}
