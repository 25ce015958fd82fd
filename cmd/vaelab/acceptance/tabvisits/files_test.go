// Package tabvisits has the course opened in a browser's tab where something is wrong with the host, with the line to it, or with the
// visit.
package tabvisits

import (
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/tab"
)

const answer = "%%\nfmt.Println(6 * 7)"

// How a host can be wrong about a file.
var (
	missing = func(w http.ResponseWriter, _ []byte) { http.Error(w, "not found", http.StatusNotFound) }
	cut     = func(w http.ResponseWriter, data []byte) { _, _ = w.Write(data[:len(data)/2]) }
	damaged = func(w http.ResponseWriter, data []byte) {
		data[len(data)/2] ^= 0x55
		_, _ = w.Write(data)
	}
	broken = func(w http.ResponseWriter, data []byte) { // the line breaks off
		w.Header().Set("Content-Length", fmt.Sprint(len(data)))
		_, _ = w.Write(data[:len(data)/2])
	}
)

// wrong has the host be wrong about the files whose names begin so.
func wrong(t *testing.T, site *tab.Served, names string, how func(http.ResponseWriter, []byte)) {
	site.Change(func(w http.ResponseWriter, r *http.Request) bool {
		name := path.Base(r.URL.Path)
		if !slices.ContainsFunc(strings.Fields(names), func(begin string) bool { return strings.HasPrefix(name, begin) }) {
			return false
		}
		data, err := site.File(r)
		if err != nil {
			t.Error(err)
			return false
		}
		if path.Ext(name) == ".js" {
			w.Header().Set("Content-Type", "text/javascript")
		}
		how(w, data)
		return true
	})
}

// TestFilesThatAreWrong: a cell names the file, and when the host is well again, the cell works without a reload.
func TestFilesThatAreWrong(t *testing.T) {
	site := tab.Serve(t, labtest.Site(t))
	v := tab.Visit(t, site)
	v.Do(network.SetBypassServiceWorker(true), network.SetCacheDisabled(true))
	const later = " packages-base tool.js run.js" // what is fetched ahead
	wrong(t, site, "site.json", missing)
	v.Write("files.ipynb", append(tab.Training("2"), answer)...)
	for _, c := range []struct {
		cell        int
		files, want string
		how         func(http.ResponseWriter, []byte)
	}{
		{2, "site.json run.js", "is missing on this site (404)", missing},
		{2, "site.json run.js", "is damaged", cut},
		{2, "compile-" + later, "is cut", cut},
		{2, "link-" + later, "is damaged", damaged},
		{2, "cells-" + later, "broke off", broken},
		{2, "unpack.js" + later, "missing or damaged", missing},
		{2, "cells.js" + later, "missing or damaged", missing},
		{2, later, "is missing", missing},
		{2, "tool.js run.js", "compiler.js, or a script that it needs, is missing or damaged", missing},
		{2, "run.js", "missing or damaged", cut},
		{2, "", "42", nil}, // the host is well again
		{0, "packages-lab", "is damaged", damaged},
		{0, "", "", nil},
		{1, "sample-train-images", "is damaged", damaged},
		{1, "compute-", "is cut", cut},
		{1, "simd-", "is missing", missing},
		{1, "", "2 epochs", nil},
	} {
		if site.Change(nil); c.how != nil {
			wrong(t, site, c.files, c.how)
		}
		file, _, _ := strings.Cut(strings.TrimSpace(c.files), " ")
		if file == "tool.js" {
			file = "" // a worker knows the script that it was started with
		}
		tab.Says(t, c.files, v.Run(c.cell, c.cell+1)[0], file, c.want)
	}
	v.Clean()
}

// TestWhatTheBrowserKeeps: a file that it keeps for visits without a network is fetched anew where it is damaged, and a page goes on
// when its reader clears all that is kept.
func TestWhatTheBrowserKeeps(t *testing.T) {
	v := tab.Visit(t, tab.Serve(t, labtest.Site(t)))
	v.Write("copy.ipynb", answer)
	v.Wait("the service worker", `navigator.serviceWorker.controller`)
	var name string
	v.Eval(`(async () => {
	const {link} = await vaelabPage.site.manifest;
	const [cache] = (await caches.keys()).filter((name) => name.startsWith("vaelab "));
	await (await caches.open(cache)).put(vaelabPage.site.base + "vaelab/" + link.file, new Response("<html>no such file</html>"));
	return link.file;
})()`, &name)
	v.Write("copy.ipynb", answer)
	tab.Says(t, "with a damaged copy", v.Run(0, 1)[0], "42")
	var length int
	v.Eval(fmt.Sprintf(`caches.match(vaelabPage.site.base + "vaelab/%s").then((kept) => kept.arrayBuffer()).then((b) => b.byteLength)`, name), &length)
	if length < 100000 {
		t.Errorf("the copy still has %d bytes", length)
	}
	var origin, said string
	v.Eval(`location.origin`, &origin)
	v.Do(storage.ClearDataForOrigin(origin, "indexeddb,cache_storage,service_workers"))
	v.Eval(`(async () => {
	const {disk} = vaelabPage, path = "/course/.vaelab/runs/some/state";
	await disk.write(path, new Uint8Array([1]));
	return [...disk.remarks.keys(), ...disk.memory.keys(), (await disk.read(path)).join()].join();
})()`, &said)
	if said != "1" {
		t.Errorf("after all was cleared: %s", said)
	}
	v.Clean()
}

// TestPageThatDoesNotCome: where the lab's page itself lacks a file, it isn't just blank.
func TestPageThatDoesNotCome(t *testing.T) {
	site := tab.Serve(t, labtest.Site(t))
	v := tab.Visit(t, site)
	v.Do(network.SetBypassServiceWorker(true), network.SetCacheDisabled(true))
	for _, c := range []struct {
		name, want string
		how        func(http.ResponseWriter, []byte)
	}{
		{"bundle.js", "build/lab/bundle.js is missing on this site (404). Reload the page", missing},
		{"bundle.js", "build/lab/bundle.js has come damaged, or not at all. Reload the page", cut},
		{"jupyter-lite.json", "jupyter-lite.json is missing", missing},
		{"jlab_core", "jlab_core", cut},
		{"remoteEntry.js", "remoteEntry.js is missing", missing},
		{"disk.js", "plugin.js, or a script that it needs", missing},
	} {
		wrong(t, site, c.name, c.how)
		v.Do(chromedp.Navigate(v.Address("02_kl_divergence.ipynb")))
		v.Wait(c.want, fmt.Sprintf(`[...document.querySelectorAll("[role=alert]")].some((line) => line.textContent.includes(%q))`, c.want))
	}
	site.Change(nil)
	v.Open("02_kl_divergence.ipynb")
}

// TestSlowLine: the page says that it comes, and cells how far it is with what they need, from the first on.
func TestSlowLine(t *testing.T) {
	site := tab.Serve(t, labtest.Site(t))
	site.Change(func(w http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, "/build/") {
			time.Sleep(200 * time.Millisecond)
		}
		if !strings.HasSuffix(r.URL.Path, ".zst") {
			return false
		}
		data, err := site.File(r)
		if err != nil {
			return false
		}
		w.Header().Set("Content-Length", fmt.Sprint(len(data)))
		for len(data) > 0 {
			n, err := w.Write(data[:min(len(data), 64<<10)])
			if data = data[n:]; err != nil {
				return true
			}
			time.Sleep(60 * time.Millisecond) // 1 MB a second
		}
		return true
	})
	v := tab.Visit(t, site)
	v.Before(`globalThis.seen = new Set(); setInterval(() => {
	const line = document.querySelector("#jupyterlite-loading-indicator:not(.hidden)") ?? document.querySelector(".jp-OutputArea [role=status]");
	if (line) seen.add(line.innerText.trim());
}, 50)`)
	v.Write("slow.ipynb", append(tab.Training("2"), answer)...)
	for _, cell := range []int{2, 0, 1} {
		outputs := v.Run(cell, cell+1)[0]
		var seen []string
		v.Eval(`(() => { const all = [...seen]; seen.clear(); return all })()`, &seen)
		t.Logf("cell %d: %d lines, %q", cell, len(seen), seen[:min(3, len(seen))])
		if cell == 2 && !strings.HasPrefix(seen[0], "Loading") {
			t.Errorf("while the page comes: %q", seen[:min(3, len(seen))])
		}
		told := 0
		for _, line := range seen {
			var come, all float64
			if n, _ := fmt.Sscanf(line, "Fetching what this cell needs: %f of %f MB", &come, &all); n == 2 {
				told++
			}
		}
		if told == 0 && cell != 0 { // what that one needs has come by then
			t.Errorf("cell %d tells %d times how far it is: %q", cell, told, seen)
		}
		if said := tab.Text(outputs); strings.Contains(said, "Fetching") {
			t.Errorf("afterwards cell %d still says %s", cell, said)
		}
	}
	v.Clean()
}
