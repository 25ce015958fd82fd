//go:build linux

// Package gpu tests what checks the way to an NVIDIA card, as far as a machine without one can: with XLA's plugin for the CPU, on a
// machine that has no clone, no cache and, where the system lets a test have that, no network.
package gpu

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/vaelib/places"
)

// built is the program, in a folder of its own, and the folder of the lab's plugin.
func built(t *testing.T) (program, plugins string) {
	t.Helper()
	labtest.Lab(t)
	root := labtest.Layout(t).Root
	plugins = places.PluginsIn(root)
	if found, _ := filepath.Glob(filepath.Join(plugins, "*.so")); len(found) == 0 {
		t.Skip("there is no plugin of XLA's for this machine")
	}
	program = filepath.Join(t.TempDir(), "vaegpu")
	build := exec.Command("go", "build", "-buildvcs=false", "-o", program, "./cmd/vaegpu")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return program, plugins
}

// do runs the program away from the clone, with hardly an environment.
func do(t *testing.T, program string, env []string, args ...string) (said string, code int) {
	t.Helper()
	command := append([]string{program}, args...)
	if exec.Command("unshare", "-rn", "true").Run() == nil {
		command = append([]string{"unshare", "-rn"}, command...)
	}
	cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
	cmd.Dir = t.TempDir()
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "TMPDIR=" + t.TempDir(), "LANG=C.UTF-8"}, env...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	t.Logf("%s\n%s", strings.Join(command, " "), out)
	return string(out), cmd.ProcessState.ExitCode()
}

// A rehearsal makes every step with the same code as on a card.
func TestRehearsal(t *testing.T) {
	program, plugins := built(t)
	file := filepath.Join(t.TempDir(), "found.json")
	said, code := do(t, program, nil, "-plugin", plugins, "-quick", "-most", "64M", "-json", file)
	if code != 0 {
		t.Errorf("code %d", code)
	}
	for _, part := range []string{
		"This is a CPU: a rehearsal", "pure Go on the CPU: test losses", "XLA on the CPU with float32: test losses",
		"400 hidden units, batches of 512:", "as the course sweeps (2 at once)", "The CPU poses as two devices",
		"Nothing was refused up to 64M: a full card was not reached",
		"went on after epoch 1", "the same to the last bit", "✗ 0 failed",
	} {
		if !strings.Contains(said, part) {
			t.Errorf("it doesn't say %q", part)
		}
	}
	var found struct {
		Card  bool
		Steps []struct {
			Step, Result string
			Seconds      float64
			Figures      json.RawMessage
		}
	}
	if err := json.Unmarshal([]byte(labtest.Read(t, file)), &found); err != nil || found.Card {
		t.Fatalf("%v, %+v", err, found)
	}
	results := map[string]string{}
	for _, s := range found.Steps {
		results[s.Step] = s.Result
		if s.Result == "passed" && (len(s.Figures) < 10 || s.Seconds <= 0) {
			t.Errorf("%s has no figures: %s", s.Step, s.Figures)
		}
	}
	for _, name := range []string{"plugin", "losses", "speed", "sweep", "devices", "full", "resume"} {
		if results[name] != "passed" {
			t.Errorf("%s: %q", name, results[name])
		}
	}
	_, smi := exec.LookPath("nvidia-smi")
	if got := results["memory"]; smi != nil && got != "not here" {
		t.Errorf("without nvidia-smi the memory is %q", got)
	}
}

// Half a plugin, as a copy that broke off leaves it, is told, and nothing else is tried.
func TestHalfAPlugin(t *testing.T) {
	program, plugins := built(t)
	whole, err := filepath.Glob(filepath.Join(plugins, "*.so"))
	if err != nil {
		t.Fatal(err)
	}
	text := labtest.Read(t, whole[0])
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, filepath.Base(whole[0])), []byte(text[:len(text)/2]), 0o644); err != nil {
		t.Fatal(err)
	}
	said, code := do(t, program, nil, "-plugin", dir)
	for _, part := range []string{"✗ 1 the plugin opens", "SIG", "✗ 1 failed, – 7 not here"} {
		if !strings.Contains(said, part) {
			t.Errorf("it doesn't say %q", part)
		}
	}
	if code != 1 || strings.Contains(said, "goroutine ") {
		t.Errorf("code %d", code)
	}
}
