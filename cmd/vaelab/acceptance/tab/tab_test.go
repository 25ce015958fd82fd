// Package tab_test runs the course in a browser's tab.
package tab_test

import (
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/tab"
	"vaelab/cmd/vaelab/internal/labtest/tab/course"
)

// TestNotebook02 runs a notebook with its solutions, in long tests to its end.
func TestNotebook02(t *testing.T) {
	most, figures := 20, 6
	if labtest.IsLong() {
		most, figures = course.All, 14
	}
	course.Notebook(t, tab.Visit(t, tab.Serve(t, labtest.Site(t))), "solutions/02_kl_divergence.ipynb", most, min(most, 42), figures)
}

func TestWithoutANetwork(t *testing.T) { course.WithoutANetwork(t, labtest.Site(t), tab.Chromium) }

// TestAllIsKept keeps the whole site with the button, and opens what was never opened after the host has gone.
func TestAllIsKept(t *testing.T) {
	site := tab.Serve(t, labtest.Site(t))
	v := tab.Visit(t, site)
	v.Open("02_kl_divergence.ipynb")
	const button = `document.querySelector("#vaelab-keep button").textContent`
	v.Wait("the service worker", `navigator.serviceWorker.controller`)
	v.Wait("the button", `/\(\d+ MB\)/.test(`+button+`)`)
	var ok bool
	v.Eval(`document.querySelector("#vaelab-keep button").click(), true`, &ok)
	v.Wait("everything", `/✓/.test(`+button+`)`)
	site.Gone()
	v.Write("offline.ipynb", "import \"gonum.org/v1/gonum/stat\"\n\n%%\nfmt.Println(stat.Mean([]float64{1, 3}, nil))")
	if got := strings.TrimSpace(tab.Text(v.Run(0, 1)[0])); got != "2" {
		t.Errorf("without a network: %q", got)
	}
	v.Clean()
}
