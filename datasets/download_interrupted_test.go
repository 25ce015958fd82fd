//go:build !js

package datasets

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// A silent connection is given up and the download goes on over another.
func TestDownloadStalls(t *testing.T) {
	stop := make(chan struct{})
	m := newMirror(t, func(m *mirror, w http.ResponseWriter, r *http.Request) bool {
		if n, _ := m.requests(); !isBig(r) || n > 1 {
			return false
		}
		m.cut(w, r, 20000)
		w.(http.Flusher).Flush()
		<-stop
		return true
	})
	defer close(stop)
	quick := impatient
	quick.stall = 500 * time.Millisecond
	quick.attempts = 100 // this machine may be slower than that: it tries again
	if _, err := m.set.load(context.Background(), Options{patience: quick}); err != nil {
		t.Error(err)
	}
}

// Cancelling stops at once, in the middle of a file; the next load goes on from there.
func TestDownloadIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	m := newMirror(t, func(m *mirror, w http.ResponseWriter, r *http.Request) bool {
		if ctx.Err() != nil || !isBig(r) {
			return false
		}
		m.cutAndWait(w, r, 20000)
		cancel()
		<-r.Context().Done()
		return true
	})
	_, err := m.load(ctx)
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "the download of tiny was stopped") {
		t.Errorf("error %v", err)
	}
	if _, err := m.load(context.Background()); err != nil {
		t.Error(err)
	}
	if _, all := m.requests(); !strings.Contains(all, big+" bytes=20000-") {
		t.Errorf("the second load started anew: %s", all)
	}
}

// An earlier program may have died between the last byte and putting the file into place.
func TestDownloadFindsAWholePart(t *testing.T) {
	m := newMirror(t, nil)
	cache, _ := CacheDir("tiny")
	write(t, cache, map[string][]byte{"train-images-idx3-ubyte.part": m.files[big]})
	if _, err := m.load(context.Background()); err != nil {
		t.Error(err)
	}
	if n, all := m.requests(); n != 0 {
		t.Errorf("it asked again: %s", all)
	}
}

// An abrupt end leaves neither a lock nor half a file in the way: the next program goes on from there.
func TestDownloadSurvivesAKill(t *testing.T) {
	halfway := make(chan struct{})
	m := newMirror(t, func(m *mirror, w http.ResponseWriter, r *http.Request) bool {
		if n, _ := m.requests(); !isBig(r) || n > 1 {
			return false
		}
		m.cutAndWait(w, r, 20000)
		close(halfway)
		<-r.Context().Done()
		return true
	})
	child := exec.Command(os.Args[0], "-test.run=^TestChildDownloads$")
	child.Env = append(os.Environ(), "VAELAB_TEST_MIRROR="+m.URL+"/")
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	<-halfway
	child.Process.Kill()
	child.Wait()
	if _, err := m.load(context.Background()); err != nil {
		t.Error(err)
	}
	if _, all := m.requests(); !strings.Contains(all, big+" bytes=20000-") {
		t.Errorf("it started anew: %s", all)
	}
}

// TestChildDownloads is the program that TestDownloadSurvivesAKill kills.
func TestChildDownloads(t *testing.T) {
	url := os.Getenv("VAELAB_TEST_MIRROR")
	if url == "" {
		t.Skip("only runs as the child of TestDownloadSurvivesAKill")
	}
	s, _ := tiny(url)
	if _, err := s.load(context.Background(), Options{}); err != nil {
		t.Error(err)
	}
}
