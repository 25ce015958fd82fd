package tab

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Served is a site on a plain server of files, in a folder that isn't the host's root. Everything that is asked for is noted.
type Served struct {
	address string // of the site's folder, with a slash
	mu      sync.Mutex
	asked   []string
	folder  string
	change  func(w http.ResponseWriter, r *http.Request) bool // answers in the files' place
}

// Serve serves a site.
func Serve(t *testing.T, folder string) *Served {
	t.Helper()
	s := &Served{}
	files := http.StripPrefix("/some/folder/", http.FileServer(http.Dir(folder)))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.URL.Path)
		change := s.change
		s.mu.Unlock()
		if change == nil || !change(w, r) {
			files.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	s.address, s.folder = server.URL+"/some/folder/", folder
	return s
}

// As is the same site by another name of this machine.
func (s *Served) As(host string) {
	_, port, _ := strings.Cut(strings.TrimPrefix(s.address, "http://"), ":")
	s.address = "http://" + host + ":" + port
}

// Asked says how often something was asked for whose path has these letters.
func (s *Served) Asked(part string) (times int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, path := range s.asked {
		if strings.Contains(path, part) {
			times++
		}
	}
	return times
}

// File is what the site holds for a request.
func (s *Served) File(r *http.Request) ([]byte, error) {
	return os.ReadFile(filepath.Join(s.folder, filepath.FromSlash(strings.TrimPrefix(r.URL.Path, "/some/folder/"))))
}

// Change has the host answer otherwise, where answer is true; nil: it is well again.
func (s *Served) Change(answer func(w http.ResponseWriter, r *http.Request) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.change = answer
}

// Gone is a host that no longer answers.
func (s *Served) Gone() {
	s.Change(func(w http.ResponseWriter, _ *http.Request) bool {
		if hijacker, ok := w.(http.Hijacker); ok {
			if line, _, err := hijacker.Hijack(); err == nil {
				line.Close()
			}
		}
		return true
	})
}
