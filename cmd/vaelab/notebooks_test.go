package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/vaelib/exercise"
)

// TestNotebooksAreCurrent compares the learners' notebooks with what their sources give.
func TestNotebooksAreCurrent(t *testing.T) {
	faults, err := staleNotebooks(labtest.Layout(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range faults {
		t.Errorf("%s: run go run ./cmd/vaelab notebooks", fault)
	}
}

// TestQuizzesAreAnswered holds the letters in the notebooks with solutions against the library, and finds none in the learners'.
func TestQuizzesAreAnswered(t *testing.T) {
	learners, solutions := labtest.Notebooks(t)
	for i, q := range exercise.Quizzes() {
		var right, blank []string
		for _, question := range q.Questions {
			right, blank = append(right, strconv.Quote(question.Right())), append(blank, `""`)
		}
		for path, letters := range map[string][]string{solutions[i]: right, learners[i]: blank} {
			book, err := notebook.Read(path)
			if err != nil {
				t.Fatal(err)
			}
			code := book.Code()
			at := slices.IndexFunc(code, func(c notebook.Source) bool { return c.ID == "quiz" })
			if at < 0 || code[at].Text != "%%\nexercise."+q.ID+".Ask()" || code[at+2].ID != "progress" {
				t.Errorf("%s asks no %s, or not before its cell about progress", path, q.ID)
				continue
			}
			if got := code[at+1]; got.ID != "quiz-answer" || got.Text != fmt.Sprintf("%%%%\nexercise.%s.Answer(%s) // ← a letter for each", q.ID, strings.Join(letters, ", ")) {
				t.Errorf("%s answers, in cell %s: %s", path, got.ID, got.Text)
			}
		}
	}
}

// TestCommittedNotebooksAreClean keeps what one person's page left out of everybody's notebooks: outputs, counts,
// and metadata beyond the kernel's name and nbgrader's.
func TestCommittedNotebooksAreClean(t *testing.T) {
	learners, solutions := labtest.Notebooks(t)
	for _, book := range append(learners, solutions...) {
		text, err := os.ReadFile(book)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range stale(text) {
			t.Errorf("%s: %s: clear it in JupyterLab with Edit, Clear Outputs of All Cells, or by hand", filepath.Base(book), fault)
		}
	}
}

// stale lists what a committed notebook should not hold.
func stale(text []byte) []string {
	var book struct {
		Cells []struct {
			CellType string         `json:"cell_type"`
			Metadata map[string]any `json:"metadata"`
			Count    *int           `json:"execution_count"`
			Outputs  []any          `json:"outputs"`
		} `json:"cells"`
		Metadata map[string]any `json:"metadata"`
	}
	if err := json.Unmarshal(text, &book); err != nil {
		return []string{"it is not a notebook: " + err.Error()}
	}
	var faults []string
	for i, c := range book.Cells {
		where := fmt.Sprint("cell ", i+1)
		if len(c.Outputs) > 0 {
			faults = append(faults, where+" has outputs")
		}
		if c.Count != nil {
			faults = append(faults, where+" has an execution count")
		}
		for key := range c.Metadata {
			if key != "tags" && key != "nbgrader" {
				faults = append(faults, where+" has metadata "+key)
			}
		}
	}
	kernel, _ := book.Metadata["kernelspec"].(map[string]any)
	if kernel["name"] != "gonb" {
		faults = append(faults, "its kernel is not gonb")
	}
	for _, key := range slices.Sorted(maps.Keys(book.Metadata)) {
		if key != "kernelspec" && key != "language_info" {
			faults = append(faults, "it has metadata "+key)
		}
	}
	return faults
}

func TestStale(t *testing.T) {
	const clean = `{"cells":[{"cell_type":"code","metadata":{},"execution_count":null,"outputs":[]}],
		"metadata":{"kernelspec":{"name":"gonb"},"language_info":{"name":"go"}}}`
	if faults := stale([]byte(clean)); len(faults) > 0 {
		t.Errorf("a clean notebook has %v", faults)
	}
	for _, c := range []struct{ old, new, want string }{
		{`"outputs":[]`, `"outputs":[{}]`, "outputs"},
		{`"execution_count":null`, `"execution_count":3`, "execution count"},
		{`"metadata":{},`, `"metadata":{"execution":{}},`, "metadata execution"},
		{`"name":"gonb"`, `"name":"python3"`, "kernel"},
		{`"language_info"`, `"widgets"`, "metadata widgets"},
		{`{"cells"`, `x`, "not a notebook"},
	} {
		faults := stale([]byte(strings.Replace(clean, c.old, c.new, 1)))
		if len(faults) != 1 || !strings.Contains(faults[0], c.want) {
			t.Errorf("with %s: %v; want one fault about %s", c.new, faults, c.want)
		}
	}
}

// TestWiringOfTheSolutions looks for that cell in the sources of the course's notebooks, which are a folder deeper.
func TestWiringOfTheSolutions(t *testing.T) {
	_, solutions := labtest.Notebooks(t)
	for _, path := range solutions {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		cell, err := json.Marshal(notebook.Wiring)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), string(cell)) {
			t.Errorf("%s: its first code cell is not %s", path, notebook.Wiring)
		}
	}
}
