package setup

import (
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"vaelab/vaelib/where"
)

// Environ is the user's environment for programs of the lab: without the settings by which another Jupyter or
// another Python would get in the way, and with more, which wins.
func Environ(more map[string]string) []string {
	drop := []string{"PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV",
		"PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_REQUIRE_VIRTUALENV", "PIP_REQUIRE_HASHES"}
	env := slices.DeleteFunc(os.Environ(), func(kv string) bool {
		key, _, _ := strings.Cut(kv, "=")
		_, replaced := more[key]
		return replaced || strings.HasPrefix(key, "JUPYTER") || slices.Contains(drop, key)
	})
	for key, value := range more {
		env = append(env, key+"="+value)
	}
	slices.Sort(env)
	return env
}

// noC are tags that make a program without XLA have no C in it: names are looked up by Go's own code. Elsewhere than on
// Linux the system does that better, and needs no C either. All that the set-up builds has them, so that Go's packages are
// compiled once.
var noC = map[string]string{"linux": "netgo,osusergo"}[runtime.GOOS]

// cellFlags is GOFLAGS for cells: what the user has set, and what makes linking quick, which is most of a cell's time.
// A flag that the user has set stays as it is. In the kernel's workspace, Go refuses any -mod but readonly, so that
// one is left out.
func cellFlags(users string) string {
	var flags []string
	set := map[string]bool{}
	for _, f := range splitFlags(users) {
		name, _, _ := strings.Cut(strings.TrimLeft(f, "-'\""), "=")
		if name == "mod" {
			continue
		}
		set[name] = true
		flags = append(flags, f)
	}
	// gonum/plot's tag minimal leaves out the writers of PDF, SVG, EPS and TeX, which no figure of the course uses.
	tags, ldflags := "minimal", "-s -w"
	if noC != "" {
		tags += "," + noC
		ldflags += " -linkmode=internal"
	}
	if !set["tags"] {
		flags = append(flags, "-tags="+tags)
	}
	if !set["ldflags"] {
		flags = append(flags, "'-ldflags="+ldflags+"'")
	}
	return strings.Join(flags, " ")
}

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

// CellEnv is the environment in which the kernel builds and runs cells.
func (l Layout) CellEnv(host Host, b Backend) map[string]string {
	path := []string{l.KernelBin(), l.Bin(), filepath.Join(l.Venv(), "bin"), filepath.Dir(host.Go.Path)}
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		if filepath.IsAbs(dir) && !slices.Contains(path, dir) {
			path = append(path, dir)
		}
	}
	env := map[string]string{
		"PATH":        strings.Join(path, string(os.PathListSeparator)),
		"GOFLAGS":     cellFlags(host.Go.Flags),
		"GOPROXY":     cellProxy(host.Go.ModCache, host.Go.Proxy),
		where.RootEnv: l.Root,
	}
	for key, value := range b.Env {
		env[key] = value
	}
	return env
}
