package main

import (
	"os"
	"path/filepath"
	"strings"
)

// place is where something is computed: what a process needs in its environment.
type place struct {
	backend string   // as GOMLX_BACKEND has it
	more    []string // further variables
}

// environ is this process's environment with the place's.
func (p place) environ() []string {
	return append(append(os.Environ(), p.more...), "GOMLX_BACKEND="+p.backend, "GOMLX_NO_AUTO_INSTALL=1")
}

// card is the plugin that is checked, with GoMLX's options for it.
func (c *check) card(options string) (place, error) {
	plugin := c.plugin
	if !c.cuda {
		return c.onCPU(plugin)
	}
	p := place{backend: "xla:" + plugin + options}
	libraries := append([]string{}, c.folder.Libraries...)
	if old := os.Getenv("LD_LIBRARY_PATH"); old != "" {
		libraries = append(libraries, old)
	}
	if len(libraries) > 0 {
		p.more = append(p.more, "LD_LIBRARY_PATH="+strings.Join(libraries, string(filepath.ListSeparator)))
	}
	p.more = append(p.more, "GOPJRT_CUDA_CHECKS=no") // go-xla looks for libraries beside the plugin's folder alone, and warns at length
	if c.folder.Data != "" {
		p.more = append(p.more, "XLA_FLAGS="+strings.TrimSpace(os.Getenv("XLA_FLAGS")+" --xla_gpu_cuda_data_dir="+c.folder.Data))
	}
	return p, nil
}

// cpu is what the card is compared with.
func (c *check) cpu() (place, error) {
	if c.reference == "" {
		return place{backend: "go"}, nil
	}
	return c.onCPU(c.reference)
}

// onCPU is a plugin for the CPU. One whose path has the word cuda or nvidia in it would be taken for a card's by go-xla, so a link
// elsewhere leads to it.
func (c *check) onCPU(plugin string) (place, error) {
	if low := strings.ToLower(plugin); strings.Contains(low, "cuda") || strings.Contains(low, "nvidia") {
		link := filepath.Join(c.temp, "pjrt_c_api_cpu_plugin.so")
		if err := os.Symlink(plugin, link); err != nil && !os.IsExist(err) {
			return place{}, err
		}
		plugin = link
	}
	return place{backend: "xla:" + plugin}, nil
}
