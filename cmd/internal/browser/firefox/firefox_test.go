package firefox

import (
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestTab does with a page all that tests do with the course's.
func TestTab(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a browser, which -short leaves alone")
	}
	if _, err := Find(); err != nil {
		t.Skip(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, "<title>%s</title>", r.URL.Path)
	}))
	defer server.Close()
	var mu sync.Mutex
	var asked, faults []string
	tab, end, err := Open(t.Context(), 700, 400, Hears{
		Request: func(address string) { mu.Lock(); asked = append(asked, address); mu.Unlock() },
		Fault:   func(text string) { mu.Lock(); faults = append(faults, text); mu.Unlock() },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(tab.Go(server.URL + "/first"))
	var value struct{ Title, Answer string }
	must(tab.Eval(`fetch("/asked").then(() => ({Title: document.title, Answer: "ü"}))`, &value))
	if value.Title != "/first" || value.Answer != "ü" {
		t.Errorf("a promise's value is %v", value)
	}
	if err := tab.Eval(`nothing.there`, nil); err == nil || !strings.Contains(err.Error(), "nothing is not defined") {
		t.Errorf("a mistake in an expression: %v", err)
	}
	// An error that nobody catches is told, though nobody waits for it; who asks something gets a yes.
	must(tab.Eval(`new Promise((done) => { setTimeout(() => { throw new Error("uncaught") }); setTimeout(done, 100) })`, nil))
	var yes bool
	must(tab.Eval(`confirm("Really?")`, &yes))
	must(tab.Go(server.URL + "/second"))
	must(tab.Eval("document.title", &value.Title))
	mu.Lock()
	if value.Title != "/second" || !yes || !slices.Contains(asked, server.URL+"/asked") || len(faults) != 1 || !strings.Contains(faults[0], "uncaught") {
		t.Errorf("the page is %s, asked for were %q, faults %q", value.Title, asked, faults)
	}
	mu.Unlock()

	must(tab.Resize(300, 200))
	path := filepath.Join(t.TempDir(), "page.png")
	must(tab.Screenshot(path))
	file, err := os.Open(path)
	must(err)
	defer file.Close()
	picture, err := png.DecodeConfig(file)
	if err != nil || picture.Width != 300 || picture.Height != 200 {
		t.Errorf("the picture has %d × %d pixels: %v", picture.Width, picture.Height, err)
	}
}
