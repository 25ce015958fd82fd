package course

import (
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest/tab"
)

// Training trains in the page, is interrupted, and goes on where it was after a reload; the third time the model is there.
func Training(t *testing.T, v *tab.Visitor) {
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
