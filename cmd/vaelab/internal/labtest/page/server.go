// Package page lets tests use a notebook as a learner does: in JupyterLab, in a real browser.
//
// A package of tests has one JupyterLab and one browser for all its notebooks, started by the first test that opens a
// page and ended by Main. Each page has a tab, a folder and a kernel of its own. What learners train and how far they have
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

// lab is JupyterLab and a browser.
type lab struct {
	folder  string   // what JupyterLab serves
	address *url.URL // with the token
	log     string
	browser context.Context
	stop    func()
}

var (
	started bool
	made    *setup.Lab
	open    = sync.OnceValues(func() (*lab, error) {
		started = true
		ready := make(chan struct{})
		var l *lab
		var err error
		// The system ties JupyterLab's life to the thread that starts it: this goroutine's, which stays.
		go func() {
			l, err = start()
			close(ready)
			select {}
		}()
		<-ready
		return l, err
	})
)

func start() (*lab, error) {
	dir, err := os.MkdirTemp("", "vaelab-pages-")
	if err != nil {
		return nil, err
	}
	l := &lab{folder: filepath.Join(dir, "books"), log: filepath.Join(dir, "jupyterlab.log")}
	if err := os.Mkdir(l.folder, 0o755); err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	s, err := server.Start(ctx, server.Options{
		Python: made.Python(), Env: append(made.JupyterEnv(), "VAELAB_RUNS="+filepath.Join(dir, "runs"), labtest.Budget()),
		Runtime: made.Under("jupyter", "runtime"), Folder: l.folder, Log: l.log,
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
	if l.address, err = url.Parse(s.URL); err != nil {
		l.stop()
		return nil, err
	}
	tab, end, err := browser.Start(ctx, 1200, 1000)
	if err != nil {
		l.stop()
		return nil, err
	}
	l.browser, closeBrowser = tab, end
	return l, nil
}

// needed gives what the test's package shares, or skips the test where there is no browser.
func needed(t *testing.T) *lab {
	t.Helper()
	if _, err := browser.Find(); err != nil {
		t.Skip(err)
	}
	made = labtest.Lab(t)
	l, err := open()
	if err != nil {
		t.Fatal(errors.Join(fmt.Errorf("no page can be opened"), err))
	}
	return l
}
