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

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"vaelab/cmd/vaelab/internal/server"
	"vaelab/cmd/vaelab/internal/setup"
)

// slidersCell splits the fine for a code by its cause, and says both parts in the caption.
const slidersCell = `import (
	"vaelab/vaelib/figure"
	"vaelab/vaelib/show"
)

%%
show.Sliders(func(v []float64) figure.Figure {
	mu, sigma := v[0]*v[0]/2, (math.Exp(v[1])-1-v[1])/2
	bell := func(x float64) float64 {
		return math.Exp(-(x-v[0])*(x-v[0])/2/math.Exp(v[1])-v[1]/2) / math.Sqrt(2*math.Pi)
	}
	return figure.Plot(figure.Line("q", bell, -6, 6), figure.X("z"), figure.Y("density"), figure.YRange(0, 1.2),
		figure.Caption("The μ part is %.3f nats, the σ part %.3f nats.", mu, sigma))
}, show.Slider{Name: "μ", From: -3, To: 3, At: 0}, show.Slider{Name: "log σ²", From: -2, To: 2, At: 0})
fmt.Println("after the sliders")`

// TestSlidersInABrowser moves the sliders of a cell that runs in JupyterLab, in a real browser.
func TestSlidersInABrowser(t *testing.T) {
	lab := openPage(t, slidersCell)
	lab.runCell()
	lab.wait("the sliders", `document.querySelectorAll('input[type=range]').length == 2 && !document.querySelector('[role=group][aria-label^=Sliders]').hidden`)
	lab.wait("the first picture", caption("0.000", "0.000"))
	if n := lab.number(`document.querySelectorAll('[role=group] label').length`); n != 2 {
		t.Errorf("%v labels for 2 sliders", n)
	}

	// By keyboard, as everybody can.
	pictures := map[string]bool{lab.picture(): true}
	for _, step := range []struct {
		slider    int
		keys      string
		mu, sigma string
	}{
		{0, kb.ArrowRight + kb.ArrowRight, "0.005", "0.000"}, // two steps of 0.05
		{0, kb.End, "4.500", "0.000"},
		{1, kb.End, "4.500", "2.195"}, // (e² − 1 − 2)/2
		{1, kb.Home, "4.500", "0.568"},
		{0, kb.Home + kb.ArrowRight, "4.351", "0.568"},
	} {
		lab.do(chromedp.Evaluate(fmt.Sprintf(`document.querySelectorAll('input[type=range]')[%d].focus()`, step.slider), nil))
		lab.do(chromedp.KeyEvent(step.keys))
		lab.wait("the parts "+step.mu+" and "+step.sigma, caption(step.mu, step.sigma))
		src := lab.picture()
		if pictures[src] {
			t.Errorf("at %s and %s the picture is one of those before", step.mu, step.sigma)
		}
		pictures[src] = true
	}

	// By a hand that is faster than any drawing: the newest values win, and pictures keep coming on the way.
	var sweep struct {
		Pictures, Frames, Blank, Jumps int
		Seconds, Median                float64
	}
	lab.do(chromedp.Evaluate(sweepJS, &sweep, awaited))
	t.Logf("%d pictures in %.1f s of moving; from a move to its picture %.0f ms (median of single moves); %d of %d frames without a picture",
		sweep.Pictures, sweep.Seconds, 1000*sweep.Median, sweep.Blank, sweep.Frames)
	if sweep.Jumps > 0 {
		t.Errorf("the page jumped %d times while pictures changed", sweep.Jumps)
	}
	if sweep.Pictures < 2 {
		t.Errorf("%d pictures while the slider moved for %.1f s: nothing follows the hand", sweep.Pictures, sweep.Seconds)
	}
	lab.wait("the last values", caption("1.125", "0.568"))
	lab.screenshot("live.png")

	// Done ends the cell, and all of it stays.
	last := lab.picture()
	lab.do(chromedp.Click(`[role=group] button`, chromedp.ByQuery))
	lab.wait("the end of the cell", `document.body.innerText.includes('after the sliders') && !document.querySelector('input[type=range]')`)
	lab.wait("where the sliders stood", `document.body.innerText.includes('stopped at μ = 1.50, log σ² = −2.00, because Done was pressed')`)
	if lab.picture() != last {
		t.Error("the picture changed when Done was pressed")
	}
	lab.clean()
	lab.screenshot("stopped.png")

	// What was seen is what the file has.
	lab.save()
	file := lab.file()
	if !strings.Contains(file, last[len("data:image/png;base64,"):][:2000]) || !strings.Contains(file, "0.568 nats") {
		t.Error("the last picture is not in the file")
	}
	for _, left := range []string{"<script", "type=\\\"range"} {
		if strings.Contains(file, left) {
			t.Errorf("the file still has %s", left)
		}
	}

	// The kernel's interrupt does what Done does, in a second run.
	lab.runCell()
	lab.wait("the sliders again", `document.querySelectorAll('input[type=range]').length == 2 && !document.querySelector('[role=group][aria-label^=Sliders]').hidden`)
	lab.wait("the first picture again", caption("0.000", "0.000"))
	lab.interrupt()
	lab.wait("the end by interrupt", `document.body.innerText.includes('because the kernel was interrupted') && !document.querySelector('input[type=range]')`)
	lab.wait("what comes after", `document.body.innerText.includes('after the sliders')`)
	lab.clean()
}

// TestSlidersWithoutAPage executes the same cell without a browser: stills at once, and no script in the file.
func TestSlidersWithoutAPage(t *testing.T) {
	needLab(t)
	book, out := filepath.Join(t.TempDir(), "stills.ipynb"), t.TempDir()
	writeNotebook(t, book, slidersCell)
	if stdout, stderr, code := outcome(t, vaelab(t, "exec", book, "-out", out, "-times")); code != 0 {
		t.Fatalf("code %d\n%s\n%s", code, stdout, stderr)
	} else {
		t.Logf("%s\n%s", stdout, stderr)
	}
	text, err := os.ReadFile(filepath.Join(out, "stills.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	file := string(text)
	if n := strings.Count(file, "data:image/png"); n != 2 {
		t.Errorf("%d stills, want 2 lines of 2", n)
	}
	for _, want := range []string{"These are stills", "log σ² = −1.00", "after the sliders"} {
		if !strings.Contains(file, want) {
			t.Errorf("the file lacks %q", want)
		}
	}
	for _, left := range []string{"<script", "type=\\\"range", `"stderr"`} {
		if strings.Contains(file, left) {
			t.Errorf("the file has %s", left)
		}
	}
}

// sweepJS moves the first slider at every frame for two seconds, ends at 1.5, and counts the pictures that came. Then
// it times single moves, each to its own picture.
const sweepJS = `(async () => {
	const slider = document.querySelector('input[type=range]');
	const img = () => document.querySelector('.jp-OutputArea-output figure img').src;
	const frame = () => new Promise(requestAnimationFrame);
	const move = (v) => { slider.value = v; slider.dispatchEvent(new Event('input', {bubbles: true})); };
	const seen = new Set(), begin = performance.now();
	let n = 0, blank = 0, jumps = 0, height = 0;
	while (performance.now() - begin < 2000) {
		move(3 * Math.sin(n++ / 40));
		seen.add(img());
		await frame();
		const now = document.querySelector('.jp-OutputArea-output figure img');
		if (!now.complete) blank++;
		const tall = now.closest('.jp-OutputArea-output').offsetHeight;
		if (height && tall != height) jumps++;
		height = tall;
	}
	const seconds = (performance.now() - begin) / 1000;
	const times = [];
	for (let i = 0; i < 9; i++) {
		await new Promise((r) => setTimeout(r, 400));
		const before = img(), start = performance.now();
		move(-2 + i / 10);
		while (img() == before && performance.now() - start < 5000) await new Promise((r) => setTimeout(r, 1));
		times.push((performance.now() - start) / 1000);
	}
	move(1.5);
	times.sort((a, b) => a - b);
	return {Pictures: seen.size, Frames: n, Blank: blank, Jumps: jumps, Seconds: seconds, Median: times[4]};
})()`

// caption is a condition: the picture's caption says both parts.
func caption(mu, sigma string) string {
	text, _ := json.Marshal(fmt.Sprintf("The μ part is %s nats, the σ part %s nats.", mu, sigma))
	return fmt.Sprintf(`[...document.querySelectorAll('figcaption')].some((c) => c.textContent.includes(%s)) && document.querySelectorAll('.jp-OutputArea-output figure img').length == 1`, text)
}

func awaited(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

// page is a notebook of one cell, open in a browser.
type page struct {
	t      *testing.T
	ctx    context.Context
	server *url.URL
	book   string
	log    string
}

// openPage starts JupyterLab from the clone's set-up and opens a new notebook in headless Chromium.
func openPage(t *testing.T, cell string) *page {
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
	folder := t.TempDir()
	p := &page{t: t, book: filepath.Join(folder, "sliders.ipynb")}
	writeNotebook(t, p.book, cell)
	p.log = filepath.Join(t.TempDir(), "jupyterlab.log")
	s, err := server.Start(t.Context(), server.Options{
		Python: layout.Python(), Env: made.JupyterEnv(), Runtime: layout.Under("jupyter", "runtime"),
		Folder: folder, Log: p.log,
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
	p.do(chromedp.Navigate(fmt.Sprintf("http://%s/doc/tree/sliders.ipynb?reset&%s", p.server.Host, p.server.RawQuery)))
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

// runCell presses Shift+Enter in the first cell, again and again until its prompt shows that it runs: before its kernel
// is connected, the page lets the keys pass without a word.
func (p *page) runCell() {
	p.t.Helper()
	for range 60 {
		p.do(chromedp.Click(`.jp-Notebook .jp-CodeCell .cm-content`, chromedp.ByQuery),
			chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(input.ModifierShift)))
		running := chromedp.Poll(`document.querySelector('.jp-InputPrompt').textContent == '[*]:'`, nil,
			chromedp.WithPollingInterval(20*time.Millisecond), chromedp.WithPollingTimeout(time.Second))
		if chromedp.Run(p.ctx, running) == nil {
			return
		}
	}
	p.screenshot("failed.png")
	p.t.Fatal("the cell doesn't start")
}

// clean fails where the cell has written to the standard error, or failed.
func (p *page) clean() {
	p.t.Helper()
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
