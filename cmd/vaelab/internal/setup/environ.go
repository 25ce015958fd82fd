package setup

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vaelab/vaelib/places"
)

// Environ is the user's environment for programs of the lab: without the settings by which another Jupyter or
// another Python would get in the way, and with more, which wins.
func Environ(more map[string]string) []string {
	env := slices.DeleteFunc(os.Environ(), func(kv string) bool {
		key, _, _ := strings.Cut(kv, "=")
		_, replaced := more[key]
		return replaced || strings.HasPrefix(key, "JUPYTER") || key == "VIRTUAL_ENV" ||
			strings.HasPrefix(key, "PYTHON") && key != "PYTHONUTF8" && key != "PYTHONIOENCODING"
	})
	for i, kv := range env { // programs and kernels start in other folders than this one
		if key, dir, _ := strings.Cut(kv, "="); dir != "" && (key == places.RunsEnv || key == dataEnv) {
			if full, err := filepath.Abs(dir); err == nil {
				env[i] = key + "=" + full
			}
		}
	}
	for key, value := range more {
		env = append(env, key+"="+value)
	}
	slices.Sort(env)
	return env
}

// dataEnv names the variable that says where downloaded data sets are kept, as package datasets reads it.
const dataEnv = "VAELAB_CACHE"

// caches are where the kernel's programs keep what they would keep in the user's home folder: gopls and goimports what they
// know of packages, and data sets what they have downloaded, unless the user names another folder.
func (l Layout) caches() map[string]string {
	cache := l.Under("cache")
	env := map[string]string{"XDG_CACHE_HOME": cache, "GOPLSCACHE": filepath.Join(cache, "gopls")}
	if os.Getenv(dataEnv) == "" {
		env[dataEnv] = cache
	}
	return env
}

// CellEnv is the environment in which the kernel builds and runs cells.
func (l Layout) CellEnv(host Host, b Backend) map[string]string {
	path := []string{l.KernelBin(), l.Bin(), filepath.Join(l.Venv(), "bin"), filepath.Dir(host.Go.Path)}
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		if filepath.IsAbs(dir) && !slices.Contains(path, dir) {
			path = append(path, dir)
		}
	}
	env := host.Go.env()
	env["GOWORK"] = "auto" // the kernel makes a workspace of its own for its cells
	env["GOFLAGS"] = cellFlags(host.Go.Flags)
	env["GOPROXY"] = cellProxy(host.Go.ModCache, host.Go.Proxy)
	env["PATH"] = strings.Join(path, string(os.PathListSeparator))
	env[places.RootEnv] = l.Root
	maps.Copy(env, l.caches())
	maps.Copy(env, b.Env)
	return env
}
