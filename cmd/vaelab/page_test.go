package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"vaelab/cmd/vaelab/internal/server"
	"vaelab/cmd/vaelab/internal/setup"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// page is a notebook that is open in a browser.
type page struct {
	t      *testing.T
	ctx    context.Context
	server *url.URL
	book   string
	log    string
}

// openPage opens a new notebook of one cell in headless Chromium.
func openPage(t *testing.T, cell string) *page {
	t.Helper()
	book := filepath.Join(t.TempDir(), "sliders.ipynb")
	writeNotebook(t, book, cell)
	return openBook(t, book)
}

// openBook starts JupyterLab from the clone's set-up in the folder of a notebook and opens it in headless Chromium.
func openBook(t *testing.T, book string) *page {
	t.Helper()
	if testing.Short() {
		t.Skip("starts JupyterLab and a browser")
	}
	browser := findBrowser()
	if browser == "" {
		t.Skip("no Chromium or Chrome is installed")
	}
	needLab(t)
	layout := clone(t)
	made, err := setup.Prepare(t.Context(), layout, setup.Options{Backend: "", Jupyter: true}, newConsole())
	if err != nil {
		t.Fatal(err)
	}
	p := &page{t: t, book: book}
	p.log = filepath.Join(t.TempDir(), "jupyterlab.log")
	s, err := server.Start(t.Context(), server.Options{
		Python: layout.Python(), Env: append(made.JupyterEnv(), "VAELAB_RUNS="+runs(t), smallBudget()), Runtime: layout.Under("jupyter", "runtime"),
		Folder: filepath.Dir(book), Log: p.log,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	if p.server, err = url.Parse(s.URL); err != nil {
		t.Fatal(err)
	}

	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser), chromedp.WindowSize(1200, 1000))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // as in containers
	}
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, stop := chromedp.NewContext(allocator)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(stop)
	p.ctx = ctx
	p.do(chromedp.Navigate(fmt.Sprintf("http://%s/doc/tree/%s?reset&%s", p.server.Host, filepath.Base(book), p.server.RawQuery)))
	p.wait("the notebook", `document.querySelector('.jp-Notebook .jp-CodeCell .cm-content') != null`)
	p.wait("the kernel", `document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status == 'idle'`)
	return p
}

func findBrowser() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

func (p *page) do(actions ...chromedp.Action) {
	p.t.Helper()
	if err := chromedp.Run(p.ctx, actions...); err != nil {
		p.screenshot("failed.png")
		p.t.Fatal(err)
	}
}

// wait polls a condition in the page; it takes as long as the test may.
func (p *page) wait(what, condition string) {
	p.t.Helper()
	if err := chromedp.Run(p.ctx, chromedp.Poll(condition, nil, chromedp.WithPollingInterval(20*time.Millisecond), chromedp.WithPollingTimeout(60*time.Second))); err != nil {
		var text string
		_ = chromedp.Run(p.ctx, chromedp.Evaluate(`document.querySelector('.jp-Notebook')?.innerText ?? ''`, &text))
		p.screenshot("failed.png")
		log, _ := os.ReadFile(p.log)
		p.t.Fatalf("waiting for %s: %v; the page says:\n%s\nand JupyterLab's log:\n%s", what, err, text, log)
	}
}

func (p *page) number(expression string) (n float64) {
	p.t.Helper()
	p.do(chromedp.Evaluate(expression, &n))
	return n
}

// picture is the source of the one picture on the page.
func (p *page) picture() (src string) {
	p.t.Helper()
	p.do(chromedp.Evaluate(`document.querySelector('.jp-OutputArea-output figure img').src`, &src))
	return src
}

// runCell presses Shift+Enter in the first code cell, again and again until its prompt shows that it runs or ran: before its kernel
// is connected, the page lets the keys pass without a word.
func (p *page) runCell() {
	p.t.Helper()
	const prompt = `(document.querySelector('.jp-CodeCell .jp-InputPrompt')?.textContent ?? '')`
	var before string
	p.do(chromedp.Evaluate(prompt, &before))
	for range 60 {
		p.do(chromedp.Click(`.jp-Notebook .jp-CodeCell .cm-content`, chromedp.ByQuery),
			chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(input.ModifierShift)))
		running := chromedp.Poll(fmt.Sprintf(`%s != %q && /[0-9*]/.test(%[1]s)`, prompt, before), nil,
			chromedp.WithPollingInterval(20*time.Millisecond), chromedp.WithPollingTimeout(time.Second))
		if chromedp.Run(p.ctx, running) == nil {
			return
		}
	}
	p.screenshot("failed.png")
	p.t.Fatal("the cell doesn't start")
}

// next runs the selected cell and goes on to the one below.
func (p *page) next() {
	p.t.Helper()
	p.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(input.ModifierShift)))
}

// press presses keys on one of the sliders, the first of which is 0.
func (p *page) press(slider int, keys string) {
	p.t.Helper()
	p.do(chromedp.Evaluate(fmt.Sprintf(`document.querySelectorAll('input[type=range]')[%d].focus()`, slider), nil), chromedp.KeyEvent(keys))
}

// clean fails where the cell has written to the standard error, or failed.
func (p *page) clean() {
	p.t.Helper()
	if n := p.number(`document.querySelectorAll('.jp-OutputArea-output[data-mime-type]').length`); n == 0 {
		p.t.Error("no output says of which kind it is: one on the standard error couldn't be found")
	}
	if n := p.number(`document.querySelectorAll('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"], .jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]').length`); n != 0 {
		p.screenshot("failed.png")
		p.t.Errorf("%v outputs on the standard error", n)
	}
}

// save presses Ctrl+S and waits until the file has outputs.
func (p *page) save() {
	p.t.Helper()
	p.do(chromedp.KeyEvent("s", chromedp.KeyModifiers(input.ModifierCtrl)))
	for begin := time.Now(); time.Since(begin) < 30*time.Second; time.Sleep(50 * time.Millisecond) {
		if strings.Contains(p.file(), "after the sliders\\n") {
			return
		}
	}
	p.t.Error("the notebook was not saved")
}

func (p *page) file() string {
	p.t.Helper()
	text, err := os.ReadFile(p.book)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(text)
}

// interrupt does what the page's button does.
func (p *page) interrupt() {
	p.t.Helper()
	api := "http://" + p.server.Host + "/api/kernels"
	token := "?" + p.server.RawQuery
	_, list := get(p.t, http.MethodGet, api+token, "")
	var kernels []struct{ ID string }
	if err := json.Unmarshal([]byte(list), &kernels); err != nil || len(kernels) != 1 {
		p.t.Fatalf("the kernels are %s", list)
	}
	if status, text := get(p.t, http.MethodPost, api+"/"+kernels[0].ID+"/interrupt"+token, ""); status != http.StatusNoContent {
		p.t.Fatalf("the interrupt answers %d: %s", status, text)
	}
}

// screenshot keeps what the browser shows, for a person to look at, where VAELAB_SCREENSHOTS names a folder.
func (p *page) screenshot(name string) {
	folder := os.Getenv("VAELAB_SCREENSHOTS")
	if folder == "" {
		return
	}
	var png []byte
	if err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot(&png)); err == nil {
		_ = os.WriteFile(filepath.Join(folder, name), png, 0o644) // only a help for people
	}
}
