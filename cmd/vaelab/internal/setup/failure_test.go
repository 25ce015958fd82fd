package setup

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestExplain(t *testing.T) {
	for said, want := range map[string]string{
		"OSError: [Errno 28] No space left on device":                                            "the disk is full (“OSError: [Errno 28] No space left on device”)",
		"go: github.com/x/y@v1: Get \"https://…\": dial tcp: lookup proxy on …: no such host":    "registries can't be reached",
		"Failed to establish a new connection: [Errno -2] Name or service not known":             "registries can't be reached",
		"ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.":              "not the one that this clone pins",
		"verifying github.com/x/y@v1: checksum mismatch":                                         "not the one that this clone pins",
		"ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate": "certificate",
		"ERROR: No matching distribution found for pyzmq==27.0":                                  "the package index doesn't have a package",
		"mkdir /root/go: permission denied":                                                      "something isn't allowed (“mkdir /root/go: permission denied”)",
		"go: x@v1: module lookup disabled by GOPROXY=off":                                        "GOPROXY is off",
		"compiling\nERROR: something odd happened.\nnotice: a new pip is out":                    "ERROR: something odd happened",
		"fork/exec: cannot allocate memory":                                                      "there was too little memory",
	} {
		f := explain("JupyterLab", &toolError{tool: "pip", said: said, err: errors.New("exit status 1")}, ".vaelab/logs/jupyter.log")
		if !strings.Contains(f.What, want) {
			t.Errorf("%q is told as %q; want %q in it", said, f.What, want)
		}
		if !strings.HasPrefix(f.Error(), "JupyterLab can't be set up: ") || !strings.HasSuffix(f.Error(), "is in .vaelab/logs/jupyter.log.") || f.Do == "" {
			t.Errorf("not a sentence with what to do and where to look: %q", f)
		}
	}
	if f := explain("The folder", &fsError{syscall.ENOSPC}, ""); !strings.Contains(f.What, "disk is full") || !errors.Is(f, syscall.ENOSPC) {
		t.Errorf("a full disk is told as %q", f)
	}
}

type fsError struct{ error }

func (e *fsError) Unwrap() error { return e.error }

// A tool that was killed is not said to have lacked memory, unless the system has killed for it.
func TestExplainAKill(t *testing.T) {
	log, err := openLog(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	killed := log.run(t.Context(), "/", os.Environ(), "/bin/sh", "-c", "kill -9 $$")
	if f := explain("The kernel", killed, ""); !strings.Contains(f.What, "killed from outside") || strings.Contains(f.Error(), "memory") {
		t.Errorf("it is told as %q", f)
	}
	if f := explain("The kernel", &toolError{tool: "go", said: "compile: signal: killed", memory: true, err: errors.New("exit status 1")}, ""); !strings.Contains(f.What, "for want of memory") {
		t.Errorf("it is told as %q", f)
	}
}

// What pip says when something is really wrong with its index, and what is made of it.
func TestExplainPip(t *testing.T) {
	if testing.Short() {
		t.Skip("runs pip several times")
	}
	p, err := findPython(t.Context())
	if err != nil || exec.Command(p.Path, "-m", "pip", "--version").Run() != nil {
		t.Skip("no pip here")
	}
	list := filepath.Join(t.TempDir(), "list.txt")
	write(t, list, "six==1.16.0 --hash=sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254\n")
	serve := func(page string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, ".whl") {
				page = "not the wheel"
			}
			fmt.Fprint(w, page)
		}
	}
	index := func(file string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, ".whl") {
				fmt.Fprint(w, "not the wheel")
				return
			}
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprintf(w, `<html><body><a href="%[1]s">%[1]s</a></body></html>`, file)
		}
	}
	refuse := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	plain := func(h http.HandlerFunc) string { s := httptest.NewServer(h); t.Cleanup(s.Close); return s.URL }
	secret := func(h http.HandlerFunc) string { s := httptest.NewTLSServer(h); t.Cleanup(s.Close); return s.URL }
	l, err := net.Listen("tcp", "127.0.0.1:0") // a port that nobody answers at
	if err != nil {
		t.Fatal(err)
	}
	dead := "http://" + l.Addr().String()
	l.Close()
	for name, c := range map[string]struct{ url, want string }{
		"a dead mirror":           {dead, "the package registries can't be reached"},
		"not found":               {plain(refuse(404)), "the package index refuses to answer"},
		"forbidden":               {plain(refuse(403)), "the package index refuses to answer"},
		"a server's error":        {plain(refuse(500)), "the package index refuses to answer"},
		"a page to log in":        {plain(serve("<html><body>Please log in</body></html>")), "the package index doesn't have a package"},
		"an unknown certificate":  {secret(serve("")), "certificate"},
		"another Python's wheel":  {plain(index("six-1.16.0-cp27-cp27m-win32.whl")), "has no build for this system or this Python"},
		"not the pinned contents": {plain(index("six-1.16.0-py2.py3-none-any.whl")), "not the one that this clone pins"},
	} {
		t.Run(name, func(t *testing.T) {
			for key, value := range map[string]string{"PIP_INDEX_URL": c.url, "PIP_RETRIES": "0", "PIP_FIND_LINKS": "", "PIP_NO_CACHE_DIR": "1", "PIP_EXTRA_INDEX_URL": ""} {
				t.Setenv(key, value)
			}
			log, err := openLog(filepath.Join(t.TempDir(), "log"))
			if err != nil {
				t.Fatal(err)
			}
			defer log.Close()
			l := Layout{Root: t.TempDir()}
			err = l.pipOf(t.Context(), log, p.Path, "download", "-d", t.TempDir(), "-r", list)
			if f := explain("JupyterLab", err, ""); !strings.Contains(f.What, c.want) {
				t.Errorf("it is told as %q, want %q; pip said\n%s", f, c.want, log.Tail())
			}
		})
	}
}
