package labtest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/notebook"
)

// Notebooks are the paths of the course's notebooks: the learners', and those with solutions.
func Notebooks(t testing.TB) (learners, solutions []string) {
	t.Helper()
	folder := Layout(t).Notebooks()
	learners, err := notebook.In(folder)
	if err == nil {
		solutions, err = notebook.In(filepath.Join(folder, notebook.Solutions))
	}
	if err != nil || len(learners) == 0 || len(solutions) == 0 {
		t.Fatalf("%d notebooks and %d with solutions in %s: %v", len(learners), len(solutions), folder, err)
	}
	return learners, solutions
}

// SomeCells copies the cells with some ids of one of the course's notebooks to a notebook of their own.
func SomeCells(t testing.TB, name, path string, ids ...string) {
	t.Helper()
	text := Read(t, filepath.Join(Layout(t).Notebooks(), name))
	var book map[string]any
	if err := json.Unmarshal([]byte(text), &book); err != nil {
		t.Fatal(err)
	}
	var kept []any
	for _, cell := range book["cells"].([]any) {
		if slices.Contains(ids, cell.(map[string]any)["id"].(string)) {
			kept = append(kept, cell)
		}
	}
	if len(kept) != len(ids) {
		t.Fatalf("%s has %d of the cells %v", name, len(kept), ids)
	}
	book["cells"] = kept
	some, err := json.Marshal(book)
	if err == nil {
		err = os.WriteFile(path, some, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// cells are a notebook's code cells.
func cells(t testing.TB, path string) []notebook.Source {
	t.Helper()
	book, err := notebook.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	return book.Code()
}

// Write writes a notebook with the given code cells.
func Write(t testing.TB, path string, cells ...string) {
	t.Helper()
	if err := notebook.Write(path, cells...); err != nil {
		t.Fatal(err)
	}
}

// Read is the text of a file.
func Read(t testing.TB, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Outputs is all the text that an executed notebook holds, its pictures included.
func Outputs(t testing.TB, path string) string {
	t.Helper()
	var book struct {
		Cells []struct {
			Outputs []struct {
				Text any
				Data map[string]any
			}
		}
	}
	if err := json.Unmarshal([]byte(Read(t, path)), &book); err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	add := func(v any) {
		switch v := v.(type) {
		case string:
			all.WriteString(v)
		case []any:
			for _, line := range v {
				s, _ := line.(string)
				all.WriteString(s)
			}
		}
	}
	for _, c := range book.Cells {
		for _, o := range c.Outputs {
			add(o.Text)
			for _, d := range o.Data {
				add(d)
			}
		}
	}
	return all.String()
}

// streams counts an executed notebook's outputs: all of them, and by where they were written, "stdout" or "stderr".
func streams(t testing.TB, path string) map[string]int {
	t.Helper()
	var book struct {
		Cells []struct {
			Outputs []struct{ Name string }
		}
	}
	if err := json.Unmarshal([]byte(Read(t, path)), &book); err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, c := range book.Cells {
		for _, o := range c.Outputs {
			count["all"]++
			if o.Name != "" {
				count[o.Name]++
			}
		}
	}
	return count
}
