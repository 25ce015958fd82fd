package fontcut_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/fontcut"
	"vaelab/vaelib/words"
)

const root = "../../../.."

// No letter of a catalogue waits in a browser's tab for the large font.
func TestCourseFontHasTheCataloguesLetters(t *testing.T) {
	letters, err := fontcut.Letters(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{fontcut.Course, fontcut.GB2312} {
		lacking, err := fontcut.Lacking(filepath.Join(fontcut.Folder(root), name), letters)
		if err != nil {
			t.Fatal(err)
		}
		if lacking != "" {
			t.Errorf("%s has no %s: run go run ./cmd/vaelab notebooks -letters", name, lacking)
		}
	}
}

// What is translated and may stand in a figure counts, and of that what Liberation has no letters for.
func TestLetters(t *testing.T) {
	clone := t.TempDir()
	path := words.File(clone, "zh", "03")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := fontcut.Letters(clone); err == nil {
		t.Error("a clone without catalogues has letters")
	}
	if err := os.WriteFile(path, []byte("#. string\nmsgid \"源 ✓\"\nmsgstr \"KL 散度 ✓ “龘”，龘\"\n\n#. markdown\nmsgid \"text\"\nmsgstr \"正文\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(words.File(clone, "zh", "setup"), []byte("#. string\nmsgid \"disk\"\nmsgstr \"磁盘\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	letters, err := fontcut.Letters(clone)
	if err != nil {
		t.Fatal(err)
	}
	for letter, want := range map[string]int{"散": 1, "龘": 1, "，": 1, "？": 1, "源": 0, "盘": 0, "文": 0, "K": 0, "✓": 0, "“": 0} {
		if got := strings.Count(letters, letter); got != want {
			t.Errorf("%s is %d times among the letters, want %d", letter, got, want)
		}
	}
	lacking, err := fontcut.Lacking(filepath.Join(fontcut.Folder(root), fontcut.GB2312), letters)
	if err != nil || lacking != "龘" {
		t.Errorf("GB 2312 lacks %q, %v; want 龘", lacking, err)
	}
}

// A font that can't be cut is an error that says why, and what was there stays.
func TestCutThatFails(t *testing.T) {
	clone := t.TempDir()
	folder := fontcut.Folder(clone)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, fontcut.Course)
	if err := os.WriteFile(file, []byte("as it was"), 0o644); err != nil {
		t.Fatal(err)
	}
	err := fontcut.Cutter{Python: filepath.Join(clone, "no-python")}.Course(t.Context(), clone, "散")
	if err == nil || !strings.Contains(err.Error(), "course.otf can't be cut from ") {
		t.Errorf("the error is %v", err)
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "as it was" {
		t.Errorf("the font is %q, %v", text, err)
	}
}
