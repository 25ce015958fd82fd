// Package tab lets tests use the course in a browser's tab: a site that vaelab site has built, served as plain files from a folder of
// a host, in Chromium or Firefox, as a reader uses it.
package tab

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"vaelab/cmd/internal/browser"
	"vaelab/cmd/internal/browser/firefox"
	"vaelab/cmd/vaelab/internal/labtest"
)

// Served is a site on a plain server of files, in a folder that isn't the host's root. Everything that is asked for is noted.
type Served struct {
	address string // of the site's folder, with a slash
	mu      sync.Mutex
	asked   []string
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
	s.address = server.URL + "/some/folder/"
	return s
}

// Gone is a host that no longer answers.
func (s *Served) Gone() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.change = func(w http.ResponseWriter, _ *http.Request) bool {
		if hijacker, ok := w.(http.Hijacker); ok {
			if line, _, err := hijacker.Hijack(); err == nil {
				line.Close()
			}
		}
		return true
	}
}

// Visitor is a browser with its own storage.
type Visitor struct {
	t    *testing.T
	site *Served
	tab  tab
	ctx  context.Context

	mu      sync.Mutex
	outside []string // requests to other places than the site
	faults  []string // errors that nobody has caught
}

// Visit starts Chromium with empty storage.
func Visit(t *testing.T, site *Served) *Visitor {
	t.Helper()
	return VisitWith(t, site, Chromium)
}

// VisitWith starts a browser with empty storage. Where there is none the test is skipped.
func VisitWith(t *testing.T, site *Served, open Browser) *Visitor {
	t.Helper()
	ctx, stop := patience(t)
	t.Cleanup(stop)
	v := &Visitor{t: t, site: site, ctx: ctx}
	host := strings.TrimSuffix(site.address, "/some/folder/")
	note := func(list *[]string, text string) {
		v.mu.Lock()
		defer v.mu.Unlock()
		*list = append(*list, text)
	}
	opened, end, err := open(ctx, 1200, 1000, hears{
		request: func(u string) {
			if !strings.HasPrefix(u, host) && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "blob:") {
				note(&v.outside, u)
			}
		},
		fault: func(text string) { note(&v.faults, text) },
	})
	switch {
	case errors.Is(err, browser.ErrNone) || errors.Is(err, firefox.ErrNone):
		t.Skip(err)
	case err != nil:
		t.Fatal(err)
	}
	t.Cleanup(end)
	v.tab = opened
	return v
}

// patience is how long a visit may last: notebooks that run to their end may take as long as Go lets them.
func patience(t *testing.T) (context.Context, func()) {
	limit := time.Now().Add(5 * time.Minute)
	if deadline, ok := t.Deadline(); ok && labtest.IsLong() {
		limit = deadline.Add(-10 * time.Second)
	}
	return context.WithDeadline(t.Context(), limit)
}

// Open shows a notebook of the site and waits for its kernel.
func (v *Visitor) Open(path string) {
	v.t.Helper()
	v.visit("lab/index.html?path=" + path)
	v.Wait("the notebook", fmt.Sprintf(`(({path, isReady} = {}) => isReady && path.endsWith(%q))(globalThis.jupyterapp?.shell?.currentWidget?.context)
	&& globalThis.vaelabPage?.kernels.size > 0`, path))
	var ok bool
	v.Eval(`(async () => {
	for (const k of vaelabPage.kernels.values()) await k.ready;
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
	v.visit("lab/index.html?reset")
	// What was open before is forgotten once the address says no more that it shall be.
	v.Wait("the lab", `globalThis.jupyterapp?.serviceManager?.isReady && !location.search.includes("reset")`)
	var ok bool
	v.Eval(fmt.Sprintf(`(async () => { await jupyterapp.serviceManager.contents.save(%q, {type: "notebook", format: "json", content: %s}); return true })()`, name, book), &ok)
	v.Open(name)
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

// visit opens an address below the site's.
func (v *Visitor) visit(address string) {
	v.t.Helper()
	v.must(v.tab.Go(v.site.address + address))
}

// Eval evaluates an expression, and waits for its promise.
func (v *Visitor) Eval(expression string, into any) {
	v.t.Helper()
	v.must(v.tab.Eval(expression, into))
}

// must ends the test where the browser doesn't do what it should.
func (v *Visitor) must(err error) {
	v.t.Helper()
	if err != nil {
		v.Screenshot("failed.png")
		v.t.Fatal(err)
	}
}

// Wait waits until a condition of the page holds.
func (v *Visitor) Wait(what, condition string) {
	v.t.Helper()
	for end := time.Now().Add(90 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		var is bool
		err := v.tab.Eval("!!("+condition+")", &is) // fails while a page changes to another
		if err == nil && is {
			return
		}
		if v.ctx.Err() != nil || time.Now().After(end) {
			v.Screenshot("failed.png")
			v.mu.Lock()
			defer v.mu.Unlock()
			v.t.Fatalf("waiting for %s: not there (%v); faults: %v", what, errors.Join(err, context.Cause(v.ctx)), v.faults)
		}
	}
}

// Resize gives the page another size.
func (v *Visitor) Resize(width, height int) {
	v.t.Helper()
	v.must(v.tab.Resize(width, height))
}

// Screenshot keeps what the browser shows, for a person to look at, where VAELAB_SCREENSHOTS names a folder.
func (v *Visitor) Screenshot(name string) {
	browser.ForPeople(v.tab.Screenshot, strings.ReplaceAll(v.t.Name(), "/", "-")+"-"+name)
}

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
