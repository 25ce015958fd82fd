package command

import (
	"path/filepath"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

// TestWhyACellFails holds what exec says of a failing cell against what the page says: the sentence, the cell's own line,
// and no file that is gone.
func TestWhyACellFails(t *testing.T) {
	labtest.Lab(t)
	for _, c := range []struct {
		name  string
		cells []string
		want  []string
		long  bool
	}{
		{"a setting that can't be", []string{"import (\n\t\"vaelab/datasets\"\n\t\"vaelab/vaelib/lab\"\n\t\"vaelab/vaelib/run\"\n\t\"vaelab/vaelib/show\"\n)\n%%\nc := run.Default()\nc.KLWeight = -1\nshow.Must(lab.Train(c, show.Must(datasets.Sample())))"},
			[]string{"cell 1 fails", "KLWeight is -1: it must be 0 or more"}, false},
		{"a syntax error", []string{"// first\nfunc f() int {\n\treturn 1 +\n}\n%%\nfmt.Println(f())"},
			[]string{"line 4: expected operand, found '}'"}, true},
		{"%% forgotten", []string{"%%\nfmt.Println(1)", "fmt.Println(2)"},
			[]string{"cell 2 fails", "line 1: expected declaration, found fmt", "needs a line above it with %% alone"}, false},
		{"a panic in an earlier cell's function", []string{"func g(x []int) int {\n\treturn x[3]\n}", "%%\nfmt.Println(g(nil))"},
			[]string{"cell 2 fails", "panic: runtime error: index out of range [3] with length 0", "cell 1, line 2", "line 2"}, false},
		{"a stack that comes in pieces", []string{"%%\n_, file, line, _ := runtime.Caller(0)\nfor _, piece := range []string{\"panic: torn\\n\\t\" + file, \":\", fmt.Sprint(line), \" +0x1d\\n\"} {\n\tfmt.Fprint(os.Stderr, piece)\n\ttime.Sleep(100 * time.Millisecond)\n}\nos.Exit(2)"},
			[]string{"panic: torn", "line 2"}, false},
		{"a body without its end", []string{"%%\nfor i := 0; i < 3; i++ {\nfmt.Println(i)"}, []string{"expected '}', found 'EOF'", "The cell ends too early"}, true},
		{"an exit code", []string{"%%\nos.Exit(3)"}, []string{"its program ended with exit code 3"}, true},
		{"log.Fatal", []string{"%%\nlog.Fatal(\"the end\")"}, []string{"its program ended with exit code 1", "the end"}, true},
		{"a type error", []string{"var n int = \"a\"\n%%\nfmt.Println(n)"}, []string{"line 1: cannot use \"a\""}, true},
		{"a brace too many", []string{"func f() {}\n}"}, []string{"A closing brace is too many"}, true},
		{"words on the standard output", []string{"%%\nfmt.Println(\"why\")\nos.Exit(1)"}, []string{"exit code 1", "why"}, true},
		{"lines of Windows", []string{"%%\r\nfmt.Println(missing)"}, []string{"line 2: undefined: missing"}, true},
		{"an unused variable", []string{"%%\nx := 1"}, []string{"line 2: declared and not used: x"}, true},
		{"a name that is gone", []string{"func k() int { return missing }"}, []string{"line 1: undefined: missing"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.long {
				labtest.Long(t)
			}
			book := filepath.Join(t.TempDir(), "fails.ipynb")
			labtest.Write(t, book, c.cells...)
			stdout, stderr, code := labtest.Outcome(t, labtest.Command(t, "exec", book, "-out", t.TempDir()))
			said := stdout + stderr
			if code != 1 {
				t.Errorf("code %d", code)
			}
			for _, want := range c.want {
				if !strings.Contains(said, want) {
					t.Errorf("no %q in\n%s", want, said)
				}
			}
			if strings.Contains(said, "main.go") || strings.Contains(said, "gonb_") {
				t.Errorf("it names a file that is gone:\n%s", said)
			}
		})
	}
}

// TestNobodyTypes executes cells that read their input: they find its end at once.
func TestNobodyTypes(t *testing.T) {
	labtest.Lab(t)
	book, out := filepath.Join(t.TempDir(), "reads.ipynb"), t.TempDir()
	labtest.Write(t, book, "%%\nvar s string\nn, err := fmt.Scanln(&s)\nfmt.Println(\"read\", n, err)", "!cat; echo after cat")
	if stdout, stderr, code := labtest.Outcome(t, labtest.Command(t, "exec", book, "-out", out)); code != 0 {
		t.Fatalf("code %d\n%s\n%s", code, stdout, stderr)
	}
	got := labtest.Outputs(t, filepath.Join(out, "reads.ipynb"))
	for _, want := range []string{"read 0 EOF", "after cat"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
}
