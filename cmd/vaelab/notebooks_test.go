package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/notebook"
)

// notebooks are the course's notebooks: the learners', and those with solutions.
func notebooks(t *testing.T) (learners, solutions []string) {
	t.Helper()
	folder := clone(t).Notebooks()
	learners, err := filepath.Glob(filepath.Join(folder, "*.ipynb"))
	if err == nil {
		solutions, err = filepath.Glob(filepath.Join(folder, notebook.Solutions, "*.ipynb"))
	}
	if err != nil || len(learners) == 0 || len(solutions) == 0 {
		t.Fatalf("%d notebooks and %d with solutions in %s: %v", len(learners), len(solutions), folder, err)
	}
	return learners, solutions
}

// smallBudget has notebooks train for few epochs, as they do in pure Go: here cells are tested, and not what their models
// have learnt. With VAELAB_BUDGET=full in the environment the tests train as learners do.
func smallBudget() string {
	const name = "VAELAB_BUDGET" // as vaelib/lab reads it
	if wish := os.Getenv(name); wish != "" {
		return name + "=" + wish
	}
	return name + "=small"
}

// TestNotebooks executes every notebook of the course from top to bottom. With the other tests they share the runs that
// they keep, so that a notebook with solutions trains only what is asked for in its exercises.
func TestNotebooks(t *testing.T) {
	if testing.Short() {
		t.Skip("takes minutes")
	}
	t.Parallel()
	needLab(t)
	learners, solutions := notebooks(t)
	execute := func(book string, env ...string) {
		t.Run(inside(clone(t), []string{book})[0], func(t *testing.T) {
			out := t.TempDir()
			cmd := vaelab(t, "exec", book, "-out", out, "-times")
			cmd.Env = append(append(cmd.Env, "VAELAB_RUNS="+runs(t), smallBudget()), env...)
			stdout, stderr, code := outcome(t, cmd)
			if code != 0 {
				t.Fatalf("code %d\n%s\n%s", code, stdout, stderr)
			}
			t.Logf("%s\n%s", stdout, stderr)
			written := streams(t, filepath.Join(out, filepath.Base(book)))
			if written["all"] == 0 {
				t.Error("the executed copy has no outputs")
			}
			if written["stderr"] > 0 {
				t.Error("a cell writes to the standard error, for which nbgrader gives no points")
			}
		})
	}
	for _, book := range learners {
		execute(book)
	}
	for _, book := range solutions {
		execute(book, graded)
	}
}

// graded makes an exercise fail its cell unless the answer is right, as it does for nbgrader: so a notebook with
// solutions that runs to its end has passed every check.
const graded = "NBGRADER_EXECUTION=autograde"

// TestNotebooksAreCurrent compares the learners' notebooks with what their sources give.
func TestNotebooksAreCurrent(t *testing.T) {
	faults, err := staleNotebooks(clone(t).Notebooks())
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range faults {
		t.Errorf("%s: run go run ./cmd/vaelab notebooks", fault)
	}
}

// TestCommittedNotebooksAreClean keeps what one person's page left out of everybody's notebooks: outputs, counts,
// and metadata beyond the kernel's name and nbgrader's.
func TestCommittedNotebooksAreClean(t *testing.T) {
	learners, solutions := notebooks(t)
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
