package course

import (
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest/tab"
)

// Training trains in the page, is interrupted, and goes on where it was after a reload; the third time the model is there.
func Training(t *testing.T, v *tab.Visitor) {
	again := tab.Training("60")
	cells := []string{again[0], "%%\nmodel(60)", again[1]}
	v.Write("training.ipynb", cells...)
	v.Run(0, 1)
	v.Begin(1)
	const page = `document.querySelector(".jp-Notebook").innerText`
	v.Wait("some epochs", `/Epoch ([4-9]|[1-5]\d) of 60/.test(`+page+`)`)
	v.Interrupt()
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
	third := tab.Text(v.Run(2, 3)[0])
	if strings.Contains(strings.ToLower(third), "went on") || !strings.Contains(third, "60 epochs") {
		t.Errorf("the third time: %s", third)
	}
	v.Clean()
}
