package setup

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"vaelab/vaelib/words"
)

// What a person can ask for with -backend or GOMLX_BACKEND.
const (
	Auto    = ""         // XLA on the CPU where it can be had, else pure Go
	XLA     = "xla"      // XLA on the CPU
	XLACuda = "xla:cuda" // XLA on an NVIDIA GPU
	PureGo  = "go"       // GoMLX's own backend
)

// goExperiment speeds the pure Go backend up by using the processor's vector instructions. It takes part in every
// build of a kernel on that backend, so that the build cache is warmed with the same setting.
const goExperiment = "simd"

// Wish settles what is asked for: the flag first, then GOMLX_BACKEND. Besides the names above it may be
// "xla:/path/to/plugin.so", a plugin of the user's own.
func Wish(flag, env string) (string, error) {
	wish, from := flag, "-backend"
	if wish == "" {
		wish, from = env, "GOMLX_BACKEND"
	}
	kind, plugin, _ := strings.Cut(wish, ":")
	switch {
	case wish == Auto, wish == XLA, wish == XLACuda, wish == PureGo:
		return wish, nil
	case wish == "xla:cpu":
		return XLA, nil
	case kind == "xla" && filepath.IsAbs(plugin):
		if err := checkLibrary(plugin); err != nil {
			return "", words.Errorf("%s %s: %w: give the path of a PJRT plugin, or xla to use the lab's own", from, wish, err)
		}
		return wish, nil
	}
	return "", words.Errorf("%s %s is not a backend: write xla (the CPU), xla:cuda (an NVIDIA GPU), xla:/path/to/plugin.so or go (no XLA)", from, wish)
}

// ownPlugin is the path of the user's own plugin in a wish, if it has one.
func ownPlugin(wish string) string {
	_, plugin, _ := strings.Cut(wish, ":")
	if !filepath.IsAbs(plugin) {
		return ""
	}
	return plugin
}

// checkLibrary is the cheap proof that a file can be loaded: it is there and begins as a shared library does. The
// real proof comes when the first program opens it.
func checkLibrary(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return words.Errorf("the plugin can't be read (%w)", err)
	}
	defer f.Close()
	var head [4]byte
	_, err = f.Read(head[:])
	if err == nil {
		switch string(head[:]) {
		case "\x7fELF", "\xcf\xfa\xed\xfe", "\xca\xfe\xba\xbe":
			return nil
		}
	}
	return words.Errorf("%s is not a shared library", path)
}

// Backend is what cells and training compute with.
type Backend struct {
	Wish  string            // what it came from
	Env   map[string]string // what a program needs in its environment to use it
	Words string            // one line for the person
}

// chooseBackend settles what is used, after the set-up's steps: plugin is the path of the lab's own plugin or "",
// and why says why there is none.
func (l Layout) chooseBackend(wish, plugin, why string, host Host) (Backend, error) {
	own := ownPlugin(wish)
	switch {
	case own != "":
		return Backend{wish, map[string]string{
			"GOMLX_BACKEND": wish, "GOMLX_NO_AUTO_INSTALL": "1",
		}, words.Say("XLA with the plugin %s", own)}, nil
	case wish == PureGo:
		return goBackend(wish, host, words.Say("pure Go on the CPU, as asked: works everywhere, trains ten to thirty times slower than XLA")), nil
	case wish == XLACuda && plugin != "":
		nvidia := filepath.Join(filepath.Dir(filepath.Dir(plugin)), "nvidia", "cu13")
		return Backend{wish, map[string]string{
			"GOMLX_BACKEND": XLACuda, "GOMLX_NO_AUTO_INSTALL": "1", "PJRT_PLUGIN_LIBRARY_PATH": filepath.Dir(plugin),
			"XLA_FLAGS": strings.TrimSpace(os.Getenv("XLA_FLAGS") + " --xla_gpu_cuda_data_dir=" + nvidia),
		}, words.Say("XLA on an NVIDIA GPU, with CUDA 13 from pinned packages")}, nil
	case plugin != "":
		env := map[string]string{"GOMLX_BACKEND": "xla:" + plugin, "GOMLX_NO_AUTO_INSTALL": "1"}
		// By its path a plugin is opened at once; by its name GoMLX first tries all that it finds. But a path with
		// one of these words in it would be taken for a GPU's.
		if low := strings.ToLower(plugin); strings.Contains(low, "cuda") || strings.Contains(low, "nvidia") {
			env["GOMLX_BACKEND"], env["PJRT_PLUGIN_LIBRARY_PATH"] = "xla:cpu", filepath.Dir(plugin)
		}
		return Backend{wish, env, words.Say("XLA on the CPU, %s", why)}, nil
	case wish == XLA || wish == XLACuda:
		return Backend{}, &Failure{What: words.Say("XLA can't be used: %s", why),
			Do: words.Say("Leave -backend out to go on with pure Go, or run the command again once that is mended")}
	}
	return goBackend(wish, host, words.Say("pure Go on the CPU, because %s", why)), nil
}

func goBackend(wish string, host Host, says string) Backend {
	env := map[string]string{"GOMLX_BACKEND": PureGo, "GOMLX_NO_AUTO_INSTALL": "1"}
	if runtime.GOARCH == "amd64" {
		env["GOEXPERIMENT"] = goExperiment
	}
	if host.Go.CCompiler == "" {
		env["CGO_ENABLED"] = "0"
	}
	return Backend{wish, env, says}
}
