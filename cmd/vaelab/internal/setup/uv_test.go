package setup

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// uv is told the sources that pip would use, and nothing that was meant for another uv; what it would understand otherwise
// is left to pip.
func TestUVsSettings(t *testing.T) {
	env, err := uvEnv(
		[]string{"PIP_INDEX_URL=https://mirror.example/simple", "PIP_EXTRA_INDEX_URL=https://a.example https://b.example",
			"PIP_FIND_LINKS=/some/wheels /more", "PIP_CERT=/etc/our.pem", "PIP_TIMEOUT=7", "PIP_CACHE_DIR=/cache"},
		[]string{"HOME=/home/me", "PIP_INDEX_URL=https://raw.example", "UV_CACHE_DIR=/clone/uv", "UV_PROJECT=/elsewhere", "UV_DEFAULT_INDEX=https://other.example"})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(env)
	want := []string{"HOME=/home/me", "SSL_CERT_FILE=/etc/our.pem", "UV_CACHE_DIR=/clone/uv", "UV_DEFAULT_INDEX=https://mirror.example/simple",
		"UV_FIND_LINKS=/some/wheels,/more", "UV_HTTP_RETRIES=1", "UV_HTTP_TIMEOUT=7", "UV_INDEX=https://a.example https://b.example",
		"UV_NO_CONFIG=1", "UV_NO_PROGRESS=1", "UV_PYTHON_DOWNLOADS=never"}
	if !slices.Equal(env, want) {
		t.Errorf("uv is told\n%s\nwant\n%s", strings.Join(env, "\n"), strings.Join(want, "\n"))
	}
	for _, setting := range []string{"PIP_CLIENT_CERT=/a", "PIP_PROXY=http://b", "PIP_TRUSTED_HOST=c", "PIP_KEYRING_PROVIDER=d", "PIP_NO_INDEX=1"} {
		if _, err := uvEnv([]string{setting}, nil); err == nil {
			t.Errorf("uv is trusted with %s", setting)
		}
	}
}

// Where uv can't, pip does it in an environment from which uv's beginnings are gone, and pip's reason is the one that is told.
func TestPipDoesWhatUVCant(t *testing.T) {
	if testing.Short() {
		t.Skip("runs pip")
	}
	p, err := findPython(t.Context(), false)
	if err != nil {
		t.Skip(err)
	}
	clone := t.TempDir()
	l := Layout{Root: clone}
	// As in a set-up, pip works in an environment: Debian's own Python lets it install nothing elsewhere.
	if out, err := exec.CommandContext(t.Context(), p.Path, "-m", "venv", l.Venv()).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	program := l.Under("uv", "1.2.3", "bin", "uv")
	for _, dir := range []string{filepath.Dir(program), filepath.Dir(l.lockFile("uv.txt")), l.Dir()} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	write(t, l.lockFile("uv.txt"), "uv==1.2.3 --hash=sha256:00\n")
	write(t, program, "#!/bin/sh\n[ \"$1\" = -h ] || echo uv was here >&2\n[ \"$1\" = -h ]\n")
	if err := os.Chmod(program, 0o755); err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(clone, "list.txt")
	write(t, list, "nosuchpackage==1 --hash=sha256:00\n")
	t.Setenv("PIP_NO_INDEX", "") // pip must not look anywhere
	os.Unsetenv("PIP_NO_INDEX")
	t.Setenv("PIP_INDEX_URL", "http://127.0.0.1:1/simple")
	t.Setenv("PIP_RETRIES", "0")
	log, err := openLog(filepath.Join(clone, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	emptied := false
	err = l.fill(t.Context(), log, l.Python(), list, false, func() error { emptied = true; return nil })
	if err == nil || !emptied {
		t.Fatalf("emptied: %v, error: %v", emptied, err)
	}
	text, _ := os.ReadFile(log.Path)
	for _, want := range []string{"uv was here", "uv can't", "No matching distribution found for nosuchpackage"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the log lacks %q:\n%s", want, text)
		}
	}
}
