package setup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// page is an index's page that lists files, each with the Pythons that it wants.
func page(files ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".whl") {
			fmt.Fprint(w, "not the wheel")
			return
		}
		w.Header().Set("Content-Type", "text/html")
		for _, file := range files {
			name, pythons, _ := strings.Cut(file, " ")
			if pythons == "" {
				pythons = "&gt;=3.5"
			}
			fmt.Fprintf(w, `<html><body><a href="%[1]s" data-requires-python="%[2]s">%[1]s</a></body></html>`, name, pythons)
		}
	}
}

func refuse(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

// serve gives the address of a server that is there for the test.
func serve(t *testing.T, h http.HandlerFunc) string {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// nobody is an address at which nobody answers.
func nobody(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String()
}

// tiny is a disk of 64 KB, where the test may make one; else "".
func tiny(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if exec.Command("mount", "-t", "tmpfs", "-o", options, "tmpfs", dir).Run() != nil {
		return ""
	}
	t.Cleanup(func() { _ = exec.Command("umount", dir).Run() })
	return dir
}

// What pip really says when something is wrong, and what is made of it.
func TestExplainPip(t *testing.T) {
	if testing.Short() {
		t.Skip("runs pip many times")
	}
	p, err := findPython(t.Context(), false)
	if err != nil || exec.Command(p.Path, "-m", "pip", "--version").Run() != nil {
		t.Skip("no pip here")
	}
	list := filepath.Join(t.TempDir(), "list.txt")
	write(t, list, "six==1.16.0 --hash=sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254\n")
	const theWheel, elsewhere = "six-1.16.0-py2.py3-none-any.whl", "six-1.16.0-cp27-cp27m-win32.whl"
	const (
		unreachable = "the package registries can't be reached"
		hasNot      = "the package index doesn't have a package"
		refuses     = "the package index refuses to answer"
		noBuild     = "has no build for this system or this Python"
	)
	// The archive that comes is whole, but no disk has room for it, or may be written.
	big := func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".whl") {
			_, _ = w.Write(bytes.Repeat([]byte("x"), 1<<20))
			return
		}
		page(theWheel)(w, r)
	}
	secret := httptest.NewTLSServer(page())
	defer secret.Close()
	flaky := 0
	for name, c := range map[string]struct {
		index, more, into, temp, want string
		env                           map[string]string
	}{
		"a dead mirror":            {index: nobody(t), want: unreachable},
		"a dead mirror of several": {index: serve(t, page("six-1.15.0-py3-none-any.whl")), more: nobody(t), want: unreachable},
		"a dead proxy":             {index: "https://example.invalid/simple", want: unreachable, env: map[string]string{"PIP_PROXY": nobody(t)}},
		"nobody speaks": {index: serve(t, func(w http.ResponseWriter, _ *http.Request) {
			if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
				conn.Close()
			}
		}), want: unreachable},
		"not https": {index: "http://example.invalid/simple", want: "pip doesn't trust the package index"},
		"half a file": {index: serve(t, func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, ".whl") {
				w.Header().Set("Content-Length", "1000") // newer versions of pip notice that it doesn't come
				return
			}
			page(theWheel)(w, r)
		}), want: "can't be"},
		"not found":              {index: serve(t, refuse(404)), want: hasNot},
		"forbidden":              {index: serve(t, refuse(403)), want: refuses},
		"a server's error":       {index: serve(t, refuse(500)), want: refuses},
		"a page to log in":       {index: serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>Please log in</html>") }), want: hasNot},
		"something else":         {index: serve(t, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "image/png") }), want: hasNot},
		"an unknown certificate": {index: secret.URL, want: "certificate"},
		"a stale mirror, with other versions for other systems": {index: serve(t, page("six-1.15.0-cp27-cp27m-win32.whl", "six-1.14.0-py3-none-any.whl")), want: hasNot},
		"another system's wheel":                                {index: serve(t, page(elsewhere)), want: noBuild},
		"a newer Python's wheel":                                {index: serve(t, page(theWheel+" &gt;=3.99")), want: noBuild},
		"only sources":                                          {index: serve(t, page("six-1.16.0.tar.gz")), want: noBuild},
		"no build, and a second index that lacks it":            {index: serve(t, page(elsewhere)), more: serve(t, refuse(404)), want: noBuild},
		"not the pinned contents":                               {index: serve(t, page(theWheel)), want: "not the one that this clone pins"},
		"the file is missing": {index: serve(t, func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, ".whl") {
				w.WriteHeader(404)
				return
			}
			page(theWheel)(w, r)
		}), want: hasNot},
		"a folder to read": {index: serve(t, page(theWheel)), temp: tiny(t, "ro"), want: "something isn't allowed"},
		"a full disk":      {index: serve(t, big), temp: tiny(t, "size=64k"), want: "the disk is full"},
		"a mirror that was down for a moment, and then a wrong file": {index: serve(t, func(w http.ResponseWriter, r *http.Request) {
			if flaky++; flaky == 1 {
				w.WriteHeader(503)
				return
			}
			page(theWheel)(w, r)
		}), want: "not the one that this clone pins", env: map[string]string{"PIP_RETRIES": "3"}},
		"a certificate that isn't there": {index: secret.URL, want: "invalid path: /nowhere", env: map[string]string{"PIP_CERT": "/nowhere"}},
	} {
		t.Run(name, func(t *testing.T) {
			if os.Getenv("VAELAB_LONG") != "1" && !slices.Contains([]string{"a dead mirror", "another system's wheel", "not found", "an unknown certificate"}, name) {
				t.Skip("a run of pip each: the long tests have them all")
			}
			for key, value := range map[string]string{"PIP_INDEX_URL": c.index, "PIP_RETRIES": "0", "PIP_FIND_LINKS": "", "PIP_NO_CACHE_DIR": "1", "PIP_EXTRA_INDEX_URL": c.more, "no_proxy": "127.0.0.1",
				"REQUESTS_CA_BUNDLE": "", "CURL_CA_BUNDLE": ""} {
				t.Setenv(key, value)
			}
			for key, value := range c.env {
				t.Setenv(key, value)
			}
			if name == "a full disk" || name == "a folder to read" {
				if c.temp == "" {
					t.Skip("no disk can be made here")
				}
				t.Setenv("TMPDIR", c.temp)
			}
			log, err := openLog(filepath.Join(t.TempDir(), "log"))
			if err != nil {
				t.Fatal(err)
			}
			defer log.Close()
			into := t.TempDir()
			err = (Layout{Root: into}).pipOf(t.Context(), log, p.Path, "download", "-d", into, "-r", list)
			if err == nil {
				t.Fatal("pip has no error")
			}
			f := explain("JupyterLab", err, "")
			if !strings.Contains(f.What, c.want) {
				all, _ := os.ReadFile(log.Path)
				t.Errorf("it is told as %q, want %q; pip said\n%s", f, c.want, all)
			}
			if left, _ := filepath.Glob(log.Path + "?*"); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// Lines about other packages, other versions and attempts that were repeated are no reasons.
func TestPipsReasons(t *testing.T) {
	said := "Collecting a\nWARNING: Retrying after connection broken by 'x: connection refused'\nERROR: Ignored the following versions\n" +
		"ERROR: No matching distribution found for a-b==1.1\n"
	search := "2026-11-25T06:17:22,123 1 location(s) to search for versions of a-b:\n" +
		"2026-11-25T06:17:22,123   Skipping link: none of the wheel's tags (x) are compatible: https://h/a_b-1.1.2-x.whl (from https://h/a-b/)\n" +
		"2026-11-25T06:17:22,123   Skipping link: none of the wheel's tags (x) are compatible: https://h/A_b-1.1-x.whl#sha256=0 (from https://h/a-b/)\n"
	want := []string{
		"Skipping link: none of the wheel's tags (x) are compatible: https://h/A_b-1.1-x.whl#sha256=0 (from https://h/a-b/)",
		"ERROR: Ignored the following versions", "ERROR: No matching distribution found for a-b==1.1",
	}
	if got := pipsReasons(said, search); !slices.Equal(got, want) {
		t.Errorf("the reasons are %q, want %q", got, want)
	}
	if got := lastSearch([]byte("1 location(s) to search for versions of a:\nA\n2 location(s) to search for versions of b:\nB\n")); string(got) != "2 location(s) to search for versions of b:\nB\n" {
		t.Errorf("the last search is %q", got)
	}
}

// A tool that is ended while it works is said to be ended, whatever it has printed before.
func TestExplainASignal(t *testing.T) {
	log, err := openLog(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	for _, s := range []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM, syscall.SIGSEGV} {
		err := log.run(t.Context(), "/", os.Environ(), "/bin/sh", "-c", fmt.Sprintf("echo 'ERROR: x: no space left on device'; kill -%d $$", s))
		if f := explain("The kernel", err, ""); !strings.Contains(f.What, "ended from outside ("+s.String()+")") {
			t.Errorf("%v is told as %q", s, f)
		}
	}
	// What one tool has said is no reason for the next one's end.
	_ = log.run(t.Context(), "/", os.Environ(), "/bin/sh", "-c", "echo 'ERROR: x: no space left on device'")
	err = log.run(t.Context(), "/", os.Environ(), "/bin/sh", "-c", "echo error: odd; exit 1")
	if f := explain("The kernel", err, ""); !strings.Contains(f.What, "error: odd") {
		t.Errorf("it is told as %q", f)
	}
	ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer stop()
	if err := log.run(ctx, "/", os.Environ(), "/bin/sleep", "60"); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("a tool past its time: %v", err)
	}
}
