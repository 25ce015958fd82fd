package page

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vaelab/cmd/internal/browser"
	"vaelab/cmd/vaelab/internal/labtest"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Page is a notebook that is open in a browser.
type Page struct {
	t    *testing.T
	lab  *Lab
	Ctx  context.Context // of the browser's tab
	Book string          // the notebook's path
}

// Open opens, in a tab of its own, a notebook that write has written to a path, in the lab that the package's tests share.
func Open(t *testing.T, write func(path string)) *Page {
	t.Helper()
	return needed(t).Open(t, write)
}

// Open opens a notebook in this lab.
func (l *Lab) Open(t *testing.T, write func(path string)) *Page {
	t.Helper()
	folder, err := os.MkdirTemp(l.folder, "page-")
	if err != nil {
		t.Fatal(err)
	}
	p := &Page{t: t, lab: l, Book: filepath.Join(folder, "book.ipynb")}
	write(p.Book)
	if l.give != nil {
		if err := l.give(folder); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := chromedp.NewContext(l.browser)
	t.Cleanup(stop)
	p.Ctx, stop = labtest.Until(ctx, t)
	t.Cleanup(stop)
	t.Cleanup(p.endKernel)
	chromedp.ListenTarget(p.Ctx, func(event any) {
		if _, ok := event.(*cdp.EventJavascriptDialogOpening); ok { // whether to leave a notebook that isn't saved
			go func() { _ = chromedp.Run(p.Ctx, cdp.HandleJavaScriptDialog(true)) }()
		}
	})
	p.Do(emulation.SetFocusEmulationEnabled(true)) // a tab in the background would be slowed down
	p.Load()
	return p
}

// Load opens the notebook's address, anew if it is open, and waits for its kernel.
func (p *Page) Load() {
	p.t.Helper()
	address := under(p.lab.page, "doc/tree/"+filepath.Base(filepath.Dir(p.Book))+"/book.ipynb?reset&")
	for tries := 1; ; tries++ {
		p.Do(chromedp.Navigate(address))
		p.Wait("the notebook", `document.querySelector('.jp-Notebook .jp-CodeCell .cm-content') != null`)
		if tries == 3 {
			p.Wait("the kernel", idle)
			p.settle()
			return
		}
		// A kernel that answers before the page has subscribed to its status never seems idle: a reload asks anew.
		if chromedp.Run(p.Ctx, chromedp.Poll(idle, nil, chromedp.WithPollingTimeout(30*time.Second))) == nil {
			p.settle()
			return
		}
	}
}

// settle waits until the page is connected to the one kernel of its notebook. Now and then JupyterLab begins with a kernel, puts it away and
// takes another; a cell that is run in between is waited for without end.
func (p *Page) settle() {
	const settled = `(async () => {
		const { baseUrl } = JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
		const list = await (await fetch(new URL("api/sessions", new URL(baseUrl ?? "/", location.href)))).json();
		const mine = list.filter((s) => location.pathname.endsWith(s.path.split("/").slice(-2).join("/")));
		return mine.length == 1 && mine[0].kernel.connections > 0;
	})().catch(() => false)`
	for range 50 {
		var ok bool
		p.Do(browser.Evaluate(settled, &ok))
		if ok {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

const idle = `document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status == 'idle'`

// under is a path below JupyterLab's base address, with the token after it.
func under(lab *url.URL, path string) string {
	base := *lab
	base.Path, base.RawQuery = strings.TrimSuffix(base.Path, "lab"), ""
	return base.String() + path + lab.RawQuery
}

// Do lets the browser act.
func (p *Page) Do(actions ...chromedp.Action) {
	p.t.Helper()
	if err := chromedp.Run(p.Ctx, actions...); err != nil {
		p.Screenshot("failed.png")
		p.t.Fatal(err)
	}
}

// Wait polls a condition in the page.
func (p *Page) Wait(what, condition string) {
	p.t.Helper()
	if err := chromedp.Run(p.Ctx, chromedp.Poll(condition, nil, chromedp.WithPollingInterval(20*time.Millisecond), chromedp.WithPollingTimeout(4*time.Minute))); err != nil {
		var text string
		_ = chromedp.Run(p.Ctx, chromedp.Evaluate(`document.querySelector('.jp-Notebook')?.innerText ?? ''`, &text))
		p.Screenshot("failed.png")
		log, _ := os.ReadFile(p.lab.log)
		p.t.Fatalf("waiting for %s: %v; the page says:\n%s\nand JupyterLab's log:\n%s", what, err, text, log)
	}
}

// Number is the value of an expression in the page.
func (p *Page) Number(expression string) (n float64) {
	p.t.Helper()
	p.Do(chromedp.Evaluate(expression, &n))
	return n
}

// RunCell presses Shift+Enter in the first code cell, again and again until its prompt shows that it runs or ran: before its
// kernel is connected, the page lets the keys pass without a word.
func (p *Page) RunCell() {
	p.t.Helper()
	const prompt = `(document.querySelector('.jp-CodeCell .jp-InputPrompt')?.textContent ?? '')`
	var before string
	p.Do(chromedp.Evaluate(prompt, &before))
	for range 60 {
		p.Do(chromedp.Click(`.jp-Notebook .jp-CodeCell .cm-content`, chromedp.ByQuery),
			chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(input.ModifierShift)))
		running := chromedp.Poll(fmt.Sprintf(`%s != %q && /[0-9*]/.test(%[1]s)`, prompt, before), nil,
			chromedp.WithPollingInterval(20*time.Millisecond), chromedp.WithPollingTimeout(time.Second))
		if chromedp.Run(p.Ctx, running) == nil {
			return
		}
	}
	p.Screenshot("failed.png")
	p.t.Fatal("the cell doesn't start")
}

// Next runs the selected cell and goes on to the one below.
func (p *Page) Next() {
	p.t.Helper()
	p.Do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(input.ModifierShift)))
}

// Press presses keys on one of the sliders, the first of which is 0.
func (p *Page) Press(slider int, keys string) {
	p.t.Helper()
	p.Do(chromedp.Evaluate(fmt.Sprintf(`document.querySelectorAll('input[type=range]')[%d].focus()`, slider), nil), chromedp.KeyEvent(keys))
}

// Clean fails where a cell has written to the standard error, or failed.
func (p *Page) Clean() {
	p.t.Helper()
	if n := p.Number(`document.querySelectorAll('.jp-OutputArea-output[data-mime-type]').length`); n == 0 {
		p.t.Error("no output says of which kind it is: one on the standard error couldn't be found")
	}
	if n := p.Number(`document.querySelectorAll('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"], .jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]').length`); n != 0 {
		p.Screenshot("failed.png")
		p.t.Errorf("%v outputs on the standard error", n)
	}
}

// Save presses Ctrl+S, waits until the file has a text, and gives what is in the file.
func (p *Page) Save(until string) (file string) {
	p.t.Helper()
	p.Do(chromedp.KeyEvent("s", chromedp.KeyModifiers(input.ModifierCtrl)))
	for begin := time.Now(); time.Since(begin) < time.Minute; time.Sleep(50 * time.Millisecond) {
		text, err := os.ReadFile(p.Book)
		if err != nil {
			p.t.Fatal(err)
		}
		if file = string(text); strings.Contains(file, until) {
			return file
		}
	}
	p.t.Errorf("the notebook was not saved with %q", until)
	return file
}

// Interrupt does what the page's button does.
func (p *Page) Interrupt() {
	p.t.Helper()
	p.post("interrupt", http.StatusNoContent)
}

// Restart restarts the page's kernel.
func (p *Page) Restart() {
	p.t.Helper()
	p.post("restart", http.StatusOK)
	p.Wait("the kernel", idle)
}

// post has JupyterLab's server do something to the page's kernel.
func (p *Page) post(what string, done int) {
	p.t.Helper()
	if status, text := p.api(p.t.Context(), http.MethodPost, "kernels/"+p.kernel(p.t.Context())+"/"+what); status != done {
		p.t.Fatalf("the %s answers %d: %s", what, status, text)
	}
}

// endKernel ends the page's kernel, so that the next page has the machine for itself.
func (p *Page) endKernel() {
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second) // the test's own is over
	defer stop()
	if id := p.kernel(ctx); id != "" {
		p.api(ctx, http.MethodDelete, "kernels/"+id)
	}
}

// kernel is the id of the page's kernel, or "".
func (p *Page) kernel(ctx context.Context) string {
	_, list := p.api(ctx, http.MethodGet, "sessions")
	var sessions []struct {
		Path   string
		Kernel struct{ ID string }
	}
	if err := json.Unmarshal([]byte(list), &sessions); err != nil {
		p.t.Errorf("the sessions are %s: %v", list, err)
	}
	for _, s := range sessions {
		if filepath.Join(p.lab.folder, filepath.FromSlash(s.Path)) == p.Book {
			return s.Kernel.ID
		}
	}
	return ""
}

// client talks to labs with a certificate of their own, too.
var client = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}

// api asks JupyterLab's server.
func (p *Page) api(ctx context.Context, method, path string) (status int, text string) {
	req, err := http.NewRequestWithContext(ctx, method, under(p.lab.server, "api/"+path+"?"), nil)
	if err == nil {
		if p.lab.token != "" {
			req.Header.Set("Authorization", "token "+p.lab.token)
		}
		var resp *http.Response
		if resp, err = client.Do(req); err == nil {
			defer resp.Body.Close()
			var body []byte
			body, err = io.ReadAll(resp.Body)
			status, text = resp.StatusCode, string(body)
		}
	}
	if err != nil {
		p.t.Errorf("JupyterLab doesn't answer: %v", err)
	}
	return status, text
}

// Screenshot keeps what the browser shows, for a person to look at, where VAELAB_SCREENSHOTS names a folder.
func (p *Page) Screenshot(name string) {
	browser.ForPeople(func(path string) error { return browser.Screenshot(p.Ctx, path) }, name)
}
