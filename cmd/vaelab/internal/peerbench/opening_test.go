package peerbench

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A lab that prints its address and ends with Ctrl-C, and a browser that sees all of it.
const (
	standInLab     = `echo "at http://localhost:1/lab?token=abc" >&2; trap "exit 0" INT; while :; do sleep 0.05; done`
	standInBrowser = `echo '{"saw":"browser"}'; read a; [ "$a" = "http://localhost:1/lab?token=abc" ] || exit 1
for e in "start page" notebook figure trained; do echo "{\"saw\":\"$e\"}"; done`
)

func opening(t *testing.T, lab, browser string) Opening {
	return Opening{
		Clone: t.TempDir(), Env: os.Environ(), Log: filepath.Join(t.TempDir(), "lab.log"), Say: func(string) {},
		Lab: []string{"/bin/sh", "-c", lab}, Browse: []string{"/bin/sh", "-c", browser},
	}
}

func TestOpening(t *testing.T) {
	s, err := opening(t, standInLab, standInBrowser).Once(t.Context(), "from nothing")
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Moments) != len(moments) {
		t.Fatalf("moments %+v, want %d", s.Moments, len(moments))
	}
	for i, m := range s.Moments {
		if m.What != moments[i].what || m.Seconds <= 0 || i > 0 && m.Seconds < s.Moments[i-1].Seconds {
			t.Errorf("moment %d is %+v after %+v", i, m, s.Moments[:i])
		}
	}
	again := Start{Name: "again", Moments: s.Moments[2:]} // which has no start page
	table := (&Starts{Date: time.Now(), Starts: []Start{s, again}}).Table()
	for _, want := range []string{"| seconds from the command until … | from nothing | again |", "| … the start page is seen | 0.", " |  |\n"} {
		if !strings.Contains(table, want) {
			t.Errorf("no %q in\n%s", want, table)
		}
	}
}

func TestOpeningThatFails(t *testing.T) {
	for name, c := range map[string]struct{ lab, browser, want string }{
		"no browser":            {standInLab, `echo "there is no browser" >&2; exit 1`, "there is no browser"},
		"a browser that stops":  {standInLab, `echo '{"saw":"browser"}'; read a; echo '{"saw":"start page"}'; echo "no notebook" >&2; exit 1`, "no more (exit status 1): no notebook"},
		"a lab that ends":       {`echo "no Python" >&2; exit 3`, standInBrowser, "ended by itself (exit status 3)"},
		"a browser that is cut": {standInLab, `echo '{"saw":"browser"}'; read a; echo '{"saw":"figure"}'`, "has seen no more"},
	} {
		o := opening(t, c.lab, c.browser)
		if _, err := o.Once(t.Context(), "from nothing"); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// TestCopyClone copies what a clone is made of, and nothing that somebody has made there.
func TestCopyClone(t *testing.T) {
	root, to := t.TempDir(), filepath.Join(t.TempDir(), "clone")
	book, err := os.ReadFile("../notebook/testdata/solutions/kl.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	worked := bytes.Replace(book, []byte(`"outputs": []`), []byte(`"outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}]`), 1)
	for name, text := range map[string]string{
		"go.mod": "module vaelab", ".git/config": "", ".vaelab/runs/progress.json": "{}", "notebooks/.ipynb_checkpoints/kl.ipynb": "",
		"notebooks/solutions/kl.ipynb": string(worked), "notebooks/kl.ipynb": string(worked),
	} {
		path := filepath.Join(root, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	if err := CopyClone(root, to); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".git", ".vaelab", "notebooks/.ipynb_checkpoints"} {
		if _, err := os.Stat(filepath.Join(to, name)); err == nil {
			t.Errorf("the copy has %s", name)
		}
	}
	for _, name := range []string{"go.mod", "notebooks/kl.ipynb", "notebooks/solutions/kl.ipynb"} {
		text, err := os.ReadFile(filepath.Join(to, name))
		if err != nil || bytes.Contains(text, []byte("output_type")) {
			t.Errorf("%s: %v, or it has outputs", name, err)
		}
	}
	if err := os.Chmod(filepath.Join(to, "notebooks"), 0o555); err != nil { // as Go's module cache is
		t.Fatal(err)
	}
	if err := RemoveAll(to); err != nil {
		t.Error(err)
	}
}
