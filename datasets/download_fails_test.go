//go:build !js

package datasets

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// What can't be mended is an error that names the address, the reason and the way out, and leaves no file behind.
func TestDownloadFails(t *testing.T) {
	for _, test := range []struct {
		name     string
		answer   func(m *mirror, w http.ResponseWriter, r *http.Request)
		requests int
		want     string
	}{
		{"404", func(m *mirror, w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }, 1, "404 Not Found"},
		{"always 500", func(m *mirror, w http.ResponseWriter, r *http.Request) { http.Error(w, "", 500) }, 3,
			"500 Internal Server Error"},
		{"always cut and no ranges", func(m *mirror, w http.ResponseWriter, r *http.Request) { m.cut(w, r, 20000) }, 4,
			"the connection was cut"},
		{"redirected in a circle", func(m *mirror, w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
		}, 30, "10 redirects"},
		{"wrong sum", func(m *mirror, w http.ResponseWriter, r *http.Request) {
			s, _ := tiny()
			w.Write(zip(encode(magicImages, noise(int(s.files[0].size)-16, 255), 50, 40, 30)))
		}, 1, "not the expected contents: the SHA-256"},
		{"too short", func(m *mirror, w http.ResponseWriter, r *http.Request) { w.Write(zip([]byte("hello"))) }, 1,
			"uncompressed, it is 5 bytes and not 60016"},
		{"a web page", func(m *mirror, w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "<html>log in first") }, 1,
			"uncompressed, it is 18 bytes and not 60016: it is a web page (HTML)"},
		{"empty", func(m *mirror, w http.ResponseWriter, r *http.Request) {}, 1, "it is empty"},
		{"cut inside gzip", func(m *mirror, w http.ResponseWriter, r *http.Request) { w.Write(m.files[big][:20000]) }, 1, "cut off after"},
		{"unpacks to more", func(m *mirror, w http.ResponseWriter, r *http.Request) {
			w.Write(zip(make([]byte, 1<<20)))
		}, 1, "more than 60016 bytes"},
		{"without end", func(m *mirror, w http.ResponseWriter, r *http.Request) {
			for range 1000 {
				if _, err := w.Write(make([]byte, 1000)); err != nil {
					return
				}
			}
		}, 1, "more than the 61640 bytes that can be right"},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := newMirror(t, func(m *mirror, w http.ResponseWriter, r *http.Request) bool {
				test.answer(m, w, r)
				return true
			})
			_, err := m.load(context.Background())
			var failed *LoadError
			if !errors.As(err, &failed) {
				t.Fatalf("error %v, want a LoadError", err)
			}
			for _, want := range []string{m.URL + "/" + big + ": ", test.want, "/tiny: it can't be opened: ", "What to do: put the files"} {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error does not say %q:\n%v", want, err)
				}
			}
			if n, all := m.requests(); n != test.requests {
				t.Errorf("%d requests, want %d: %s", n, test.requests, all)
			}
			cache, _ := CacheDir("tiny")
			if _, err := os.Stat(filepath.Join(cache, "train-images-idx3-ubyte")); err == nil {
				t.Error("the wrong file is in place")
			}
		})
	}
}

// A cache that can't be written is one clear error. (Permissions don't stop the superuser, a file in the way does.)
func TestDownloadUnwritableCache(t *testing.T) {
	for name, block := range map[string]string{
		"the cache is a file":        ".",
		"the set's folder is a file": "datasets/tiny",
		"the lock is a folder":       "datasets/tiny/.lock/x",
		"the part is a folder":       "datasets/tiny/train-images-idx3-ubyte.part/x",
		"the target is a folder":     "datasets/tiny/train-images-idx3-ubyte/x",
	} {
		t.Run(name, func(t *testing.T) {
			m := newMirror(t, nil)
			cache := filepath.Join(t.TempDir(), "cache")
			t.Setenv("VAELAB_CACHE", cache)
			blocking := filepath.Join(cache, block)
			write(t, filepath.Dir(blocking), map[string][]byte{filepath.Base(blocking): []byte("in the way")})
			_, err := m.load(context.Background())
			var failed *LoadError
			if !errors.As(err, &failed) || !strings.Contains(err.Error(), cache) {
				t.Errorf("error %v, want a LoadError that names %s", err, cache)
			}
			if n, all := m.requests(); n > 1 {
				t.Errorf("it asked the server again, though the fault is here: %s", all)
			}
		})
	}
}

// A full disk is named as such, and what has come is kept for the time when there is room.
func TestDownloadFullDisk(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("this system has no /dev/full to stand for a full disk")
	}
	m := newMirror(t, nil)
	m.set.mirrors = append(m.set.mirrors, m.URL+"/again/")
	cache, _ := CacheDir("tiny")
	write(t, cache, nil)
	if err := os.Symlink("/dev/full", filepath.Join(cache, "train-images-idx3-ubyte.tmp")); err != nil {
		t.Fatal(err)
	}
	_, err := m.load(context.Background())
	if !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("error %v, want that the disk is full", err)
	}
	if _, err := m.load(context.Background()); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if n, all := m.requests(); n != 1 {
		t.Errorf("it asked for the same file again: %s", all)
	}
}
