package command

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/notebook"
	"vaelab/cmd/vaelab/internal/setup"
)

func TestExec(t *testing.T) {
	labtest.Lab(t)
	dir := t.TempDir()
	book := func(name string, cells ...string) string {
		path := filepath.Join(dir, name)
		labtest.Write(t, path, cells...)
		return path
	}
	notJSON := filepath.Join(dir, "text.ipynb")
	if err := os.WriteFile(notJSON, []byte("these are only words"), 0o644); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")

	for _, c := range []struct {
		name    string
		args    []string
		code    int
		want    []string // in what is said
		unsaid  []string
		printed string // in the executed copy
	}{
		{"passing", []string{book("pass.ipynb", "%%\nfmt.Println(6*7, os.Getenv(\"VAELAB_ROOT\"))"), "-out", out, "-times"},
			0, []string{"pass.ipynb: 1 cell;", "first line", "fmt.Println(6*7"}, nil, "42 " + labtest.Layout(t).Root},
		{"doesn't compile", []string{"-out", out, book("bad.ipynb", "%%\nfmt.Println(1)", "// the second\n%%\nfmt.Println(missing)", "%%\nfmt.Println(\"never\")")},
			1, []string{"bad.ipynb: cell 2 fails", "// the second", "line 3: undefined: missing"}, []string{"never", "gonb-err"}, "1\n"},
		{"too slow", []string{"-out", out, book("slow.ipynb", "%%\ntime.Sleep(time.Hour)"), "-timeout", "2s"},
			1, []string{"slow.ipynb: cell 1 fails", "not done after 2 seconds", "-timeout"}, nil, ""},
		{"not a notebook", []string{"-out", out, notJSON}, 1, []string{"text.ipynb is not a notebook that can be executed"}, []string{"Traceback"}, ""},
		{"over itself", []string{"-out", dir, filepath.Join(dir, "pass.ipynb")}, 1, []string{"would overwrite"}, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.name == "too slow" {
				labtest.Long(t)
			}
			stdout, stderr, code := labtest.Outcome(t, labtest.Command(t, append([]string{"exec"}, c.args...)...))
			if code != c.code {
				t.Errorf("code %d, want %d", code, c.code)
			}
			said := stdout + stderr
			for _, want := range c.want {
				if !strings.Contains(said, want) {
					t.Errorf("no %q in what is said:\n%s", want, said)
				}
			}
			for _, unsaid := range c.unsaid {
				if strings.Contains(said, unsaid) {
					t.Errorf("%q in what is said:\n%s", unsaid, said)
				}
			}
			if c.printed != "" {
				for _, a := range c.args {
					if strings.HasSuffix(a, ".ipynb") && !strings.Contains(labtest.Outputs(t, filepath.Join(out, filepath.Base(a))), c.printed) {
						t.Errorf("the executed copy doesn't hold %q", c.printed)
					}
				}
			}
		})
	}
}

// TestExecInPureGo compiles the course's packages a second time, with Go's vector instructions, and runs a cell that uses
// them.
func TestExecInPureGo(t *testing.T) {
	labtest.Long(t)
	labtest.Lab(t)
	book, out := filepath.Join(t.TempDir(), "wired.ipynb"), t.TempDir()
	labtest.Write(t, book, "import \"vaelab/vaelib/run\"\n%%\nfmt.Println(run.Default().KLWeight)")
	stdout, stderr, code := labtest.Outcome(t, labtest.Command(t, "exec", "-out", out, book, "-backend", "go"))
	if said := stdout + stderr; code != 0 || !strings.Contains(said, "pure Go on the CPU, as asked") {
		t.Errorf("code %d: %s", code, said)
	}
	if got := labtest.Outputs(t, filepath.Join(out, "wired.ipynb")); got != "1\n" {
		t.Errorf("the cell prints %q", got)
	}
}

// TestWiring runs that cell under our kernel, where it does no harm, in a folder outside the clone, and under a
// kernel as GoNB's own installer leaves it, which has no environment and no list of modules, in a folder inside the
// clone. None may need a network: Go is told that there is no proxy, and a checksum database that nobody serves.
func TestWiring(t *testing.T) {
	labtest.Lab(t)
	l := labtest.Layout(t)
	dir, err := os.MkdirTemp(l.Dir(), "test-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	write := func(dir string) string {
		book := filepath.Join(dir, "a", "b", "wiring.ipynb")
		if err := os.MkdirAll(filepath.Dir(book), 0o755); err != nil {
			t.Fatal(err)
		}
		labtest.Write(t, book, notebook.Wiring,
			"import (\n\t\"vaelab/vaelib/run\"\n\t\"github.com/janpfeifer/gonb/gonbui\"\n\t\"gonum.org/v1/plot\"\n)\n%%\n"+
				"fmt.Println(\"weight\", run.Default().KLWeight, plot.New().Title.Text)\ngonbui.Sync()",
			"%%\nfmt.Println(\"dimensions\", run.Default().Latent, os.Getenv(\"VAELAB_ROOT\"))")
		return book
	}
	stock := filepath.Join(dir, "stock")
	spec := filepath.Join(stock, "kernels", "gonb", "kernel.json")
	if err := os.MkdirAll(filepath.Dir(spec), 0o755); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(map[string]any{
		"argv":         []string{filepath.Join(l.Bin(), "gonb"), "--kernel", "{connection_file}"},
		"display_name": "Go (gonb)", "language": "go", "interrupt_mode": "message", "env": map[string]string{},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(spec, text, 0o644); err != nil {
		t.Fatal(err)
	}
	// GoNB asks its users to have goimports on PATH.
	t.Setenv("GOPROXY", "off")
	t.Setenv("GOSUMDB", "sum.golang.org http://127.0.0.1:1")
	path := l.Bin() + string(os.PathListSeparator) + os.Getenv("PATH")
	ours := (&setup.Lab{Layout: l}).JupyterEnv()
	for name, c := range map[string]struct {
		env  []string
		book string
		root string
	}{
		"ours, far away":     {ours, write(t.TempDir()), l.Root},
		"stock, deep inside": {setup.Environ(map[string]string{"JUPYTER_PATH": stock, "JUPYTER_DATA_DIR": filepath.Join(dir, "data"), "PATH": path}), write(dir), ""},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := notebook.Execute(t.Context(), c.book, notebook.Options{
				Python: l.Python(), Env: c.env, Out: filepath.Join(dir, name), Timeout: 5 * time.Minute}, nil)
			if err != nil {
				t.Fatal(err)
			}
			got := labtest.Outputs(t, r.Copy)
			for _, want := range []string{"weight 1 \n", "dimensions 2 " + c.root + "\n"} {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in %q", want, got)
				}
			}
		})
	}
}
