package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/words"
)

func TestUsage(t *testing.T) {
	t.Setenv("GOMLX_BACKEND", "")
	t.Setenv(words.Env, "en") // whatever the system speaks
	nowhere := t.TempDir()
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"trian", exitUsage, `"trian" is not a command`},
		{"notebooks/03_train_vae.ipynb", exitUsage, "go run ./cmd/vaelab exec notebooks/03_train_vae.ipynb"},
		{"-prot 8888", exitUsage, "-prot"},
		{"-port many", exitUsage, "invalid value"},
		{"-port 70000", exitFailed, "ports go from 1 to 65535"},
		{"-backend tpu", exitFailed, "-backend tpu is not a backend"},
		{"-backend xla:/not/there.so", exitFailed, "can't be read"},
		{"-no-browser extra", exitUsage, `takes no "extra"`},
		{"exec", exitUsage, "exec needs a notebook"},
		{"exec missing.ipynb", exitFailed, "there is no notebook missing.ipynb"},
		{"exec -timeout 5 main.go", exitUsage, "timeout"},
		{"exec -timeout 5ms main.go", exitUsage, "-timeout 5ms"},
		{"exec main.go ./main.go", exitFailed, "same executed copy"},
		{"setup now", exitUsage, `takes no "now"`},
		{"setup -for fun", exitUsage, "-for fun: write lab, notebooks, training or class"},
		{"train -backend", exitUsage, "-backend"},
		{"export", exitUsage, "export needs one run"},
		{"export a b -out c", exitUsage, "export needs one run"},
		{"export a", exitUsage, "-out DIR"},
		{"import", exitUsage, "import needs one file"},
		{"import a.safetensors", exitUsage, "-like"},
		{"bench weather", exitUsage, "training, sweep, estimators, cells, go"},
		{"bench -pairs 0", exitUsage, "-pairs 0"},
		{"bench class today", exitUsage, "leave today out"},
		{"bench class -learners 1,none", exitUsage, "1,5,10"},
		{"bench class -learners 0", exitUsage, "numbers from 1"},
		{"bench class -memory 4", exitUsage, "4G or 512M"},
		{"bench class -pause -1s", exitUsage, "-pause -1s"},
		{"bench class -cgroup /nowhere", exitUsage, "give both"},
		{"bench class -notebook 99_missing", exitUsage, "99_missing.ipynb"},
		{"notebooks 03_train_vae.ipynb", exitUsage, "makes them all"},
		{"version 2", exitUsage, `takes no "2"`},
		{"-version 2", exitUsage, "-version"},
		{"nbgrader", exitUsage, "nbgrader needs a folder"},
		{"nbgrader main.go", exitFailed, "main.go is a file"},
		{"nbgrader autograde 02_kl_divergence", exitFailed, "no course in the folder autograde"},
	} {
		err := run(t.Context(), strings.Fields(c.args))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("vaelab %s: error %v; want %q in it", c.args, err, c.want)
		}
		if got := code(t.Context(), err); got != c.code {
			t.Errorf("vaelab %s: exit code %d, want %d", c.args, got, c.code)
		}
	}
	t.Chdir(nowhere)
	if err := run(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "not inside a clone") {
		t.Errorf("outside a clone: error %v", err)
	}
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"-h"}, {"--help"}, {"help"}, {"exec", "-h"}, {"setup", "-help"}, {"nbgrader", "-h"}} {
		stdout, stderr, code := labtest.Outcome(t, labtest.Command(t, args...))
		if code != 0 || stderr != "" {
			t.Errorf("%v: code %d, stderr %q", args, code, stderr)
		}
		for _, want := range []string{"-no-browser", "-port", "-backend", "exec NOTEBOOK", "train", "bench [training]", "only check that they are current", "nbgrader DIR", "Ctrl-C"} {
			if !strings.Contains(stdout, want) {
				t.Errorf("%v: the help doesn't mention %q", args, want)
			}
		}
	}
}

func TestCodeOfTheTrainerIsPassedOn(t *testing.T) {
	err := fmt.Errorf("training: %w", &toldError{"training", 7})
	if got := code(t.Context(), err); got != 7 {
		t.Errorf("code %d, want 7", got)
	}
	tool := &setup.Failure{What: "JupyterLab can't be set up", Do: "Try again", Err: exec.Command("sh", "-c", "exit 7").Run()}
	if got := code(t.Context(), tool); got != exitFailed {
		t.Errorf("a tool's exit code in the set-up gives %d, want %d", got, exitFailed)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if got := code(ctx, err); got != exitInterrupted {
		t.Errorf("interrupted: code %d, want %d", got, exitInterrupted)
	}
}

func TestBackendOf(t *testing.T) {
	for args, want := range map[string]string{
		"":                               "",
		"-kl 4 -epochs 3":                "",
		"-kl 4 -backend go":              "go",
		"--backend=xla:cuda -json":       "xla:cuda",
		"-backend=xla -backend go":       "go",
		"-out backend -data fashion":     "",
		"-backend xla:/a/b.so -latent 2": "xla:/a/b.so",
	} {
		if got, err := backendOf(strings.Fields(args)); err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", args, got, err, want)
		}
	}
}

func TestConsoleInAFile(t *testing.T) {
	var out bytes.Buffer
	c := &console{out: &out, begun: map[*setup.Step]time.Time{}}
	a, b := &setup.Step{Title: "JupyterLab"}, &setup.Step{Title: "gopls", Spare: true}
	c.Started(a)
	c.Ended(setup.Result{Step: a, Took: 1500 * time.Millisecond})
	c.Started(b)
	c.Ended(setup.Result{Step: b, Took: time.Second, Error: errors.New("gopls can't be set up")})
	c.Say("done")
	for _, want := range []string{"✓     1.5 s JupyterLab\n", "–     1.0 s gopls can't be set up\n", "goes on without", "done\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	if strings.ContainsAny(out.String(), "\r\x1b") {
		t.Errorf("signs for a terminal in a file: %q", out.String())
	}
}
