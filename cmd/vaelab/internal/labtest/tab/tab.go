// Package tab lets tests use the course in a browser's tab: a site that vaelab site has built, served as plain files from a folder of
// a host, in Chromium or Firefox, as a reader uses it.
package tab

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"vaelab/cmd/internal/browser"
	"vaelab/cmd/internal/browser/firefox"
	"vaelab/cmd/vaelab/internal/labtest"
)

// Visitor is a browser with its own storage.
type Visitor struct {
	t    *testing.T
	site *Served
	tab  tab
	ctx  context.Context
	end  func()

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
	opened, end, err := open(ctx, 1200, 1000, v.hears())
	v.has(opened, end, err)
	return v
}

// hears notes what happens in the tab.
func (v *Visitor) hears() hears {
	host := strings.TrimSuffix(v.site.address, "/some/folder/")
	note := func(list *[]string, text string) {
		v.mu.Lock()
		defer v.mu.Unlock()
		*list = append(*list, text)
	}
	return hears{
		request: func(u string) {
			if !strings.HasPrefix(u, host) && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "blob:") {
				note(&v.outside, u)
			}
		},
		fault: func(text string) { note(&v.faults, text) },
	}
}

// has gives the visitor their tab.
func (v *Visitor) has(opened tab, end func(), err error) {
	v.t.Helper()
	switch {
	case errors.Is(err, browser.ErrNone) || errors.Is(err, firefox.ErrNone):
		v.t.Skip(err)
	case err != nil:
		v.t.Fatal(err)
	}
	v.t.Cleanup(end)
	v.tab, v.end = opened, end
}

// Close closes the tab.
func (v *Visitor) Close() { v.end() }

// patience is how long a visit may last: as long as Go lets it, so that nothing fails on a machine that is slow.
func patience(t *testing.T) (context.Context, func()) { return labtest.Until(t.Context(), t) }

// Address is where the site shows a notebook.
func (v *Visitor) Address(path string) string { return v.site.address + "lab/index.html?path=" + path }

// Open shows a notebook of the site and waits for its kernel.
func (v *Visitor) Open(path string) {
	v.t.Helper()
	v.must(v.tab.Go(v.Address(path)))
	v.Opened(path)
}

// Opened waits for the kernel of the notebook that the page shows.
func (v *Visitor) Opened(path string) {
	v.t.Helper()
	v.Wait("the notebook", fmt.Sprintf(`(({path, isReady} = {}) => isReady && path.endsWith(%q))(globalThis.jupyterapp?.shell?.currentWidget?.context)
	&& globalThis.vaelabPage?.kernels.size > 0`, path))
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
	v.visit("lab/index.html?reset")
	// What was open before is forgotten once the address says no more that it shall be.
	v.Wait("the lab", `globalThis.jupyterapp?.serviceManager?.isReady && jupyterapp.commands.hasCommand("docmanager:open") && !location.search.includes("reset")`)
	var ok bool
	v.Eval(fmt.Sprintf(`(async () => {
	await jupyterapp.restored;
	await jupyterapp.serviceManager.contents.save(%q, {type: "notebook", format: "json", content: %s});
	await jupyterapp.commands.execute("docmanager:open", {path: %[1]q});
	return true;
})()`, name, book), &ok)
	v.Opened(name)
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
		const done = setInterval(() => { // whoever runs all cells has seen enough of each slider, and draws nothing
			for (const b of document.querySelectorAll("[id^=sliders_] button, [id^=pad_] [data-do=stop]")) if (globalThis.pressDone !== false && !b.disabled) b.click();
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
	for end := time.Now().Add(4 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
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

// Show opens a page of the site that isn't the lab's.
func (v *Visitor) Show(address string) {
	v.t.Helper()
	v.visit(address)
}
