// Package tab_test runs the course in a browser's tab.
package tab_test

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/tab"
	"vaelab/cmd/vaelab/internal/labtest/tab/course"
)

// TestNotebook02 runs a notebook with its solutions, in long tests to its end.
func TestNotebook02(t *testing.T) {
	most, figures := 20, 6
	if labtest.IsLong() {
		most, figures = course.All, 14
	}
	course.Notebook(t, tab.Visit(t, tab.Serve(t, labtest.Site(t))), "solutions/02_kl_divergence.ipynb", most, min(most, 42), figures)
}

func TestExercises(t *testing.T) { course.Exercises(t, tab.Visit(t, tab.Serve(t, labtest.Site(t)))) }

func TestSlider(t *testing.T) { course.Slider(t, tab.Visit(t, tab.Serve(t, labtest.Site(t)))) }

func TestWithoutANetwork(t *testing.T) { course.WithoutANetwork(t, labtest.Site(t), tab.Chromium) }

// TestAllIsKept keeps the whole site with the button, and opens what was never opened after the host has gone.
func TestAllIsKept(t *testing.T) {
	site := tab.Serve(t, labtest.Site(t))
	v := tab.Visit(t, site)
	v.Open("02_kl_divergence.ipynb")
	const button = `document.querySelector("#vaelab-keep button").textContent`
	v.Wait("the service worker", `navigator.serviceWorker.controller`)
	v.Wait("the button", `/\(\d+ MB\)/.test(`+button+`)`)
	var ok bool
	v.Eval(`document.querySelector("#vaelab-keep button").click(), true`, &ok)
	v.Wait("everything", `/✓/.test(`+button+`)`)
	site.Gone()
	v.Write("offline.ipynb", "import \"gonum.org/v1/gonum/stat\"\n\n%%\nfmt.Println(stat.Mean([]float64{1, 3}, nil))")
	if got := strings.TrimSpace(tab.Text(v.Run(0, 1)[0])); got != "2" {
		t.Errorf("without a network: %q", got)
	}
	v.Clean()
}

// TestComputesAsTheNativeBackend: the vector instructions of the tab give what GoMLX's Go backend gives in a program for this machine,
// but for rounding, which training then enlarges; and a loss of one's own is known by the same fingerprint.
func TestComputesAsTheNativeBackend(t *testing.T) {
	cells := []string{`import (
	"vaelab/datasets"
	"vaelab/vaelib/lab"
	"vaelab/vaelib/model"
	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
	"vaelab/vaelib/training"

	"github.com/gomlx/gomlx/core/graph"
)

func squared(p model.Pass) *graph.Node {
	off := graph.Sub(p.Images, model.Paint(p.Logits))
	return graph.Add(graph.MulScalar(graph.ReduceSum(graph.Square(off), -1), 10), model.KL(p))
}`, `%%
data := show.Must(datasets.Sample())
data.Train, data.Test = data.Train.First(1280), data.Test.First(200)
config := run.Default()
config.Hidden, config.Epochs = 64, 2
m := show.Must(lab.Train(config, data))
last := m.Last()
fmt.Println("measured", show.Must(training.Fingerprint(config, 784, squared)), last.Train.Reconstruction, last.Train.KL, last.Test.Reconstruction, last.Test.KL)`}
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	v.Write("same.ipynb", cells...)
	here := measured(t, tab.Text(v.Run(0, 2)[1]))
	v.Clean()

	book, out := filepath.Join(t.TempDir(), "same.ipynb"), t.TempDir()
	labtest.Write(t, book, cells...)
	cmd := labtest.Command(t, "exec", book, "-out", out)
	cmd.Env = append(cmd.Env, "GOMLX_BACKEND=go", "VAELAB_RUNS="+t.TempDir())
	if stdout, stderr, code := labtest.Outcome(t, cmd); code != 0 {
		t.Fatalf("code %d\n%s\n%s", code, stdout, stderr)
	}
	native := measured(t, labtest.Outputs(t, filepath.Join(out, "same.ipynb")))
	if here[0] != native[0] {
		t.Errorf("the loss's fingerprint is %s in the tab and %s outside", here[0], native[0])
	}
	for i := 1; i < 5; i++ {
		var a, b float64
		fmt.Sscan(here[i], &a)
		fmt.Sscan(native[i], &b)
		if b == 0 || math.Abs(a/b-1) > 1e-5 {
			t.Errorf("number %d is %v in the tab and %v outside", i, a, b)
		}
		t.Logf("%d: %v in the tab, %v outside", i, a, b)
	}
}

// measured are the words behind "measured" in a cell's text.
func measured(t *testing.T, text string) []string {
	t.Helper()
	_, after, ok := strings.Cut(text, "measured ")
	words := strings.Fields(after)
	if !ok || len(words) < 5 {
		t.Fatalf("nothing was measured: %s", text)
	}
	return words[:5]
}
