// Package browser drives a real browser for measurements and tests: it looks, clicks and types as a person does.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// ErrNone is that no browser is there.
var ErrNone = errors.New("there is no browser on PATH (looked for " + strings.Join(names, ", ") + "): install Chromium or Chrome")

// Find gives the path of a browser that can be driven.
func Find() (string, error) {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNone
}

// Tab is a page in a browser of its own.
type Tab struct{ ctx context.Context }

// Open starts a browser without a window and shows an empty page of so many pixels. close ends the browser; so does the
// context's end.
func Open(ctx context.Context, width, height int) (tab *Tab, end func(), err error) {
	ctx, end, err = Start(ctx, width, height)
	if err != nil {
		return nil, nil, err
	}
	return &Tab{ctx}, end, nil
}

// Start starts such a browser, and gives the context of its first tab to chromedp's own actions. Browsers take more options.
func Start(ctx context.Context, width, height int, more ...chromedp.ExecAllocatorOption) (tab context.Context, end func(), err error) {
	path, err := Find()
	if err != nil {
		return nil, nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.WindowSize(width, height))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // as in containers
	}
	allocator, stopBrowser := chromedp.NewExecAllocator(ctx, append(options, more...)...)
	ctx, stopTab, err := newTab(allocator, width, height)
	if err != nil {
		stopBrowser()
		return nil, nil, fmt.Errorf("the browser %s can't be driven: %w", path, err)
	}
	return ctx, func() { stopTab(); stopBrowser() }, nil
}

// Another opens one more tab in the browser of a tab; end closes it.
func Another(tab context.Context, width, height int) (another context.Context, end func(), err error) {
	return newTab(tab, width, height)
}

func newTab(parent context.Context, width, height int) (tab context.Context, end func(), err error) {
	tab, end = chromedp.NewContext(parent)
	if err := chromedp.Run(tab, chromedp.EmulateViewport(int64(width), int64(height)),
		// A tab in the background, as this one is without a window, would be slowed down.
		emulation.SetFocusEmulationEnabled(true)); err != nil {
		end()
		return nil, nil, err
	}
	return tab, end, nil
}

// Resize gives the page another size.
func (t *Tab) Resize(width, height int) error {
	return chromedp.Run(t.ctx, chromedp.EmulateViewport(int64(width), int64(height)))
}

// Go opens an address; what is shown there is for Wait. A page that would ask whether to leave it isn't asked.
func (t *Tab) Go(address string) error {
	chromedp.ListenTarget(t.ctx, func(event any) {
		if _, ok := event.(*page.EventJavascriptDialogOpening); ok {
			go func() { _ = chromedp.Run(t.ctx, page.HandleJavaScriptDialog(true)) }()
		}
	})
	return chromedp.Run(t.ctx, chromedp.ActionFunc(func(ctx context.Context) error {
		_, _, _, _, err := page.Navigate(address).Do(ctx)
		return err
	}))
}

// Wait waits until a JavaScript expression is true.
func (t *Tab) Wait(condition string, limit time.Duration) error {
	for begin := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		var is bool
		err := chromedp.Run(t.ctx, chromedp.Evaluate("!!("+condition+")", &is)) // fails while a page changes to another
		switch {
		case err == nil && is:
			return nil
		case t.ctx.Err() != nil:
			return context.Cause(t.ctx)
		case time.Since(begin) > limit:
			return fmt.Errorf("not there after %v: %s", limit, condition)
		}
	}
}

// Ask evaluates a JavaScript expression.
func (t *Tab) Ask(expression string, answer any) error {
	return chromedp.Run(t.ctx, chromedp.Evaluate(expression, answer))
}

// Click clicks on the first element that a CSS selector finds.
func (t *Tab) Click(selector string) error {
	return chromedp.Run(t.ctx, chromedp.Click(selector, chromedp.ByQuery))
}

// ClickNth clicks on one of the elements that a CSS selector finds, counted from 0.
func (t *Tab) ClickNth(selector string, n int) error {
	return chromedp.Run(t.ctx, chromedp.Click(fmt.Sprintf("document.querySelectorAll(%q)[%d]", selector, n), chromedp.ByJSPath))
}

// RunCell presses Shift+Enter.
func (t *Tab) RunCell() error {
	return chromedp.Run(t.ctx, chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(input.ModifierShift)))
}

// Evaluate gives the value of an expression in the page, or of the promise that it is.
func Evaluate(expression string, into any) chromedp.Action {
	return chromedp.Evaluate(expression, into, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) })
}

// Screenshot writes what is seen as PNG.
func (t *Tab) Screenshot(path string) error { return Screenshot(t.ctx, path) }

// Screenshot writes what the tab of a context shows as PNG.
func Screenshot(tab context.Context, path string) error {
	var png []byte
	if err := chromedp.Run(tab, chromedp.CaptureScreenshot(&png)); err != nil {
		return err
	}
	return os.WriteFile(path, png, 0o644)
}

// ForPeople keeps what a tab shows, for a person to look at, in the folder that VAELAB_SCREENSHOTS names; where it names none, or it
// can't be kept, no test is the worse for it.
func ForPeople(take func(path string) error, name string) {
	if folder := os.Getenv("VAELAB_SCREENSHOTS"); folder != "" {
		_ = take(filepath.Join(folder, name))
	}
}
