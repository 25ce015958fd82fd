//go:build !js

package datasets

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// impatient is for servers that misbehave on purpose.
var impatient = patience{attempts: 3, pause: time.Millisecond, stall: time.Minute}

// A mirror serves the tiny set from this machine and writes down what it was asked for.
type mirror struct {
	*httptest.Server
	set   set
	files map[string][]byte // compressed, by name with .gz
	mu    sync.Mutex
	asked []string // "NAME RANGE"
}

// newMirror starts a mirror; misbehave may answer in its place, and says whether it did.
func newMirror(t *testing.T, misbehave func(m *mirror, w http.ResponseWriter, r *http.Request) bool) *mirror {
	m := &mirror{files: map[string][]byte{}}
	s, contents := tiny()
	for name, data := range contents {
		m.files[name+".gz"] = zip(data)
	}
	m.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.mu.Lock()
		m.asked = append(m.asked, strings.TrimSpace(path.Base(r.URL.Path)+" "+r.Header.Get("Range")))
		m.mu.Unlock()
		if misbehave == nil || !misbehave(m, w, r) {
			m.serve(w, r)
		}
	}))
	t.Cleanup(m.Close)
	t.Setenv("VAELAB_CACHE", t.TempDir())
	s.mirrors = []string{m.URL + "/"}
	m.set = s
	return m
}

// serve is a server that does everything right, ranges included.
func (m *mirror) serve(w http.ResponseWriter, r *http.Request) {
	data, ok := m.files[path.Base(r.URL.Path)]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("ETag", fmt.Sprintf(`"%d"`, len(data)))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

// cut sends the first n bytes of what it promised.
func (m *mirror) cut(w http.ResponseWriter, r *http.Request, n int) {
	data := m.files[path.Base(r.URL.Path)]
	w.Header().Set("ETag", fmt.Sprintf(`"%d"`, len(data)))
	w.Header().Set("Content-Length", fmt.Sprint(len(data)))
	w.Write(data[:n])
}

// cutAndWait sends the first n bytes, keeps the connection, and returns when the client has put them on disk.
func (m *mirror) cutAndWait(w http.ResponseWriter, r *http.Request, n int64) {
	m.cut(w, r, int(n))
	w.(http.Flusher).Flush()
	cache, _ := CacheDir("tiny")
	part := filepath.Join(cache, strings.TrimSuffix(path.Base(r.URL.Path), ".gz")+".part")
	for r.Context().Err() == nil {
		if info, err := os.Stat(part); err == nil && info.Size() == n {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

func (m *mirror) load(ctx context.Context) (Dataset, error) {
	return m.set.load(ctx, Options{patience: impatient})
}

const big = "train-images-idx3-ubyte.gz"

func isBig(r *http.Request) bool { return path.Base(r.URL.Path) == big }

// requests counts those for the big file.
func (m *mirror) requests() (n int, all string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, name := range m.asked {
		if strings.HasPrefix(name, big) {
			n++
		}
	}
	return n, strings.Join(m.asked, ", ")
}
