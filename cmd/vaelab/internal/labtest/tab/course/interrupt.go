package course

import (
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest/tab"
)

// Interrupt stops a loop without end, and a build, with the page's own button.
func Interrupt(t *testing.T, v *tab.Visitor) {
	v.Write("endless.ipynb", "%%\nfmt.Println(\"begun\")\nfor {\n}", "%%\nfmt.Println(\"and on\")")
	v.Begin(0)
	v.Wait("the loop", `jupyterapp.shell.currentWidget.content.widgets[0].model.outputs.toJSON().some((o) => /begun/.test(o.text))`)
	v.Interrupt()
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
