package setup

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fakePath makes PATH one folder with the given programs, each a shell script.
func fakePath(t *testing.T, programs map[string]string) {
	t.Helper()
	dir := t.TempDir()
	for name, body := range programs {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
}

func goSays(version, cgo, cc string) string {
	return fmt.Sprintf(`echo '{"GOVERSION":"go%s","GOFLAGS":"","GOCACHE":"/c","GOMODCACHE":"/m","CC":"%s","CGO_ENABLED":"%s"}'`, version, cc, cgo)
}

func pythonSays(version string, venv bool) string {
	return fmt.Sprintf(`echo '{"path":"/usr/bin/python3","version":"%s","venv":%v,"glibc":"2.36"}'`, version, venv)
}

func TestMissingPrerequisites(t *testing.T) {
	good := goSays("1.26.8", "1", "gcc")
	for name, c := range map[string]struct {
		programs map[string]string
		options  Options
		want     string // "" for no error
	}{
		"all there":           {map[string]string{"go": good, "gcc": "", "python3": pythonSays("3.11.2", true)}, Options{Jupyter: true}, ""},
		"no go":               {map[string]string{"python3": pythonSays("3.11.2", true)}, Options{Jupyter: true}, "There is no go command on PATH"},
		"old go":              {map[string]string{"go": goSays("1.26.4", "1", "gcc"), "gcc": ""}, Options{Jupyter: true}, "is Go 1.26.4, and GoMLX needs 1.26.5"},
		"broken go":           {map[string]string{"go": "exit 1"}, Options{}, "doesn't run"},
		"no compiler":         {map[string]string{"go": good, "python3": pythonSays("3.11.2", true)}, Options{Jupyter: true}, "There is no C compiler (gcc is not on PATH), and XLA needs C"},
		"cgo off":             {map[string]string{"go": goSays("1.26.8", "0", "gcc"), "gcc": ""}, Options{Backend: XLA}, "CGO_ENABLED=0 switches the C compiler off"},
		"no C known":          {map[string]string{"go": goSays("1.26.8", "0", "")}, Options{Backend: XLA}, "-backend go"},
		"no compiler, go":     {map[string]string{"go": good, "python3": pythonSays("3.11.2", true)}, Options{Backend: PureGo, Jupyter: true}, ""},
		"no python":           {map[string]string{"go": good, "gcc": ""}, Options{Jupyter: true}, "There is no Python on PATH"},
		"no python, training": {map[string]string{"go": good, "gcc": ""}, Options{}, ""},
		"old python":          {map[string]string{"go": good, "gcc": "", "python3": pythonSays("3.9.18", true)}, Options{Jupyter: true}, "is Python 3.9.18, and JupyterLab needs 3.10"},
		"oldest python":       {map[string]string{"go": good, "gcc": "", "python3": "exit 1", "python3.10": pythonSays("3.10.0", true)}, Options{Jupyter: true}, ""},
		"no venv":             {map[string]string{"go": good, "gcc": "", "python3": pythonSays("3.12.1", false)}, Options{Jupyter: true}, "sudo apt install python3.12-venv"},
		"a newer beside":      {map[string]string{"go": good, "gcc": "", "python3": pythonSays("3.9.18", true), "python3.12": pythonSays("3.12.1", true)}, Options{Jupyter: true}, ""},
		"a launcher, empty":   {map[string]string{"go": good, "gcc": "", "python3": "exit 127"}, Options{Jupyter: true}, "There is no Python"},
	} {
		t.Run(name, func(t *testing.T) {
			fakePath(t, c.programs)
			_, err := findHost(t.Context(), c.options)
			var f *Failure
			switch {
			case c.want == "" && err != nil:
				t.Errorf("error %v", err)
			case c.want != "" && !errors.As(err, &f):
				t.Errorf("error %v; want a Failure with %q", err, c.want)
			case c.want != "" && !strings.Contains(f.Error(), c.want):
				t.Errorf("told %q; want %q in it", f, c.want)
			case c.want != "" && f.Do == "":
				t.Errorf("%q doesn't say what to do", f)
			}
		})
	}
}

func TestAtLeast(t *testing.T) {
	for _, c := range []struct {
		version, least string
		want           bool
	}{
		{"1.26.5", "1.26.5", true}, {"1.26.10", "1.26.5", true}, {"1.27", "1.26.5", true}, {"2.0", "1.26.5", true},
		{"1.26", "1.26.5", false}, {"1.9.9", "1.26.5", false}, {"1.27rc1", "1.26.5", true}, {"1.26.8-X:simd", "1.26.5", true},
		{"1.26.5-custom", "1.26.5", true}, {"3.9.18", "3.10", false}, {"", "2.27", false}, {"devel", "1.26.5", false},
	} {
		if got := atLeast(c.version, c.least); got != c.want {
			t.Errorf("atLeast(%q, %q) is %v", c.version, c.least, got)
		}
	}
}

func TestCheckSpace(t *testing.T) {
	notYet := filepath.Join(t.TempDir(), "a", "b")
	if err := checkSpace(1, notYet); err != nil {
		t.Error(err)
	}
	if err := checkSpace(1<<60, notYet); err == nil || !strings.Contains(err.Error(), "too little room") {
		t.Errorf("a disk with an exabyte free? error %v", err)
	}
}

// A compiler that isn't there is told from one that somebody has named.
func TestACompilerThatIsNamed(t *testing.T) {
	fakePath(t, map[string]string{"go": goSays("1.26.8", "1", "clang-99 -m64")})
	t.Setenv("CC", "clang-99 -m64")
	_, err := findHost(t.Context(), Options{})
	var f *Failure
	if !errors.As(err, &f) || !strings.Contains(f.What, "CC is clang-99 -m64, and there is no such C compiler") || !strings.HasPrefix(f.Do, "Mend that setting") {
		t.Errorf("error %v", err)
	}
}
