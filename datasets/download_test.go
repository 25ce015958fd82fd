//go:build !js

package datasets

import (
	"bytes"
	"context"
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

func TestDownload(t *testing.T) {
	m := newMirror(t, nil)
	var progress bytes.Buffer
	data, err := m.set.load(context.Background(), Options{Progress: &progress})
	if err != nil {
		t.Fatal(err)
	}
	cache, _ := CacheDir("tiny")
	if data.Train.Len() != 50 || data.Source != "from "+cache {
		t.Errorf("%d images %s", data.Train.Len(), data.Source)
	}
	if text := progress.String(); !strings.Contains(text, "train-images-idx3-ubyte: 0.1 of 0.1 MB (100%)") {
		t.Errorf("progress %q", text)
	}
	entries, _ := os.ReadDir(cache)
	var left []string
	for _, entry := range entries {
		left = append(left, entry.Name())
	}
	want := ".lock t10k-images-idx3-ubyte t10k-labels-idx1-ubyte train-images-idx3-ubyte train-labels-idx1-ubyte"
	if got := strings.Join(left, " "); got != want {
		t.Errorf("the cache holds %s, want %s", got, want)
	}
	if _, err := m.load(context.Background()); err != nil {
		t.Error(err)
	}
	if n, all := m.requests(); n != 1 || len(m.asked) != 4 {
		t.Errorf("two loads asked for %s; the second should find all in the cache", all)
	}
}

// What a server may do wrong, and that the files come all the same.
func TestDownloadCopes(t *testing.T) {
	first := func(do func(m *mirror, w http.ResponseWriter, r *http.Request)) func(*mirror, http.ResponseWriter, *http.Request) bool {
		return func(m *mirror, w http.ResponseWriter, r *http.Request) bool {
			if n, _ := m.requests(); !isBig(r) || n > 1 {
				return false
			}
			do(m, w, r)
			return true
		}
	}
	for _, test := range []struct {
		name      string
		misbehave func(*mirror, http.ResponseWriter, *http.Request) bool
		asked     string // for the big file
	}{
		{"cut, then resumed", first(func(m *mirror, w http.ResponseWriter, r *http.Request) { m.cut(w, r, 20000) }),
			big + ", " + big + " bytes=20000-"},
		{"cut twice", func(m *mirror, w http.ResponseWriter, r *http.Request) bool {
			switch n, _ := m.requests(); {
			case !isBig(r) || n > 2:
				return false
			case n == 1:
				m.cut(w, r, 10000)
			default:
				w.Header().Set("Content-Range", "bytes 10000-59999/60000")
				w.Header().Set("Content-Length", "50000")
				w.WriteHeader(http.StatusPartialContent)
				w.Write(m.files[big][10000:30000])
			}
			return true
		}, big + ", " + big + " bytes=10000-, " + big + " bytes=30000-"},
		{"cut, and the server knows no ranges", func(m *mirror, w http.ResponseWriter, r *http.Request) bool {
			if n, _ := m.requests(); n == 1 && isBig(r) {
				m.cut(w, r, 20000)
				return true
			}
			r.Header.Del("Range")
			return false
		}, big + ", " + big + " bytes=20000-"},
		{"cut, and the file has changed since", func(m *mirror, w http.ResponseWriter, r *http.Request) bool {
			if n, _ := m.requests(); n > 1 || !isBig(r) {
				return false
			}
			m.cut(w, r, 20000)
			m.files[big] = append(bytes.Clone(m.files[big]), zip(nil)...) // packed another way
			return true
		}, big + ", " + big + " bytes=20000-"},
		{"cut without a name for the version", first(func(m *mirror, w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "60000")
			w.Write(m.files[big][:20000])
		}), big + ", " + big},
		{"a rest that belongs to another file", func(m *mirror, w http.ResponseWriter, r *http.Request) bool {
			switch n, _ := m.requests(); {
			case !isBig(r) || n > 2:
				return false
			case n == 1:
				m.cut(w, r, 20000)
			default:
				w.Header().Set("Content-Range", "bytes 20000-20099/20100")
				w.WriteHeader(http.StatusPartialContent)
				w.Write(make([]byte, 100))
			}
			return true
		}, big + ", " + big + " bytes=20000-, " + big},
		{"the wrong range", func(m *mirror, w http.ResponseWriter, r *http.Request) bool {
			switch n, _ := m.requests(); {
			case !isBig(r) || n > 2:
				return false
			case n == 1:
				m.cut(w, r, 20000)
			default:
				w.Header().Set("Content-Range", "bytes 0-99/60000")
				w.WriteHeader(http.StatusPartialContent)
				w.Write(m.files[big][:100])
			}
			return true
		}, big + ", " + big + " bytes=20000-, " + big},
		{"500, then well", first(func(m *mirror, w http.ResponseWriter, r *http.Request) {
			http.Error(w, "broken", http.StatusInternalServerError)
		}), big + ", " + big},
		{"429, then well", first(func(m *mirror, w http.ResponseWriter, r *http.Request) {
			http.Error(w, "slowly", http.StatusTooManyRequests)
		}), big + ", " + big},
		{"hung up", first(func(m *mirror, w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }),
			big + ", " + big},
		{"not compressed", func(m *mirror, w http.ResponseWriter, r *http.Request) bool {
			_, contents := tiny()
			w.Write(contents[strings.TrimSuffix(path.Base(r.URL.Path), ".gz")])
			return true
		}, big},
		{"redirected", func(m *mirror, w http.ResponseWriter, r *http.Request) bool {
			if strings.HasPrefix(r.URL.Path, "/moved") {
				return false
			}
			http.Redirect(w, r, "/moved"+r.URL.Path, http.StatusFound)
			return true
		}, big + ", " + big},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := newMirror(t, test.misbehave)
			if _, err := m.load(context.Background()); err != nil {
				t.Error(err)
			}
			var asked []string
			for _, name := range m.asked {
				if strings.HasPrefix(name, big) {
					asked = append(asked, name)
				}
			}
			if got := strings.Join(asked, ", "); got != test.asked {
				t.Errorf("asked for %s, want %s", got, test.asked)
			}
		})
	}
}

func TestDownloadTakesTheNextMirror(t *testing.T) {
	m := newMirror(t, nil)
	bad := httptest.NewServer(http.NotFoundHandler())
	defer bad.Close()
	gone := httptest.NewServer(nil)
	gone.Close() // nobody listens there any more
	m.set.mirrors = []string{gone.URL + "/", bad.URL + "/", m.URL + "/"}
	if _, err := m.load(context.Background()); err != nil {
		t.Error(err)
	}
}

// Only the damaged file is fetched again.
func TestDownloadMendsTheCache(t *testing.T) {
	for name, damage := range map[string]func(file string) error{
		"truncated": func(file string) error { return os.Truncate(file, 30000) },
		"missing":   os.Remove,
		"flipped": func(file string) error {
			data, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			data[3000] ^= 1
			return os.WriteFile(file, data, 0o644)
		},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMirror(t, nil)
			if _, err := m.load(context.Background()); err != nil {
				t.Fatal(err)
			}
			cache, _ := CacheDir("tiny")
			if err := damage(filepath.Join(cache, "train-images-idx3-ubyte")); err != nil {
				t.Fatal(err)
			}
			m.asked = nil
			if _, err := m.load(context.Background()); err != nil {
				t.Error(err)
			}
			if _, all := m.requests(); all != big {
				t.Errorf("asked for %s, want only %s", all, big)
			}
		})
	}
}

// Loads that start together, as two notebooks do, download every file once.
func TestDownloadOnce(t *testing.T) {
	m := newMirror(t, func(m *mirror, w http.ResponseWriter, r *http.Request) bool {
		time.Sleep(20 * time.Millisecond) // lets the others come to the lock
		return false
	})
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if _, err := m.load(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if _, asked := m.requests(); len(m.asked) != 4 {
		t.Errorf("four loads asked for %s", asked)
	}
}
