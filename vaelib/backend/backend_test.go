package backend_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/gomlx/compute"
	. "github.com/gomlx/gomlx/core/graph"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/places"
)

// set sets GOMLX_BACKEND for a test.
func set(t *testing.T, value string) {
	t.Setenv(compute.ConfigEnvVar, value)
}

// Each backend adds, and says who it is.
func TestBackendsCompute(t *testing.T) {
	words := map[string]string{"go": "pure Go on the CPU", "go-simd": "pure Go with SIMD on the CPU",
		"xla": "XLA on the CPU", "xla:cuda": "XLA on an NVIDIA GPU"}
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		sum, err := ExecOnce(b.Compute, func(x *Node) *Node { return ReduceAllSum(x) }, []float32{1, 2, 3.5})
		if err != nil || sum.Value() != float32(6.5) {
			t.Errorf("1 + 2 + 3.5 is %v, %v", sum, err)
		}
		if want, ok := words[b.Name]; !ok || b.Words != want {
			t.Errorf("the backend is %q, %q", b.Name, b.Words)
		}
		if !strings.HasPrefix(b.Name, t.Name()[len("TestBackendsCompute/"):]) {
			t.Errorf("%s opens %s", t.Name(), b.Name)
		}
	})
}

// GOMLX_BACKEND is followed where no other backend is wished for; a wish by name goes before it.
func TestGoByEnvironmentAndByWish(t *testing.T) {
	set(t, "go")
	for _, wish := range []string{"", "go"} {
		if b, err := backend.Open(wish); err != nil || !strings.HasPrefix(b.Name, "go") {
			t.Errorf("with GOMLX_BACKEND=go, Open(%q) gives %+v, %v", wish, b, err)
		}
	}
	set(t, "xla:/nowhere/plugin.so")
	if b, err := backend.Open("go"); err != nil || !strings.HasPrefix(b.Name, "go") {
		t.Errorf("Open(\"go\") gives %+v, %v", b, err)
	}
}

// What can't be had is a sentence, whether the environment or the caller asks for it, and nothing takes its place.
func TestBackendsThatCantBeHad(t *testing.T) {
	testbackend.XLA(t) // without XLA in the program there are no plugins
	file := filepath.Join(t.TempDir(), "empty.so")
	if err := os.WriteFile(file, []byte("no plugin"), 0o644); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(t.TempDir(), "missing.so")
	for config, want := range map[string]string{
		"xla:" + missing: "names an XLA plugin that isn't there",
		"xla:" + file:    "can't be opened",
		"xla:nosuch":     "can't be opened",
		"abacus":         "can't be opened",
		"abacus:3":       "can't be opened",
	} {
		sentence := func(err error, asked string) {
			if err == nil {
				t.Errorf("%s opens", config)
				return
			}
			for _, part := range []string{want, asked, "go run ./cmd/vaelab setup", compute.ConfigEnvVar + "=go"} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the error about %s is %q, want %q in it", config, err, part)
				}
			}
			if strings.Contains(err.Error(), "goroutine ") {
				t.Errorf("the error shows frames: %v", err)
			}
		}
		set(t, config)
		_, err := backend.Open("")
		sentence(err, compute.ConfigEnvVar+"="+config)
		set(t, "go")
		_, err = backend.Open(config)
		sentence(err, config)
	}
}

// A plugin that is wished for by its path isn't replaced by the one that the environment names.
func TestAWishedPluginGoesFirst(t *testing.T) {
	testbackend.XLA(t)
	missing := filepath.Join(t.TempDir(), "mine.so")
	set(t, "xla:"+filepath.Join(t.TempDir(), "theirs.so"))
	if _, err := backend.Open("xla:" + missing); err == nil || !strings.Contains(err.Error(), missing) {
		t.Errorf("the error is %v, want one about %s", err, missing)
	}
}

// The plugin in a clone's .vaelab/xla is found from anywhere inside the clone.
func TestTheClonesPlugin(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no XLA plugin for Windows")
	}
	clone, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"notebooks", ".vaelab/xla"} {
		if err := os.MkdirAll(filepath.Join(clone, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	plugin := filepath.Join(clone, ".vaelab/xla/pjrt_c_api_cpu_plugin.so")
	for file, text := range map[string]string{filepath.Join(clone, "go.mod"): "module vaelab\n", plugin: ""} {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv(places.RootEnv, "")
	t.Chdir(filepath.Join(clone, "notebooks"))
	for _, wish := range []string{"", "xla"} {
		set(t, "")
		if _, err := backend.Open(wish); err == nil || !strings.Contains(err.Error(), plugin) {
			t.Errorf("Open(%q) gives the error %v, want one about %s", wish, err, plugin)
		}
	}
}

// Asked to, the CPU poses as several devices, each of which computes, and keeps its name.
func TestTheCPUPosesAsSeveralDevices(t *testing.T) {
	b := testbackend.TwoDevices(t)
	if n := b.Compute.NumDevices(); b.Name == "xla" && n != 2 {
		t.Errorf("the CPU is %d devices", n)
	}
	if b.Name != testbackend.XLA(t).Name {
		t.Errorf("it is called %q", b.Name)
	}
	double := MustNewExec(b.Compute, func(x *Node) *Node { return MulScalar(x, 2) })
	for device := range b.Compute.NumDevices() {
		got, _, err := double.CallWithGraphOnDevice(compute.DeviceNum(device), float32(device+1))
		if err != nil || got[0].Value() != float32(2*device+2) {
			t.Errorf("twice %d is %v on device %d, %v", device+1, got, device, err)
			continue
		}
		if at, err := got[0].Device(); err != nil || int(at) != device {
			t.Errorf("device %d's answer lies on device %d, %v", device, at, err)
		}
	}
	if _, err := backend.OpenDevices("", 0); err == nil || !strings.Contains(err.Error(), "ask for one or more") {
		t.Errorf("none at all: %v", err)
	}
}

// XLA's CPU is one device: a plugin that shows more starts more threads than there are cores.
func TestTheCPUIsOneDevice(t *testing.T) {
	b := testbackend.XLA(t)
	if n := b.Compute.NumDevices(); b.Name == "xla" && n != 1 {
		t.Errorf("the CPU is %d devices", n)
	}
}
