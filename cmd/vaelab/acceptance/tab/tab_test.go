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
)

// TestNotebook02 runs a notebook with its solutions, in long tests to its end: no cell fails, none is skipped, exercises are right and
// figures shown.
func TestNotebook02(t *testing.T) {
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	v.Open("solutions/02_kl_divergence.ipynb")
	last, least := 20, 6 // cells, and figures that they show
	if labtest.IsLong() {
		last, least = 1000, 14
	}
	cells := v.Run(0, last)
	if len(cells) < min(last, 42) {
		t.Errorf("only %d cells ran", len(cells))
	}
	figures := 0
	for i, outputs := range cells {
		for _, o := range outputs {
			if o.Kind == "error" || o.Stream == "stderr" {
				t.Errorf("cell %d: %s", i, o.Text)
			}
			if strings.Contains(o.HTML, "<figure") {
				figures++
			}
			if strings.Contains(o.HTML, "not yet right") || strings.Contains(o.HTML, "no verdict") {
				t.Errorf("cell %d: %s", i, o.Text)
			}
		}
	}
	if figures < least {
		t.Errorf("%d figures", figures)
	}
	v.Screenshot("end.png")
	v.Clean()
}

// TestExercises checks answers: right, wrong, without end, ended, and unwritten; and finds what was done after a reload.
func TestExercises(t *testing.T) {
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	check := "%%\nexercise.KLInOneDimension.Check(KL)"
	imports := "import (\n\t\"math\"\n\t\"vaelab/vaelib/exercise\"\n)\n\n"
	answer := func(body string) string { return imports + "func KL(mu, sigma float64) float64 {\n\t" + body + "\n}" }
	cases := []struct{ name, body, want string }{
		{"wrong", "return mu*mu + sigma*sigma - 1 - 2*math.Log(sigma)", "twice"},
		{"without end", "for mu < 100 {\n\t}\n\treturn 0", "no answer in time"},
		{"ended", "println(\"x\")\n\tpanic(\"stop\")", "stopped by a panic"},
		{"a call of itself", "return KL(mu, sigma) + 1", "no verdict"},
		{"right", "return 0.5 * (mu*mu + sigma*sigma - 1 - 2*math.Log(sigma))", "right"},
	}
	var cells []string
	for _, c := range cases {
		cells = append(cells, answer(c.body), check, imports+"%%\nexercise.Progress()")
	}
	v.Write("exercise.ipynb", cells...)
	for i, c := range cases {
		outputs := v.Run(3*i, 3*i+3)
		if said := tab.Text(outputs[1]); !strings.Contains(said, c.want) {
			t.Errorf("%s: the check says %s", c.name, said)
		}
		if done := strings.Contains(tab.Text(outputs[2]), "1 of "); done != (c.name == "right") {
			t.Errorf("%s: the progress says %s", c.name, tab.Text(outputs[2]))
		}
	}
	v.Write("later.ipynb", imports+"%%\nexercise.Progress()")
	if said := tab.Text(v.Run(0, 1)[0]); !strings.Contains(said, "1 of ") {
		t.Errorf("after a reload: %s", said)
	}
	v.Clean()
}

// TestSlider moves a slider while its cell runs, and ends it with an interrupt, which leaves the last picture.
func TestSlider(t *testing.T) {
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	v.Write("slider.ipynb", `import (
	"vaelab/vaelib/figure"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/show"
)

%%
show.Sliders(func(v []float64) figure.Figure {
	q := kl.Normal{Mu: v[0], Sigma: 1}
	return figure.Plot(figure.Line("q", q.Prob, -5, 5), figure.Caption(fmt.Sprintf("the middle is %.1f", v[0])))
}, show.Slider{Name: "μ", From: -3, To: 3, At: 0, Step: 0.5})`)
	var ok bool
	v.Eval(`(globalThis.ran = jupyterapp.commands.execute("notebook:run-cell"), true)`, &ok)
	v.Wait("the slider", `document.querySelector("input[type=range]")?.offsetParent`)
	const page = `document.querySelector(".jp-Notebook").innerText`
	for _, at := range []string{"1.5", "-2.0", "3.0"} {
		v.Eval(fmt.Sprintf(`(() => { const i = document.querySelector("input[type=range]"); i.value = %q; i.dispatchEvent(new Event("input", {bubbles: true})); return true })()`, at), &ok)
		v.Wait("the picture", page+`.includes("the middle is `+at+`")`)
	}
	v.Eval(`jupyterapp.commands.execute("notebook:interrupt-kernel").then(() => globalThis.ran).then(() => true)`, &ok)
	v.Wait("the last words", page+`.includes("The sliders stopped at μ = 3.0, because the kernel was interrupted")`)
	v.Clean()
}

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

// TestWithoutANetwork: what was opened once works when the host is gone, after a reload too.
func TestWithoutANetwork(t *testing.T) {
	site := tab.Serve(t, labtest.Site(t))
	v := tab.Visit(t, site)
	v.Write("offline.ipynb", "%%\nfmt.Println(6 * 7)")
	v.Run(0, 1)
	v.Wait("the service worker", `navigator.serviceWorker.controller`)
	v.Write("offline.ipynb", "%%\nfmt.Println(6 * 7)") // now that it rules, it sees what is asked for
	v.Run(0, 1)
	site.Gone()
	v.Write("offline.ipynb", "%%\nfmt.Println(6 * 8)")
	if got := tab.Text(v.Run(0, 1)[0]); got != "48\n" {
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
