//go:build linux

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// program is the built vaegpu: what a person gets, exit code and all. A real run of it is in cmd/vaelab/acceptance/gpu, where the lab's
// plugin is.
var program string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "vaegpu")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		program = filepath.Join(dir, "vaegpu.exe")
		if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
			panic(fmt.Sprintf("%v: %s", err, out))
		}
		return m.Run()
	}())
}

// vaegpu gives what the program says, on both its outputs, and its exit code.
func vaegpu(t *testing.T, args ...string) (said string, code int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

func TestCallsThatAreWrong(t *testing.T) {
	none := t.TempDir()
	for args, want := range map[string]struct {
		says string
		code int
	}{
		"":                            {"name the folder with XLA's plugin: vaegpu -plugin DIR", exitUsage},
		"-plugin":                     {"flag needs an argument: -plugin", exitUsage},
		"-card 1":                     {"flag provided but not defined: -card", exitUsage},
		"-plugin x y":                 {`"y" is not a flag`, exitUsage},
		"-plugin x -most 0.5":         {"write a size such as 512M or 8G", exitUsage},
		"-plugin x -most much":        {"write a size such as 512M or 8G", exitUsage},
		"-plugin x -only losses,all":  {`"all" is no step: they are plugin, losses, speed, sweep, devices, memory, full, resume`, exitUsage},
		"-plugin /nowhere":            {"the folder /nowhere can't be read", exitFailed},
		"-plugin " + none:             {"there is no plugin of XLA's in " + none, exitFailed},
		"-h":                          {"-only names", 0},
		"-plugin " + none + " -cpu /": {"there is no plugin of XLA's in", exitFailed},
	} {
		said, code := vaegpu(t, strings.Fields(args)...)
		if code != want.code || !strings.Contains(said, want.says) || strings.Contains(said, "goroutine ") {
			t.Errorf("vaegpu %s ends with code %d: %s", args, code, said)
		}
	}
}

// compiled makes a shared library of C.
func compiled(t *testing.T, path, text string, args ...string) {
	t.Helper()
	cc, err := exec.LookPath("cc")
	if err != nil {
		t.Skip("there is no C compiler to make a library with")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	source := filepath.Join(t.TempDir(), "library.c")
	if err := os.WriteFile(source, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(cc, append([]string{"-shared", "-fPIC", "-o", path, source}, args...)...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// refused runs the program with a plugin that doesn't open: the first step fails with a sentence, no other is tried, and the JSON file
// says so.
func refused(t *testing.T, dir string, parts ...string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "found.json")
	said, code := vaegpu(t, "-plugin", dir, "-json", file)
	parts = append(parts, "✗ 1 the plugin opens", "– 8 stopped, it goes on", "not tried, since the plugin doesn't open", "✗ 1 failed, – 7 not here")
	for _, part := range parts {
		if !strings.Contains(said, part) {
			t.Errorf("it doesn't say %q:\n%s", part, said)
		}
	}
	if code != exitFailed || strings.Contains(said, "goroutine ") || strings.Contains(said, "vaelab setup") {
		t.Errorf("code %d:\n%s", code, said)
	}
	var found report
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, &found)
	}
	if err != nil || len(found.Steps) != len(steps) || found.Steps[0].Result != failed || found.Steps[0].Error == "" {
		t.Errorf("%v: %s", err, text)
	}
}

func TestPluginsThatAreDamaged(t *testing.T) {
	for _, name := range []string{"pjrt_c_api_cpu_plugin.so", "xla_cuda_plugin.so"} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name), []byte("\x7fELF and no more"), 0o644); err != nil {
			t.Fatal(err)
		}
		refused(t, dir, "the plugin can't be opened", name)
	}
}

// A plugin whose library is missing says which; below the folder it is found, wherever it lies.
func TestLibrariesOfAPlugin(t *testing.T) {
	dir := t.TempDir()
	library := filepath.Join(dir, "nvidia", "deep", "lib", "libneeded.so")
	compiled(t, library, "int needed(void) { return 1; }")
	plugin := filepath.Join(dir, "jax_plugins", "xla_cuda_plugin.so")
	compiled(t, plugin, "int needed(void); int used(void) { return needed(); }", "-L"+filepath.Dir(library), "-lneeded")
	refused(t, dir, "GetPjrtApi") // it loads, and is none of XLA's
	if err := os.Remove(library); err != nil {
		t.Fatal(err)
	}
	refused(t, dir, "libneeded.so", "There are no libraries of NVIDIA's below the folder")
}

// A plugin that takes its process down fails its step and not the program.
func TestAPluginThatAborts(t *testing.T) {
	dir := t.TempDir()
	compiled(t, filepath.Join(dir, "xla_cuda_plugin.so"), "#include <stdlib.h>\n__attribute__((constructor)) static void down(void) { abort(); }")
	refused(t, dir, "the process that computes has ended", "its last words are “SIGABRT: abort”")
	compiled(t, filepath.Join(dir, "xla_cuda_plugin.so"),
		"#include <stdio.h>\n#include <stdlib.h>\n__attribute__((constructor)) static void down(void) { fputs(\"Check failed: x\\n\", stderr); abort(); }")
	refused(t, dir, "its last words are “Check failed: x; SIGABRT: abort”")
	compiled(t, filepath.Join(dir, "xla_cuda_plugin.so"),
		"#include <stdio.h>\n#include <stdlib.h>\n__attribute__((constructor)) static void down(void) { fputs(\"no end\", stderr); _Exit(3); }")
	refused(t, dir, "has ended with code 3: its last words are “no end”")
}
