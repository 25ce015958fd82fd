package tabvisits

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/tab"
)

const page = `document.querySelector(".jp-Notebook")?.innerText`

// TestClosedWhileItTrains: when the page is closed in the middle, the next visit goes on after the last epoch that was finished.
func TestClosedWhileItTrains(t *testing.T) {
	labtest.Long(t)
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	first := v.Another()
	first.Write("closed.ipynb", tab.Training("60")...)
	first.Run(0, 1)
	first.Begin(1)
	first.Wait("some epochs", `/Epoch ([4-9]|[1-5]\d) of 60/.test(`+page+`)`)
	first.Clean()
	first.Close()
	v.Write("closed.ipynb", tab.Training("60")...)
	said := strings.ToLower(tab.Text(v.Run(0, 2)[1]))
	if !strings.Contains(said, "went on after epoch") || !strings.Contains(said, "60 epochs") {
		t.Errorf("at the next visit: %s", said)
	}
	v.Clean()
}

// TestTwoTabs: two tabs with one notebook train the same run, of which the second waits for the first one's, and solve exercises, of
// which none is forgotten.
func TestTwoTabs(t *testing.T) {
	labtest.Long(t)
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	exercises := []string{`import (
	"math"
	"vaelab/vaelib/exercise"
)

func KL(mu, sigma float64) float64 { return 0.5 * (mu*mu + sigma*sigma - 1 - 2*math.Log(sigma)) }
func KLFromLogVar(mu, logVar float64) float64 { return 0.5 * (mu*mu + math.Exp(logVar) - 1 - logVar) }`,
		"%%\nexercise.KLInOneDimension.Check(KL)", "%%\nexercise.KLFromLogVar.Check(KLFromLogVar)", "%%\nexercise.Progress()"}
	v.Write("two.ipynb", append(tab.Training("100"), exercises...)...)
	w := v.Another()
	w.Open("two.ipynb")
	for _, one := range []*tab.Visitor{v, w} {
		one.Run(0, 1)
		one.Run(2, 3)
	}
	v.Begin(1)
	v.Wait("the first epoch", `/Epoch [1-9]\d* of 100/.test(`+page+`)`)
	w.Begin(1)
	w.Wait("waiting for the other tab", page+`.includes("another process is training this run")`)
	for _, one := range []*tab.Visitor{v, w} {
		one.Wait("the end", page+`.includes("100 epochs\n")`)
	}
	var alone bool
	if w.Eval(`!/went on after epoch/.test(`+page+`)`, &alone); !alone {
		t.Error("the second tab has trained a part of the run again")
	}
	v.Begin(3)
	w.Begin(4)
	for _, one := range []*tab.Visitor{v, w} {
		var ok bool
		one.Eval(`globalThis.ran.then(() => true)`, &ok)
	}
	for _, one := range []*tab.Visitor{v, w} {
		tab.Says(t, "the progress", one.Run(5, 6)[0], "2 of ")
		one.Clean()
	}
}

// TestReload: a page that is loaded anew while a cell runs, or that is left and found again, works.
func TestReload(t *testing.T) {
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	v.Write("again.ipynb", "%%\nfmt.Println(\"begun\")\nfor {\n}", answer)
	v.Begin(0)
	v.Wait("the loop", `jupyterapp.shell.currentWidget.content.widgets[0].model.outputs.toJSON().some((o) => /begun/.test(o.text))`)
	v.Open("again.ipynb")
	tab.Says(t, "after a reload", v.Run(1, 2)[0], "42")

	v.Begin(0)
	v.Wait("the loop", `jupyterapp.shell.currentWidget.content.widgets[0].model.outputs.toJSON().some((o) => /begun/.test(o.text))`)
	v.Do(chromedp.Navigate("about:blank"))
	v.Go(-1)
	v.Wait("a kernel", `globalThis.vaelabPage?.kernels.size > 0`)
	var running bool
	if v.Eval(`[...vaelabPage.kernels.values()].some((k) => k.running)`, &running); running { // the page was only put aside
		v.Eval(`jupyterapp.commands.execute("notebook:interrupt-kernel").then(() => true)`, &running)
	}
	v.Opened("again.ipynb")
	tab.Says(t, "after coming back", v.Run(1, 2)[0], "42")
	v.Go(1)
	v.Go(-1)
	v.Opened("again.ipynb")
	tab.Says(t, "back and forward", v.Run(1, 2)[0], "42")
	v.Clean()
}
