package tab

import (
	"fmt"
	"strings"
	"testing"
)

// TestNotebook02 runs a whole notebook with its solutions: no cell fails, none is skipped, and every one that shows something on
// the desktop shows something here.
func TestNotebook02(t *testing.T) {
	v := visit(t, serve(t, siteFolder(t)))
	v.open("solutions/02_kl_divergence.ipynb")
	cells := v.run(0, 1000)
	if len(cells) < 40 {
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
	if figures < 15 {
		t.Errorf("%d figures", figures)
	}
	v.screenshot("end.png")
	v.clean()
}

// TestWhatGoesWrong has cells fail in every way that somebody can write, and go on afterwards.
func TestWhatGoesWrong(t *testing.T) {
	v := visit(t, serve(t, siteFolder(t)))
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
	v.write("wrong.ipynb", cells...)
	for i, c := range cases {
		outputs := v.run(2*i, 2*i+2)
		said := text(outputs[0])
		for _, want := range c.want {
			if !strings.Contains(said, want) {
				t.Errorf("%s: %q is missing in\n%.2000s", c.name, want, said)
			}
		}
		if !strings.Contains(text(outputs[1]), "and on") {
			t.Errorf("%s: the next cell says %s", c.name, text(outputs[1]))
		}
	}
	v.clean()
}

// TestDeclarationsOfAFailedCellAreNotKept: what doesn't compile leaves nothing, what does is there although it panics.
func TestDeclarationsOfAFailedCellAreNotKept(t *testing.T) {
	v := visit(t, serve(t, siteFolder(t)))
	v.write("kept.ipynb", "var a = 1", "var a = \"text\"\nvar b int = a", "%%\nfmt.Println(a + 1)", "var c = 5\n\n%%\npanic(1)", "%%\nfmt.Println(c)")
	cells := v.run(0, 5)
	if got := text(cells[2]) + text(cells[4]); got != "2\n5\n" {
		t.Errorf("afterwards: %q; before: %s", got, text(cells[1]))
	}
	v.clean()
}

// TestInterrupt stops a loop without end, and a build, with the page's own button.
func TestInterrupt(t *testing.T) {
	v := visit(t, serve(t, siteFolder(t)))
	v.write("endless.ipynb", "%%\nfmt.Println(\"begun\")\nfor {\n}", "%%\nfmt.Println(\"and on\")")
	var ok bool
	v.eval(`(globalThis.ran = jupyterapp.commands.execute("notebook:run-cell"), true)`, &ok)
	v.wait("the loop", `jupyterapp.shell.currentWidget.content.widgets[0].model.outputs.toJSON().some((o) => /begun/.test(o.text))`)
	v.eval(`jupyterapp.commands.execute("notebook:interrupt-kernel").then(() => globalThis.ran).then(() => true)`, &ok)
	var said string
	v.eval(`JSON.stringify(jupyterapp.shell.currentWidget.content.widgets[0].model.outputs.toJSON())`, &said)
	if !strings.Contains(said, "interrupted") {
		t.Errorf("the cell says %s", said)
	}
	if got := text(v.run(1, 2)[0]); got != "and on\n" {
		t.Errorf("the next cell says %q", got)
	}
	v.clean()
}

// TestExercises checks answers: right, wrong, without end, ended, and unwritten; and finds what was done after a reload.
func TestExercises(t *testing.T) {
	v := visit(t, serve(t, siteFolder(t)))
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
	v.write("exercise.ipynb", cells...)
	for i, c := range cases {
		outputs := v.run(3*i, 3*i+3)
		if said := text(outputs[1]); !strings.Contains(said, c.want) {
			t.Errorf("%s: the check says %s", c.name, said)
		}
		if done := strings.Contains(text(outputs[2]), "1 of "); done != (c.name == "right") {
			t.Errorf("%s: the progress says %s", c.name, text(outputs[2]))
		}
	}
	v.write("later.ipynb", imports+"%%\nexercise.Progress()")
	if said := text(v.run(0, 1)[0]); !strings.Contains(said, "1 of ") {
		t.Errorf("after a reload: %s", said)
	}
	v.clean()
}

// TestSlider moves a slider while its cell runs, and ends it with an interrupt, which leaves the last picture.
func TestSlider(t *testing.T) {
	v := visit(t, serve(t, siteFolder(t)))
	v.write("slider.ipynb", `import (
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
	v.eval(`(globalThis.ran = jupyterapp.commands.execute("notebook:run-cell"), true)`, &ok)
	v.wait("the slider", `document.querySelector("input[type=range]")?.offsetParent`)
	const page = `document.querySelector(".jp-Notebook").innerText`
	for _, at := range []string{"1.5", "-2.0", "3.0"} {
		v.eval(fmt.Sprintf(`(() => { const i = document.querySelector("input[type=range]"); i.value = %q; i.dispatchEvent(new Event("input", {bubbles: true})); return true })()`, at), &ok)
		v.wait("the picture", page+`.includes("the middle is `+at+`")`)
	}
	v.eval(`jupyterapp.commands.execute("notebook:interrupt-kernel").then(() => globalThis.ran).then(() => true)`, &ok)
	v.wait("the last words", page+`.includes("The sliders stopped at μ = 3.0, because the kernel was interrupted")`)
	v.clean()
}

// TestTraining trains in the page, is interrupted, and goes on where it was after a reload; the third time the model is there.
func TestTraining(t *testing.T) {
	v := visit(t, serve(t, siteFolder(t)))
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
	v.write("training.ipynb", cells...)
	v.run(0, 1)
	var ok bool
	v.eval(`(jupyterapp.shell.currentWidget.content.activeCellIndex = 1, globalThis.ran = jupyterapp.commands.execute("notebook:run-cell"), true)`, &ok)
	const page = `document.querySelector(".jp-Notebook").innerText`
	v.wait("some epochs", `/Epoch ([4-9]|[1-5]\d) of 60/.test(`+page+`)`)
	v.eval(`jupyterapp.commands.execute("notebook:interrupt-kernel").then(() => globalThis.ran).then(() => true)`, &ok)
	v.wait("the end", `/training was stopped after \d+ of 60 epochs|interrupted/.test(`+page+`)`)
	v.screenshot("stopped.png")

	v.write("training.ipynb", cells...)
	v.run(0, 1)
	said := text(v.run(2, 3)[0])
	if !strings.Contains(strings.ToLower(said), "went on after epoch") || !strings.Contains(said, "60 epochs") {
		t.Errorf("after a reload: %s", said)
	}
	v.write("training.ipynb", cells...)
	v.run(0, 1)
	again := text(v.run(2, 3)[0])
	if strings.Contains(strings.ToLower(again), "went on") || !strings.Contains(again, "60 epochs") {
		t.Errorf("the third time: %s", again)
	}
	v.clean()
}
