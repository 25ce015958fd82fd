package setup

import (
	"archive/zip"
	"context"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
)

// pluginPath is where programs find XLA's plugin for the CPU, whichever way it came.
func (l Layout) pluginPath() string {
	return filepath.Join(places.PluginsIn(l.Root), "pjrt_c_api_cpu_plugin.so")
}

// cudaPath is XLA's plugin for NVIDIA GPUs. Its own search path leads to the folder nvidia beside its folder.
func (l Layout) cudaPath() string {
	return l.Under("xla-cuda", "jax_plugins", "pjrt_c_api_cuda_plugin.so")
}

// wheelFits reports whether the pinned wheel of XLA's CPU plugin runs here.
func wheelFits(goos, goarch, glibc string) bool {
	return goos == "linux" && goarch == "amd64" && atLeast(glibc, "2.27")
}

// installerFits reports whether GoMLX has an installer of its own for the platform.
func installerFits(goos, goarch string) bool {
	return slices.Contains([]string{"linux/amd64", "linux/arm64", "darwin/arm64"}, goos+"/"+goarch)
}

// plugin is the step that brings XLA's CPU plugin, with the words for what it brings; nil where there is none for
// the platform.
func (l Layout) plugin(h Host, wish string) (s *Step, says string, err error) {
	s = &Step{
		Name: "xla", Title: words.Say("XLA's plugin for the CPU"), Needs: []string{"python"}, Spare: true, Check: isLibrary(l.pluginPath()),
		Inputs:   []string{l.Root, runtime.GOOS, runtime.GOARCH},
		Products: []string{l.pluginPath()},
	}
	switch {
	case wheelFits(runtime.GOOS, runtime.GOARCH, h.Python.Glibc):
		list, pins, err := l.pins("xla-cpu.txt")
		if err != nil {
			return nil, "", err
		}
		const name = "lammps-jax-pjrt-cpu"
		s.Inputs = append(s.Inputs, "wheel", pins)
		s.Products = append(s.Products, l.Under("xla", "LICENSE"), l.Under("xla", "THIRD_PARTY_NOTICES"))
		s.Make = func(ctx context.Context, log *Log) error {
			return l.unwheel(ctx, log, list, l.Under("xla"), filepath.Base(l.pluginPath()), "LICENSE", "THIRD_PARTY_NOTICES")
		}
		return s, words.Say("with the plugin of the pinned package %s %s", name, pinned(pins, name)), nil
	case installerFits(runtime.GOOS, runtime.GOARCH):
		s.Needs = nil
		s.Inputs = append(s.Inputs, "installer", h.Go.Version)
		s.Make = func(ctx context.Context, log *Log) error { return l.installPlugin(ctx, log, h.Go) }
		return s, words.Say("with the plugin that GoMLX's own installer brings"), nil
	}
	return nil, words.Say("there is no XLA plugin for %s/%s", runtime.GOOS, runtime.GOARCH), nil
}

// isLibrary is a check that a file can be loaded.
func isLibrary(path string) func(context.Context, *Log) error {
	return func(context.Context, *Log) error { return checkLibrary(path) }
}

// unwheel downloads the one package of a lock file, and makes a folder of the files in it that have these base names.
func (l Layout) unwheel(ctx context.Context, log *Log, list, folder string, names ...string) error {
	part := folder + ".part"
	if err := os.RemoveAll(part); err != nil {
		return err
	}
	defer os.RemoveAll(part)
	wheel, err := l.wheel(ctx, log, list, part)
	if err != nil {
		return err
	}
	whole := filepath.Join(part, "whole")
	if err := unzipTo(wheel, whole, names...); err != nil {
		return err
	}
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	return os.Rename(whole, folder)
}

// wheel downloads the one package of a lock file into a folder, and gives its path.
func (l Layout) wheel(ctx context.Context, log *Log, list, folder string) (path string, err error) {
	if err := l.pip(ctx, log, "download", "-d", folder, "-r", list); err != nil {
		return "", err
	}
	wheels, err := fs.Glob(os.DirFS(folder), "*.whl")
	if err != nil || len(wheels) != 1 {
		return "", words.Errorf("pip left %d wheels in %s, not one", len(wheels), folder)
	}
	return filepath.Join(folder, wheels[0]), nil
}

// unzipTo writes the files with the given base names, wherever they lie in the archive, into dir.
func unzipTo(archive, dir string, names ...string) error {
	r, err := zip.OpenReader(archive)
	if err != nil {
		return err
	}
	defer r.Close()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range r.File {
		if !slices.Contains(names, path.Base(f.Name)) || strings.HasSuffix(f.Name, "/") {
			continue
		}
		if err := unzipFile(f, filepath.Join(dir, path.Base(f.Name))); err != nil {
			return words.Errorf("unpacking %s: %w", f.Name, err)
		}
	}
	return nil
}

func unzipFile(f *zip.File, to string) error {
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if closeErr := out.Close(); err == nil {
		err = closeErr
	}
	return err
}

// installPlugin runs GoMLX's own installer, which takes the plugin from its GitHub releases.
func (l Layout) installPlugin(ctx context.Context, log *Log, g GoTool) error {
	if err := os.RemoveAll(l.Under("xla")); err != nil {
		return err
	}
	return log.run(ctx, l.Root, g.plain(), g.Path, "run", "./cmd/vaelab/internal/xlainstall", l.Under("xla"))
}

// cuda brings XLA's plugin for NVIDIA GPUs and the CUDA libraries that it loads, from pinned wheels.
func (l Layout) cuda(h Host) (*Step, error) {
	if !wheelFits(runtime.GOOS, runtime.GOARCH, h.Python.Glibc) {
		return nil, &Failure{
			What: words.Say("XLA for NVIDIA GPUs needs Linux on x86-64 with glibc 2.27 or newer, and this is %s/%s", runtime.GOOS, runtime.GOARCH),
			Do:   words.Say("Leave -backend xla:cuda out to go on with the CPU")}
	}
	list, pins, err := l.pins("xla-cuda.txt")
	if err != nil {
		return nil, err
	}
	return &Step{
		Name: "xla-cuda", Title: words.Say("XLA's plugin for NVIDIA GPUs, with CUDA 13 (about 5 GB)"), Needs: []string{"python"},
		Inputs:   []string{l.Root, pins},
		Products: []string{l.cudaPath(), l.Under("xla-cuda", "nvidia")},
		Check:    isLibrary(l.cudaPath()),
		Make: func(ctx context.Context, log *Log) error {
			if err := os.RemoveAll(l.Under("xla-cuda")); err != nil {
				return err
			}
			if err := l.pip(ctx, log, "install", "--target", l.Under("xla-cuda"), "-r", list); err != nil {
				return err
			}
			// GoMLX finds plugins by this form of name.
			return os.Rename(l.Under("xla-cuda", "jax_plugins", "xla_cuda13", "xla_cuda_plugin.so"), l.cudaPath())
		},
	}, nil
}
