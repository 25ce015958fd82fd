package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/vaelib/words"
)

// TestCourseKeepsTheTeachersFiles makes a course twice.
func TestCourseKeepsTheTeachersFiles(t *testing.T) {
	dir := t.TempDir()
	config := filepath.Join(dir, "nbgrader_config.py")
	var said []string
	say := func(line string) { said = append(said, line) }
	english, chinese := words.Languages[0], words.Languages[1]
	for range 2 {
		if err := makeCourse(labtest.Layout(t), dir, english, say); err != nil {
			t.Fatal(err)
		}
	}
	if len(said) > 0 || !strings.Contains(labtest.Read(t, config), `{"go": "panic(\"write me\")"}`) {
		t.Errorf("said %q; the settings are\n%s", said, labtest.Read(t, config))
	}
	_, solutions := labtest.Notebooks(t)
	for _, path := range solutions {
		name := filepath.Base(path)
		book, err := notebook.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		// nbgrader takes solutions out before it hands a notebook out; a quiz's letters are gone before.
		if string(book.WithoutLetters().Bytes()) != labtest.Read(t, filepath.Join(dir, "source", strings.TrimSuffix(name, ".ipynb"), name)) {
			t.Errorf("%s is not in the course", name)
		}
	}
	if err := os.WriteFile(config, []byte("# mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := makeCourse(labtest.Layout(t), dir, english, say); err != nil || len(said) != 1 || labtest.Read(t, config) != "# mine" {
		t.Errorf("%v; said %q; the settings are %q", err, said, labtest.Read(t, config))
	}
	other := t.TempDir()
	if err := makeCourse(labtest.Layout(t), other, chinese, say); err != nil {
		t.Fatal(err)
	}
	if text := labtest.Read(t, filepath.Join(other, "source", "03_train_vae", "03_train_vae.ipynb")); !strings.Contains(text, "%env VAELAB_LANG zh") {
		t.Error("the Chinese course's notebooks don't say that they are Chinese")
	}
}
