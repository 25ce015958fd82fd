package peerbench

import (
	"strings"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/cmd/vaelab/internal/setup"
)

// No two cells of a kind are the same text, and none holds a verb that wasn't filled in.
func TestSources(t *testing.T) {
	for _, k := range kinds {
		seen := map[string]bool{}
		list := k.sources(21)
		if want := 21 + 1 + len(k.before); len(list) != want {
			t.Errorf("%s: %d cells, want %d", k.name, len(list), want)
		}
		for _, source := range list {
			if seen[source] {
				t.Errorf("%s: twice: %s", k.name, source)
			}
			if strings.Contains(source, "%!") || strings.Contains(source, "%%%%") {
				t.Errorf("%s: badly filled in: %s", k.name, source)
			}
			seen[source] = true
		}
	}
}

// The notebook is one, and each of its cells is timed by the real kernel, where the lab is set up; a cell that fails is an
// error that quotes it.
func TestKernels(t *testing.T) {
	layout, err := setup.FindRoot(".")
	if err != nil {
		t.Fatal(err)
	}
	if !layout.HasKernel() || testing.Short() {
		t.Skip("no lab here (go run ./cmd/vaelab setup makes it)")
	}
	made := setup.Lab{Layout: layout}
	c := Course{Dir: t.TempDir(), Cells: 2, Say: func(string) {},
		Kernel: notebook.Options{Python: layout.Python(), Env: made.JupyterEnv(), Timeout: time.Minute}}
	var r Report
	if err := c.kernels(t.Context(), &r, kinds[:1]); err != nil {
		t.Fatal(err)
	}
	if len(r.Rows) != 1 || r.Rows[0].What != "a warm cell without GoMLX" || !(r.Rows[0].Ours > 0) || len(r.OneByOne) != 2 {
		t.Errorf("%+v, %+v", r.Rows, r.OneByOne)
	}
	err = c.kernels(t.Context(), &r, []kind{{"broken", nil, "%%%%\nfmt.Println(missing%d)"}})
	if err == nil || !strings.Contains(err.Error(), "missing1") {
		t.Errorf("a cell that doesn't compile gives %v", err)
	}
}
