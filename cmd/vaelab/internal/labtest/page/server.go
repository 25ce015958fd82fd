// Package page lets tests use a notebook as a learner does: in JupyterLab, in a real browser.
//
// A package of tests has one JupyterLab and one browser for all its notebooks, started by the first test that opens a
// page and ended by Main; a test that needs another, at another address, starts it. Each page has a tab, a folder and a kernel of its own. What learners train and how far they have
// come is kept in a folder that is empty at first.
package page

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"vaelab/cmd/internal/browser"
	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/server"
	"vaelab/cmd/vaelab/internal/setup"
)

// Main runs a package's tests and ends what they have started.
func Main(m *testing.M) {
	code := m.Run()
	if started {
		shared, err := open()
		if err == nil {
			shared.stop()
		}
	}
	os.Exit(code)
}

// Lab is JupyterLab and a browser.
type Lab struct {
	folder  string   // what JupyterLab serves
	server  *url.URL // with the token, where it may stand there
	token   string   // where it may not
	page    *url.URL // the same, for the browser
	log     string
	browser context.Context
	give    func(string) error // nil, or gives a folder to the lab's user
	stop    func()
}

// Place says where a lab is found. The zero Place is that of a lab on one's own machine.
type Place struct {
	Server  []string // arguments of JupyterLab
	Browser []chromedp.ExecAllocatorOption
}

var (
	started bool
	made    *setup.Lab
	open    = sync.OnceValues(func() (*Lab, error) {
		started = true
		return start(Place{})
	})
)

// Start starts a lab for one test.
func Start(t *testing.T, place Place) *Lab {
	t.Helper()
	need(t)
	l, err := start(place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.stop)
	return l
}

// At is the lab under another host's name and port, for the browser: that of something that stands in between.
func (l *Lab) At(host string) *Lab {
	other, page := *l, *l.page
	page.Host = host
	other.page = &page
	return &other
}

// Server is the address of JupyterLab's page, with its token.
func (l *Lab) Server() *url.URL { return l.server }

// The system ties JupyterLab's life to the thread that starts it: that of a goroutine that stays.
func start(place Place) (l *Lab, err error) {
	ready := make(chan struct{})
	go func() {
		l, err = startHere(place)
		close(ready)
		select {}
	}()
	<-ready
	return l, err
}

func startHere(place Place) (*Lab, error) {
	dir, err := os.MkdirTemp("", "vaelab-pages-")
	if err != nil {
		return nil, err
	}
	l := &Lab{folder: filepath.Join(dir, "books"), log: filepath.Join(dir, "jupyterlab.log")}
	if err := os.Mkdir(l.folder, 0o755); err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	s, err := server.Start(ctx, server.Options{
		Python: made.Python(), Env: append(made.JupyterEnv(), "VAELAB_RUNS="+filepath.Join(dir, "runs"), labtest.Budget()),
		Runtime: made.Under("jupyter", "runtime"), Folder: l.folder, Log: l.log, More: place.Server,
	})
	if err != nil {
		stop()
		return nil, err
	}
	closeBrowser := func() {}
	l.stop = func() {
		closeBrowser()
		s.Stop()
		stop()
		os.RemoveAll(dir)
	}
	if l.server, err = url.Parse(s.URL); err != nil {
		l.stop()
		return nil, err
	}
	l.page = l.server
	tab, end, err := browser.Start(ctx, 1200, 1000, place.Browser...)
	if err != nil {
		l.stop()
		return nil, err
	}
	l.browser, closeBrowser = tab, end
	return l, nil
}

// needed gives what the test's package shares.
func needed(t *testing.T) *Lab {
	t.Helper()
	need(t)
	l, err := open()
	if err != nil {
		t.Fatal(errors.Join(fmt.Errorf("no page can be opened"), err))
	}
	return l
}

// need skips the test where there is no browser, or no lab is wanted.
func need(t *testing.T) {
	t.Helper()
	if _, err := browser.Find(); err != nil {
		t.Skip(err)
	}
	made = labtest.Lab(t)
}
