// Package tabfaults has cells fail in a browser's tab, and be stopped.
package tabfaults

import (
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/tab"
)

// TestWhatGoesWrong has cells fail in every way that somebody can write, and go on afterwards.
func TestWhatGoesWrong(t *testing.T) {
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	cases := []struct {
		name, cell string
		want       []string
	}{
		{"a mistake of the compiler's", "func f() int {\n\treturn \"a\"\n}", []string{"line 2:9:", "cannot use \"a\""}},
		{"what is undefined", "%%\nfmt.Println(1)\nx := undefinedThing", []string{"line 3:6: undefined: undefinedThing"}},
		{"of the syntax", "%%\nfmt.Println(", []string{"line "}},
		{"a panic", "func g() {\n\tpanic(\"oh no\")\n}\n\n%%\nfmt.Println(\"before\")\ng()", []string{"before", "panic: oh no", "line 2", "line 7", "exit status 2"}},
		{"an index", "%%\na := []int{1}\ni := 3\nfmt.Println(a[i])", []string{"index out of range [3] with length 1", "line 4"}},
		{"an exit", "%%\nfmt.Println(\"so far\")\nos.Exit(3)", []string{"so far", "exit status 3"}},
		{"a call of itself without end", "func h(n int) int { return h(n+1) + 1 }\n\n%%\nfmt.Println(h(0))", []string{"stack"}},
		{"memory without end", "%%\nvar all [][]byte\nfor {\n\tb := make([]byte, 64<<20)\n\tfor i := range b {\n\t\tb[i] = 1\n\t}\n\tall = append(all, b)\n}", []string{"out of memory"}},
		{"a package that isn't here", "import \"net/http\"\n\n%%\nhttp.Get(\"x\")", []string{"line 1: package net/http isn't part of this site"}},
		{"a shell", "!ls -l", []string{"There is no shell in the browser", "!ls -l"}},
		{"ten million letters", "%%\nfor range 100000 {\n\tfmt.Println(strings.Repeat(\"x\", 99))\n}", []string{"the rest isn't shown"}},
		{"nothing wrong", "%%\nfmt.Println(6 * 7)", []string{"42"}},
	}
	var cells []string
	for _, c := range cases {
		cells = append(cells, c.cell, "%%\nfmt.Println(\"and\", \"on\")")
	}
	v.Write("wrong.ipynb", cells...)
	for i, c := range cases {
		outputs := v.Run(2*i, 2*i+2)
		said := tab.Text(outputs[0])
		for _, want := range c.want {
			if !strings.Contains(said, want) {
				t.Errorf("%s: %q is missing in\n%.2000s", c.name, want, said)
			}
		}
		if !strings.Contains(tab.Text(outputs[1]), "and on") {
			t.Errorf("%s: the next cell says %s", c.name, tab.Text(outputs[1]))
		}
	}
	v.Clean()
}

// TestDeclarationsOfAFailedCellAreNotKept: what doesn't compile leaves nothing, what does is there although it panics.
func TestDeclarationsOfAFailedCellAreNotKept(t *testing.T) {
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	v.Write("kept.ipynb", "var a = 1", "var a = \"text\"\nvar b int = a", "%%\nfmt.Println(a + 1)", "var c = 5\n\n%%\npanic(1)", "%%\nfmt.Println(c)")
	cells := v.Run(0, 5)
	if got := tab.Text(cells[2]) + tab.Text(cells[4]); got != "2\n5\n" {
		t.Errorf("afterwards: %q; before: %s", got, tab.Text(cells[1]))
	}
	v.Clean()
}

// TestInterrupt stops a loop without end, and a build, with the page's own button.
func TestInterrupt(t *testing.T) {
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	v.Write("endless.ipynb", "%%\nfmt.Println(\"begun\")\nfor {\n}", "%%\nfmt.Println(\"and on\")")
	var ok bool
	v.Eval(`(globalThis.ran = jupyterapp.commands.execute("notebook:run-cell"), true)`, &ok)
	v.Wait("the loop", `jupyterapp.shell.currentWidget.content.widgets[0].model.outputs.toJSON().some((o) => /begun/.test(o.text))`)
	v.Eval(`jupyterapp.commands.execute("notebook:interrupt-kernel").then(() => globalThis.ran).then(() => true)`, &ok)
	var said string
	v.Eval(`JSON.stringify(jupyterapp.shell.currentWidget.content.widgets[0].model.outputs.toJSON())`, &said)
	if !strings.Contains(said, "interrupted") {
		t.Errorf("the cell says %s", said)
	}
	if got := tab.Text(v.Run(1, 2)[0]); got != "and on\n" {
		t.Errorf("the next cell says %q", got)
	}
	v.Clean()
}

// TestTraining trains in the page, is interrupted, and goes on where it was after a reload; the third time the model is there.
func TestTraining(t *testing.T) {
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	cells := []string{`import (
	"vaelab/datasets"
	"vaelab/vaelib/lab"
	"vaelab/vaelib/run"
	"vaelab/vaelib/show"
)

func model(epochs int) *lab.Model {
	data := show.Must(datasets.Sample())
	data.Train, data.Test = data.Train.First(512), data.Test.First(200)
	config := run.Default()
	config.Hidden, config.Epochs = 16, epochs
	return show.Must(lab.Train(config, data))
}`, "%%\nmodel(60)", "%%\nm := model(60)\nfmt.Println(len(m.State.History), \"epochs\")\nshow.Must(m.Map(), nil)"}
	cells[2] = "%%\nm := model(60)\nfmt.Println(len(m.State.History), \"epochs\")"
	v.Write("training.ipynb", cells...)
	v.Run(0, 1)
	var ok bool
	v.Eval(`(jupyterapp.shell.currentWidget.content.activeCellIndex = 1, globalThis.ran = jupyterapp.commands.execute("notebook:run-cell"), true)`, &ok)
	const page = `document.querySelector(".jp-Notebook").innerText`
	v.Wait("some epochs", `/Epoch ([4-9]|[1-5]\d) of 60/.test(`+page+`)`)
	v.Eval(`jupyterapp.commands.execute("notebook:interrupt-kernel").then(() => globalThis.ran).then(() => true)`, &ok)
	v.Wait("the end", `/training was stopped after \d+ of 60 epochs|interrupted/.test(`+page+`)`)
	v.Screenshot("stopped.png")

	v.Write("training.ipynb", cells...)
	v.Run(0, 1)
	said := tab.Text(v.Run(2, 3)[0])
	if !strings.Contains(strings.ToLower(said), "went on after epoch") || !strings.Contains(said, "60 epochs") {
		t.Errorf("after a reload: %s", said)
	}
	v.Write("training.ipynb", cells...)
	v.Run(0, 1)
	again := tab.Text(v.Run(2, 3)[0])
	if strings.Contains(strings.ToLower(again), "went on") || !strings.Contains(again, "60 epochs") {
		t.Errorf("the third time: %s", again)
	}
	v.Clean()
}
