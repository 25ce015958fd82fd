package setup

import (
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"vaelab/vaelib/where"
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
		if key, dir, _ := strings.Cut(kv, "="); dir != "" && (key == where.RunsEnv || key == dataEnv) {
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

// splitFlags splits at spaces outside quotes, as the go command reads GOFLAGS, and keeps the quotes.
func splitFlags(text string) []string {
	var flags []string
	var quote rune
	fresh := true
	for _, r := range text {
		space := r == ' ' || r == '\t' || r == '\n' || r == '\r'
		switch {
		case quote == 0 && space:
			fresh = true
			continue
		case fresh:
			flags = append(flags, "")
			fresh = false
			if r == '\'' || r == '"' {
				quote = r
			}
		case r == quote:
			quote = 0
		}
		flags[len(flags)-1] += string(r)
	}
	return flags
}

// cellProxy is GOPROXY for cells: what Go has downloaded before, then what the user has set. For every cell, GoNB runs
// go get, which asks for newer versions of some twenty modules; from the disk it is answered at once, and offline too.
// A module that isn't there still comes from where the user says.
func cellProxy(modCache, users string) string {
	downloaded := url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(modCache, "cache", "download"))}
	return downloaded.String() + "," + users
}

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
	env[where.RootEnv] = l.Root
	maps.Copy(env, l.caches())
	maps.Copy(env, b.Env)
	return env
}
