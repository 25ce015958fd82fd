package base

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"vaelab/cmd/internal/browser"
	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/page"
)

// notebook is one of the notebooks on a page, in the order in which they were opened.
type notebook struct {
	t *testing.T
	*page.Page
	n int
}

// beside opens another notebook on the page, and runs its cell.
func (b notebook) beside() notebook {
	b.t.Helper()
	folder := filepath.Dir(b.Book)
	labtest.Write(b.t, filepath.Join(folder, "second.ipynb"), labtest.SlidersCell)
	var runs bool
	b.Do(browser.Evaluate(fmt.Sprintf(`(async () => {
		const { commands } = globalThis.jupyterapp;
		const panel = await commands.execute("docmanager:open", { path: %q });
		await panel.sessionContext.ready;
		void commands.execute("notebook:run-all-cells");
		return true;
	})()`, filepath.Base(folder)+"/second.ipynb"), &runs))
	return notebook{b.t, b.Page, b.n + 1}
}

// reload opens the page anew, and waits until the kernel answers on the new line: what is run before that is lost without a word, though
// the prompt shows a star for a moment.
func (b notebook) reload() {
	b.t.Helper()
	b.Load()
	var answers bool
	b.Do(browser.Evaluate(fmt.Sprintf(`(async () => {
		const panel = await globalThis.jupyterapp.commands.execute("docmanager:open", { path: %q });
		await panel.sessionContext.ready;
		const { kernel } = panel.sessionContext.session;
		while (kernel.connectionStatus !== "connected") await new Promise((later) => setTimeout(later, 50));
		await kernel.requestKernelInfo();
		return true;
	})()`, filepath.Base(filepath.Dir(b.Book))+"/book.ipynb"), &answers))
}

// move waits for the sliders, moves the first to both ends, and waits for each picture.
func (b notebook) move(when string) {
	b.t.Helper()
	b.Wait("the sliders "+when, b.has(`[role=group][aria-label^=Sliders]:not([hidden]) input[type=range]`))
	for _, at := range []float64{3, 2} {
		begin := time.Now()
		b.Do(chromedp.Evaluate(fmt.Sprintf(`(() => {
			const slider = %s.querySelector("input[type=range]");
			slider.value = %v;
			slider.dispatchEvent(new Event("input", { bubbles: true }));
		})()`, b.panel(), at), nil))
		b.Wait("a picture "+when, b.says(fmt.Sprintf("The μ part is %.3f nats", at*at/2)))
		b.t.Logf("%s: from a move to its picture %v", when, time.Since(begin).Round(time.Millisecond))
	}
}

// done presses Done, and waits until the cell has ended.
func (b notebook) done() {
	b.t.Helper()
	b.Do(chromedp.Evaluate(b.panel()+`.querySelector("[role=group] button").click()`, nil))
	b.Wait("the end", b.says("because Done was pressed")+" && !("+b.has("input[type=range]")+")")
	b.Wait("the cell's end", b.has(`.jp-Notebook-ExecutionIndicator[data-status="idle"]`))
}

func (b notebook) panel() string {
	return fmt.Sprintf(`document.querySelectorAll(".jp-NotebookPanel")[%d]`, b.n)
}

// says and has are conditions: the notebook's outputs have a text, or an element.
func (b notebook) says(text string) string {
	return fmt.Sprintf(`[...%s.querySelectorAll(".jp-OutputArea-output")].some((o) => o.textContent.includes(%q))`, b.panel(), text)
}
func (b notebook) has(selector string) string {
	return fmt.Sprintf(`%s?.querySelector(%q) != null`, b.panel(), selector)
}
