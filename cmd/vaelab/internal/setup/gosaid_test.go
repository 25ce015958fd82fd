package setup

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

// What the go command really says when something is wrong, and what is made of it.
func TestExplainGo(t *testing.T) {
	g, err := findGo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const module = "module x\n\ngo 1.26\n\nrequire example.com/wanted v1.0.0\n"
	// A proxy that has a module, with other contents than those that are pinned.
	other := func(w http.ResponseWriter, r *http.Request) {
		switch filepath.Ext(r.URL.Path) {
		case ".info":
			fmt.Fprint(w, `{"Version":"v1.0.0"}`)
		case ".mod":
			fmt.Fprint(w, "module example.com/wanted\n")
		default:
			w.WriteHeader(404)
		}
	}
	pinned := "example.com/wanted v1.0.0/go.mod h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nexample.com/wanted v1.0.0 h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
	secret := httptest.NewTLSServer(refuse(404))
	defer secret.Close()
	const unreachable, refuses = "the package registries can't be reached", "a server of Go's packages refuses to answer"
	for name, c := range map[string]struct {
		proxy, disk, source, want string
		args                      []string
	}{
		"a dead proxy":           {proxy: nobody(t), want: unreachable},
		"no such host":           {proxy: "https://nowhere.invalid", want: unreachable},
		"forbidden":              {proxy: serve(t, refuse(403)), want: refuses},
		"not found":              {proxy: serve(t, refuse(404)), want: refuses},
		"a server's error":       {proxy: serve(t, refuse(500)), want: refuses},
		"a page to log in":       {proxy: serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>Please log in</html>") }), want: "not the one that this clone pins"},
		"an unknown certificate": {proxy: secret.URL, want: "certificate"},
		"switched off":           {proxy: "off", want: "GOPROXY is off"},
		"not the pinned module":  {proxy: serve(t, other), want: "not the one that this clone pins"},
		"a full disk":            {disk: tiny(t, "size=64k"), source: "package main\n\nfunc main() {}\n", args: []string{"build", "."}, want: "the disk is full"},
		"a disk to read":         {disk: tiny(t, "ro"), source: "package main\n\nfunc main() {}\n", args: []string{"build", "."}, want: "something isn't allowed"},
		// Compilers quote the source that they don't understand.
		"a source with words like these": {source: "package x\n\nvar no int = \"dial tcp: connection refused\"\n", args: []string{"build", "."}, want: "cannot use"},
		"a file with a name like these":  {source: "package x\n\nvar no int = permission\n", args: []string{"vet", "./no space left on device"}, want: "directory not found"},
	} {
		t.Run(name, func(t *testing.T) {
			if strings.Contains(name, "disk") && c.disk == "" {
				t.Skip("no disk can be made here")
			}
			dir := t.TempDir()
			if c.args == nil {
				c.args = []string{"mod", "download"}
				write(t, filepath.Join(dir, "go.mod"), module)
				write(t, filepath.Join(dir, "go.sum"), pinned)
			} else {
				write(t, filepath.Join(dir, "go.mod"), "module x\n")
				write(t, filepath.Join(dir, "x.go"), c.source)
			}
			log, err := openLog(filepath.Join(t.TempDir(), "log"))
			if err != nil {
				t.Fatal(err)
			}
			defer log.Close()
			env := append(g.plain(), "GOPROXY="+c.proxy, "GOMODCACHE="+t.TempDir(), "GOSUMDB=off", "GOFLAGS=-modcacherw", "SSL_CERT_FILE=", "no_proxy=*")
			if c.disk != "" {
				env = append(env, "GOTMPDIR="+c.disk)
			}
			err = log.run(t.Context(), dir, env, g.Path, c.args...)
			if err == nil {
				t.Fatal("go has no error")
			}
			if f := explain("The kernel", err, ""); !strings.Contains(f.What, c.want) {
				t.Errorf("it is told as %q, want %q; go said\n%s", f, c.want, log.Tail())
			}
		})
	}
}
