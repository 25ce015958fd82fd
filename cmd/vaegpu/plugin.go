package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
)

// folder is what lies below the folder that was named.
type folder struct {
	Cuda      []string // plugins for NVIDIA's cards
	CPU       []string // plugins for the CPU
	Libraries []string // folders with shared libraries
	Data      string   // CUDA's own folder, with nvvm in it; "" where there is none
}

// look finds plugins and libraries. Links are followed, since packages may be linked together.
func look(dir string) (f folder, err error) {
	root, err := filepath.EvalSymlinks(dir)
	if err == nil {
		root, err = filepath.Abs(root)
	}
	if err != nil {
		return f, words.Errorf("the folder %s can't be read: name the one with XLA's plugin: %w", dir, err)
	}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if name == "nvvm" && f.Data == "" {
				f.Data = filepath.Dir(path)
			}
			return nil
		}
		if !isLibrary(name) {
			return nil
		}
		switch kindOf(name) {
		case "cuda":
			f.Cuda = append(f.Cuda, path)
		case "cpu":
			f.CPU = append(f.CPU, path)
		default:
			if folder := filepath.Dir(path); !slices.Contains(f.Libraries, folder) {
				f.Libraries = append(f.Libraries, folder)
			}
		}
		return nil
	})
	if err != nil {
		return f, words.Errorf("the folder %s can't be searched for XLA's plugin: %w", dir, err)
	}
	return f, nil
}

// isLibrary is for libcudart.so.13 as for plugin.so.
func isLibrary(name string) bool {
	return strings.HasSuffix(name, ".so") || strings.Contains(name, ".so.")
}

// kindOf tells by its name what a plugin computes on: pjrt_c_api_cuda_plugin.so, or xla_cuda_plugin.so as its package has it.
func kindOf(name string) string {
	switch {
	case !strings.Contains(name, "plugin") || !strings.Contains(name, "pjrt") && !strings.Contains(name, "xla"):
		return ""
	case strings.Contains(name, "cuda"):
		return "cuda"
	}
	return "cpu"
}

// plugin chooses the one to check: that for a card, else that for the CPU.
func (f folder) plugin(dir string) (path string, cuda bool, err error) {
	found, cuda := f.Cuda, true
	if len(found) == 0 {
		found, cuda = f.CPU, false
	}
	switch len(found) {
	case 0:
		return "", false, words.Errorf("there is no plugin of XLA's in %s or below it: it is named pjrt_c_api_cuda_plugin.so or xla_cuda_plugin.so, and `go run ./cmd/vaelab setup -backend xla:cuda` puts it into .vaelab/xla-cuda of a clone", dir)
	case 1:
		return found[0], cuda, nil
	}
	return "", false, words.Errorf("there are several plugins below %s: name the folder of one of them: %s", dir, strings.Join(found, ", "))
}

// reference is the plugin for the CPU to compare with: the one named, in the folder, or of the lab; "" is pure Go. A CPU is compared
// with pure Go, since with itself it would always agree.
func (f folder) reference(named string, cuda bool) (string, error) {
	if named != "" {
		path, err := filepath.Abs(named)
		if err == nil {
			_, err = os.Stat(path)
		}
		if err != nil {
			return "", words.Errorf("-cpu %s names no plugin: %w", named, err)
		}
		return path, nil
	}
	if !cuda {
		return "", nil
	}
	if len(f.CPU) > 0 {
		return f.CPU[0], nil
	}
	return places.Plugin()
}
