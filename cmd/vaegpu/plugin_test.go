package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// folderOf makes a folder with empty files.
func folderOf(t *testing.T, files ...string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// cudaFiles are some of what the set-up's pinned packages for NVIDIA's cards hold.
var cudaFiles = []string{
	"nvidia/cu13/lib/libcudart.so.13", "nvidia/cu13/lib/libcublas.so.13", "nvidia/cudnn/lib/libcudnn.so.9", "nvidia/nccl/lib/libnccl.so.2",
	"nvidia/cu13/bin/ptxas", "nvidia/cu13/nvvm/libdevice/libdevice.10.bc", "jax_plugins/xla_cuda13/version.py",
}

// The plugin is found where the set-up puts it and where its package has it, and its libraries wherever they are below.
func TestACudaFolder(t *testing.T) {
	t.Setenv("LD_LIBRARY_PATH", "/opt/other")
	t.Setenv("XLA_FLAGS", "--xla_x=1")
	for _, name := range []string{"jax_plugins/pjrt_c_api_cuda_plugin.so", "jax_plugins/xla_cuda13/xla_cuda_plugin.so"} {
		dir := folderOf(t, append(cudaFiles, name, "cpu/pjrt_c_api_cpu_plugin.so")...)
		c, err := newCheck(flags{plugin: dir})
		if err != nil {
			t.Fatal(err)
		}
		defer c.close()
		if !c.cuda || c.plugin != filepath.Join(dir, name) || c.reference != filepath.Join(dir, "cpu/pjrt_c_api_cpu_plugin.so") || c.most != 0 {
			t.Errorf("%+v", c)
		}
		p, err := c.card(",tf32=false")
		if err != nil || p.backend != "xla:"+c.plugin+",tf32=false" {
			t.Errorf("%+v, %v", p, err)
		}
		env := p.environ()
		last := func(key string) string {
			for _, kv := range slices.Backward(env) {
				if k, v, _ := strings.Cut(kv, "="); k == key {
					return v
				}
			}
			return ""
		}
		paths := filepath.SplitList(last("LD_LIBRARY_PATH"))
		for _, want := range []string{"nvidia/cu13/lib", "nvidia/cudnn/lib", "nvidia/nccl/lib"} {
			if !slices.Contains(paths, filepath.Join(dir, want)) {
				t.Errorf("%s isn't in %v", want, paths)
			}
		}
		if paths[len(paths)-1] != "/opt/other" {
			t.Errorf("what was in the path before is gone: %v", paths)
		}
		if got, want := last("XLA_FLAGS"), "--xla_x=1 --xla_gpu_cuda_data_dir="+filepath.Join(dir, "nvidia/cu13"); got != want {
			t.Errorf("XLA_FLAGS is %q, want %q", got, want)
		}
	}
}

// A plugin for the CPU is one for the CPU, whatever its folder is called, and is compared with pure Go.
func TestACPUInAFolderOfCudas(t *testing.T) {
	dir := folderOf(t, "cuda/nvidia/pjrt_c_api_cpu_plugin.so")
	c, err := newCheck(flags{plugin: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	if c.cuda || c.reference != "" || c.most != 1<<30 {
		t.Errorf("%+v", c)
	}
	for range 2 {
		p, err := c.card("")
		if low := strings.ToLower(p.backend); err != nil || strings.Contains(low, "cuda") || strings.Contains(low, "nvidia") {
			t.Errorf("%+v, %v", p, err)
		}
	}
}

func TestFoldersThatAreNone(t *testing.T) {
	for name, c := range map[string]struct {
		flags flags
		want  string
	}{
		"missing":       {flags{plugin: "/nowhere"}, "the folder /nowhere can't be read"},
		"no plugin":     {flags{plugin: folderOf(t, "nvidia/lib/libcudart.so.13")}, "there is no plugin of XLA's in"},
		"two":           {flags{plugin: folderOf(t, "a/xla_cuda_plugin.so", "b/xla_cuda_plugin.so")}, "there are several plugins below"},
		"no CPU plugin": {flags{plugin: folderOf(t, "xla_cuda_plugin.so"), cpu: "/nowhere.so"}, "-cpu /nowhere.so names no plugin"},
	} {
		if _, err := newCheck(c.flags); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSizes(t *testing.T) {
	for text, want := range map[string]int64{"1G": 1 << 30, "512M": 512 << 20, "1.5g": 3 << 29, "64k": 64 << 10, "1000": 1000} {
		var s size
		if err := s.Set(text); err != nil || int64(s) != want {
			t.Errorf("%s is %d, %v", text, s, err)
		}
	}
	for _, text := range []string{"", "G", "-1G", "0", "much", "NaN", "1e30G", "1T"} {
		var s size
		if err := s.Set(text); err == nil {
			t.Errorf("%q is %d", text, s)
		}
	}
}
