package setup

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestCellProxy(t *testing.T) {
	got := cellProxy("/home/ada l/go/pkg/mod", "https://proxy.example,direct")
	want := "file:///home/ada%20l/go/pkg/mod/cache/download,https://proxy.example,direct"
	if got != want {
		t.Errorf("GOPROXY is %s, want %s", got, want)
	}
}

func TestEnviron(t *testing.T) {
	t.Setenv("JUPYTER_PATH", "/elsewhere")
	t.Setenv("PYTHONPATH", "/elsewhere")
	t.Setenv("PYTHONWARNINGS", "/elsewhere")
	t.Setenv("GOMLX_BACKEND", "go")
	t.Setenv("KEPT", "yes")
	env := Environ(map[string]string{"GOMLX_BACKEND": "xla"})
	for _, want := range []string{"KEPT=yes", "GOMLX_BACKEND=xla"} {
		if !slices.Contains(env, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, kv := range env {
		if strings.Contains(kv, "/elsewhere") || kv == "GOMLX_BACKEND=go" {
			t.Errorf("%s is still there", kv)
		}
	}
}

func TestKernel(t *testing.T) {
	t.Setenv("PATH", "/usr/bin:relative:/opt/go/bin")
	l := Layout{Root: t.TempDir()}
	host := Host{Go: GoTool{Path: "/opt/go/bin/go", Flags: "-buildvcs=false", CCompiler: "/usr/bin/cc"}}
	b, err := l.chooseBackend(Auto, l.pluginPath(), "the plugin", host)
	if err != nil {
		t.Fatal(err)
	}
	b.Env["WITH_DOLLARS"] = "a $HOME b"
	data := filepath.Join(l.Venv(), "share", "jupyter")
	lab := &Lab{Layout: l, Host: host, Backend: b}
	if at, err := lab.installKernel(true, false); err != nil || at != data {
		t.Fatal(at, err)
	}
	text, err := os.ReadFile(filepath.Join(data, "kernels", "gonb", "kernel.json"))
	if err != nil {
		t.Fatal(err)
	}
	var k struct {
		Argv           []string
		Display_name   string
		Language       string
		Interrupt_mode string
		Env            map[string]string
	}
	if err := json.Unmarshal(text, &k); err != nil {
		t.Fatal(err)
	}
	if k.Env["WITH_DOLLARS"] != "a $$HOME b" {
		t.Errorf("dollars reach Jupyter as %q", k.Env["WITH_DOLLARS"])
	}
	path := strings.Join([]string{l.KernelBin(), l.Bin(), filepath.Join(l.Venv(), "bin"), "/opt/go/bin", "/usr/bin"}, ":")
	want := []string{"/usr/bin/env", "PATH=" + path, filepath.Join(l.Root, ".vaelab/kernel/seat"), filepath.Join(l.Root, ".vaelab/bin/gonb"), "-kernel", "{connection_file}", "-go_work=" + l.Root}
	if runtime.GOOS == "linux" {
		want = append([]string{l.tie()}, want...)
	}
	if !slices.Equal(k.Argv, want) {
		t.Errorf("argv %q, want %q", k.Argv, want)
	}
	if k.Display_name != "Go (gonb)" || k.Language != "go" || k.Interrupt_mode != "message" {
		t.Errorf("display name %q, language %q, interrupt mode %q", k.Display_name, k.Language, k.Interrupt_mode)
	}
	for key, want := range map[string]string{
		"PATH":                  path,
		"VAELAB_ROOT":           l.Root,
		"GOMLX_BACKEND":         "xla:" + l.pluginPath(),
		"GOMLX_NO_AUTO_INSTALL": "1",
	} {
		if k.Env[key] != want {
			t.Errorf("%s is %q, want %q", key, k.Env[key], want)
		}
	}
	if !strings.HasPrefix(k.Env["GOFLAGS"], "-buildvcs=false -tags=minimal") {
		t.Errorf("GOFLAGS is %q", k.Env["GOFLAGS"])
	}
}

// A folder that the user names from where the command is called is meant from there, wherever a kernel starts.
func TestNamedFoldersAreAbsolute(t *testing.T) {
	here := t.TempDir()
	t.Chdir(here)
	t.Setenv("VAELAB_RUNS", "mine")
	t.Setenv("VAELAB_CACHE", "../data")
	env := Environ(nil)
	for _, want := range []string{"VAELAB_RUNS=" + filepath.Join(here, "mine"), "VAELAB_CACHE=" + filepath.Join(filepath.Dir(here), "data")} {
		if !slices.Contains(env, want) {
			t.Errorf("no %s in the environment", want)
		}
	}
	if env := Environ(map[string]string{"VAELAB_RUNS": "other"}); !slices.Contains(env, "VAELAB_RUNS=other") {
		t.Error("what is given doesn't win")
	}
}
