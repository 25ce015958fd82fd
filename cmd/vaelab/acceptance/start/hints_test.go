package start

import (
	"strings"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/notebook"
)

// TestHintOnThePage runs, in the lab, a cell in which %% is forgotten: the page says so below the compiler's words.
func TestHintOnThePage(t *testing.T) {
	labtest.Long(t)
	lab := newStartLab(t)
	labtest.Write(t, lab.at("notebooks/forgotten.ipynb"), "fmt.Println(1)")
	page, server := lab.open(1200, 800)
	page.must(page.Go(strings.Replace(server.URL, "/lab?", "/lab/tree/forgotten.ipynb?", 1)))
	page.wait("the kernel", `document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status == 'idle'`)
	page.must(page.Click(`.jp-Notebook .jp-CodeCell .cm-content`))
	for asked := false; !asked; { // before its kernel is connected, the page lets the keys pass
		page.must(page.RunCell())
		asked = page.Wait(`document.querySelector('.jp-CodeCell .jp-OutputArea-output') != null`, 2*time.Second) == nil
	}
	page.wait("the compiler's words and the hint", `(() => { const o = document.querySelector('.jp-CodeCell .jp-OutputArea').innerText; return o.includes('expected declaration, found') && o.includes('`+notebook.Hints[1].Says[:40]+`'); })()`)
	page.screenshot("hint.png")
}
