// Package tab lets tests use the course in a browser's tab: a site that vaelab site has built, served as plain files from a folder of
// a host, in Chromium, as a reader uses it.
package tab

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"vaelab/cmd/internal/browser"
)

// Served is a site on a plain server of files, in a folder that isn't the host's root. Everything that is asked for is noted.
type Served struct {
	address string // of the site's folder, with a slash
	mu      sync.Mutex
	asked   []string
	folder  string
	change  func(w http.ResponseWriter, r *http.Request) bool // answers in the files' place
}

// Serve serves a site.
func Serve(t *testing.T, folder string) *Served {
	t.Helper()
	s := &Served{}
	files := http.StripPrefix("/some/folder/", http.FileServer(http.Dir(folder)))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.URL.Path)
		change := s.change
		s.mu.Unlock()
		if change == nil || !change(w, r) {
			files.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	s.address, s.folder = server.URL+"/some/folder/", folder
	return s
}

// As is the same site by another name of this machine.
func (s *Served) As(host string) {
	_, port, _ := strings.Cut(strings.TrimPrefix(s.address, "http://"), ":")
	s.address = "http://" + host + ":" + port
}

// File is what the site holds for a request.
func (s *Served) File(r *http.Request) ([]byte, error) {
	return os.ReadFile(filepath.Join(s.folder, filepath.FromSlash(strings.TrimPrefix(r.URL.Path, "/some/folder/"))))
}

// Change has the host answer otherwise, where answer is true; nil: it is well again.
func (s *Served) Change(answer func(w http.ResponseWriter, r *http.Request) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.change = answer
}

// Gone is a host that no longer answers.
func (s *Served) Gone() {
	s.Change(func(w http.ResponseWriter, _ *http.Request) bool {
		if hijacker, ok := w.(http.Hijacker); ok {
			if line, _, err := hijacker.Hijack(); err == nil {
				line.Close()
			}
		}
		return true
	})
}

// Visitor is a tab of a browser with its own storage.
type Visitor struct {
	t    *testing.T
	site *Served
	ctx  context.Context
	end  func()

	mu      sync.Mutex
	outside []string // requests to other places than the site
	faults  []string // errors that nobody has caught
}

// Visit starts a browser with empty storage.
func Visit(t *testing.T, site *Served, options ...chromedp.ExecAllocatorOption) *Visitor {
	t.Helper()
	if _, err := browser.Find(); err != nil {
		t.Skip(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	t.Cleanup(stop)
	ctx, end, err := browser.Start(ctx, 1200, 1000, options...)
	return visitor(t, site, ctx, end, err)
}

// Another is one more tab in the same browser.
func (v *Visitor) Another() *Visitor {
	v.t.Helper()
	ctx, end, err := browser.Another(v.ctx, 1200, 1000)
	return visitor(v.t, v.site, ctx, end, err)
}

// Close closes the tab.
func (v *Visitor) Close() { v.end() }

func visitor(t *testing.T, site *Served, ctx context.Context, end func(), err error) *Visitor {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	v := &Visitor{t: t, site: site, ctx: ctx, end: end}
	host := strings.TrimSuffix(site.address, "/some/folder/")
	chromedp.ListenTarget(ctx, func(event any) {
		v.mu.Lock()
		defer v.mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if u := e.Request.URL; !strings.HasPrefix(u, host) && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "blob:") {
				v.outside = append(v.outside, u)
			}
		case *page.EventJavascriptDialogOpening: // whether the page may be left, though a notebook isn't saved
			go func() { _ = chromedp.Run(ctx, page.HandleJavaScriptDialog(true)) }()
		case *runtime.EventExceptionThrown:
			v.faults = append(v.faults, e.ExceptionDetails.Error())
		}
	})
	if err := chromedp.Run(ctx, network.Enable()); err != nil {
		t.Fatal(err)
	}
	return v
}

// Before has a script run in each page before the page's own.
func (v *Visitor) Before(script string) {
	v.t.Helper()
	v.Do(chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(script).Do(ctx)
		return err
	}))
}

// Address is where the site shows a notebook.
func (v *Visitor) Address(path string) string { return v.site.address + "lab/index.html?path=" + path }

// Open shows a notebook of the site and waits for its kernel.
func (v *Visitor) Open(path string) {
	v.t.Helper()
	v.Do(chromedp.Navigate(v.Address(path)))
	v.Opened()
}

// Go goes back in the tab's history, or forward, to another address. A page that was only put aside isn't loaded again.
func (v *Visitor) Go(steps int) {
	v.t.Helper()
	var from, at string
	v.Eval("location.href", &from)
	v.Do(chromedp.Evaluate(fmt.Sprintf("history.go(%d)", steps), nil))
	for at = from; at == from || at == ""; time.Sleep(50 * time.Millisecond) {
		if err := chromedp.Run(v.ctx, chromedp.Evaluate("location.href", &at)); err != nil && v.ctx.Err() != nil { // it fails while pages change
			v.t.Fatal(err)
		}
	}
}

// Opened waits for the kernel of the notebook that the page shows.
func (v *Visitor) Opened() {
	v.t.Helper()
	v.Wait("the notebook", `globalThis.jupyterapp?.shell?.currentWidget?.context?.isReady && globalThis.vaelabPage?.kernels.size > 0`)
	var ok bool
	v.Eval(`(async () => {
	await jupyterapp.shell.currentWidget.sessionContext.ready;
	return true;
})()`, &ok)
	v.Wait("the kernel", `jupyterapp.shell.currentWidget.sessionContext.kernelDisplayStatus === "idle"`)
}

// Write makes a notebook of cells in the reader's own storage and opens it.
func (v *Visitor) Write(name string, cells ...string) {
	v.t.Helper()
	list := []map[string]any{}
	for i, text := range cells {
		list = append(list, map[string]any{"cell_type": "code", "id": fmt.Sprintf("cell-%d", i), "metadata": map[string]any{}, "outputs": []any{}, "execution_count": nil, "source": text})
	}
	book, err := json.Marshal(map[string]any{"nbformat": 4, "nbformat_minor": 5, "cells": list,
		"metadata": map[string]any{"kernelspec": map[string]any{"name": "gonb", "display_name": "Go (gonb)", "language": "go"}}})
	if err != nil {
		v.t.Fatal(err)
	}
	v.Do(chromedp.Navigate(v.site.address + "lab/index.html?reset"))
	v.Wait("the lab", `globalThis.jupyterapp?.serviceManager?.isReady && jupyterapp.commands.hasCommand("docmanager:open")`)
	var ok bool
	v.Eval(fmt.Sprintf(`(async () => {
	await jupyterapp.restored;
	await jupyterapp.serviceManager.contents.save(%q, {type: "notebook", format: "json", content: %s});
	await jupyterapp.commands.execute("docmanager:open", {path: %[1]q});
	return true;
})()`, name, book), &ok)
	v.Opened()
}

// Output is what a cell has left on the page.
type Output struct {
	Kind   string // stream, display_data, error
	Text   string // plain
	HTML   string
	Stream string
}

// Run runs the code cells from first up to but without last, and gives their outputs.
func (v *Visitor) Run(first, last int) [][]Output {
	v.t.Helper()
	var all [][]Output
	v.Eval(fmt.Sprintf(`(async (first, last) => {
	const panel = jupyterapp.shell.currentWidget, all = [];
	const code = panel.content.widgets.filter((c) => c.model.type === "code").slice(first, last);
	for (const cell of code) {
		panel.content.activeCellIndex = panel.content.widgets.indexOf(cell);
		const done = setInterval(() => { // whoever runs all cells has seen enough of each slider
			for (const b of document.querySelectorAll("[id^=sliders_] button")) if (globalThis.pressDone !== false && !b.disabled) b.click();
		}, 200);
		await jupyterapp.commands.execute("notebook:run-cell");
		clearInterval(done);
		all.push(cell.model.outputs.toJSON().map((o) => ({
			Kind: o.output_type, Stream: o.name ?? "",
			Text: [o.text ?? o.data?.["text/plain"] ?? (o.traceback ?? []).join("\n")].flat().join(""),
			HTML: [o.data?.["text/html"] ?? ""].flat().join(""),
		})));
	}
	return all;
})(%d, %d)`, first, last), &all)
	return all
}

// Text is all that outputs say, in plain words.
func Text(outputs []Output) string {
	var all []string
	for _, o := range outputs {
		all = append(all, o.Text)
	}
	return strings.Join(all, "\n")
}

// Do lets the browser act.
func (v *Visitor) Do(actions ...chromedp.Action) {
	v.t.Helper()
	if err := chromedp.Run(v.ctx, actions...); err != nil {
		v.Screenshot("failed.png")
		v.t.Fatal(err)
	}
}

// Eval evaluates an expression, and waits for its promise.
func (v *Visitor) Eval(expression string, into any) {
	v.t.Helper()
	v.Do(chromedp.Evaluate(expression, into, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
}

// Wait waits until a condition of the page holds.
func (v *Visitor) Wait(what, condition string) {
	v.t.Helper()
	for begin := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		var is bool
		err := chromedp.Run(v.ctx, chromedp.Evaluate("!!("+condition+")", &is)) // fails while a page changes to another
		if err == nil && is {
			return
		}
		if v.ctx.Err() != nil || time.Since(begin) > 90*time.Second {
			v.Screenshot("failed.png")
			v.t.Fatalf("waiting for %s: %v; faults: %v", what, err, v.faults)
		}
	}
}

// Screenshot keeps what the browser shows, for a person to look at, where VAELAB_SCREENSHOTS names a folder.
func (v *Visitor) Screenshot(name string) { browser.ForPeople(v.ctx, v.t.Name()+"-"+name) }

// Clean fails where the page has asked elsewhere, or an error went uncaught.
func (v *Visitor) Clean() {
	v.t.Helper()
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, u := range v.outside {
		v.t.Errorf("a request has left the site: %s", u)
	}
	for _, f := range v.faults {
		v.t.Errorf("an error that nobody caught: %s", f)
	}
}
