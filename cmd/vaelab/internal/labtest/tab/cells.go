package tab

import (
	"fmt"
	"strings"
	"testing"
)

// Training are two cells: what a third may use, and a training of so many epochs.
func Training(epochs string) []string {
	return []string{`import (
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
}`, "%%\nm := model(" + epochs + ")\nfmt.Println(len(m.State.History), \"epochs\")"}
}

// Rewrite gives the code cell of an id another text, and says which of the code cells it is.
func (v *Visitor) Rewrite(id, text string) (cell int) {
	v.t.Helper()
	v.Eval(fmt.Sprintf(`(() => {
	const code = jupyterapp.shell.currentWidget.content.widgets.filter((c) => c.model.type === "code");
	const at = code.findIndex((c) => c.model.id === %q);
	code[at].model.sharedModel.setSource(%q);
	return at;
})()`, id, text), &cell)
	return cell
}

// Begin runs a cell and doesn't wait for its end.
func (v *Visitor) Begin(cell int) {
	v.t.Helper()
	var ok bool
	v.Eval(fmt.Sprintf(`(jupyterapp.shell.currentWidget.content.activeCellIndex = %d, globalThis.ran = jupyterapp.commands.execute("notebook:run-cell"), true)`, cell), &ok)
}

// Interrupt interrupts the kernel, by the page's own command, and waits until the cell that was begun has ended.
func (v *Visitor) Interrupt() {
	v.t.Helper()
	var ok bool
	v.Eval(`jupyterapp.commands.execute("notebook:interrupt-kernel").then(() => globalThis.ran).then(() => true)`, &ok)
}

// Says fails where a cell's outputs lack one of some words.
func Says(t *testing.T, what string, outputs []Output, words ...string) {
	t.Helper()
	said := Text(outputs)
	for _, w := range words {
		if !strings.Contains(said, w) {
			t.Errorf("%s: %q is missing in\n%.2000s", what, w, said)
		}
	}
}
