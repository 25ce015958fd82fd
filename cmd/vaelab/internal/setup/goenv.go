package setup

import (
	"maps"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
)

// goSources are Go's settings that say where packages come from, whom to trust for them, where they are kept and which C
// compiler there is. The user's count, whether they stand in the environment or in the file of go env -w. All that says
// how to build, and for which machine, is the lab's own: a GOFLAGS=-mod=vendor or a GOOS that was left set for another
// project would keep the kernel from starting, or make programs that don't run here.
var goSources = []string{
	"GOPROXY", "GOSUMDB", "GONOSUMDB", "GOPRIVATE", "GONOPROXY", "GOINSECURE", "GOAUTH", "GOVCS", "GOTOOLCHAIN",
	"GOCACHE", "GOMODCACHE", "GOPATH", "GOCACHEPROG",
	"CC", "CXX", "CGO_ENABLED", "CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS", "CGO_LDFLAGS", "PKG_CONFIG",
}

// goNeutral are Go's settings of how to build and for which machine, as if none were set. A workspace file in a folder above
// the clone doesn't name it, and must not matter.
var goNeutral = map[string]string{
	"GO111MODULE": "on", "GOWORK": "off", "GOFLAGS": "", "GOEXPERIMENT": "", "GOTMPDIR": "", "GOBIN": "",
	"GOOS": runtime.GOOS, "GOARCH": runtime.GOARCH, "GOFIPS140": "", "GO_EXTLINK_ENABLED": "",
	"GO386": "", "GOAMD64": "", "GOARM": "", "GOARM64": "", "GOMIPS": "", "GOMIPS64": "", "GOPPC64": "", "GORISCV64": "", "GOWASM": "",
}

// env is what the go command is to find in its environment: the user's sources, and nothing else of the user's.
func (g GoTool) env() map[string]string {
	env := maps.Clone(goNeutral)
	env["GOENV"] = "off"
	maps.Copy(env, g.Sources)
	return env
}

// plain is the environment in which the lab's tools are built.
func (g GoTool) plain() []string { return Environ(g.env()) }

// noC are tags that make a program without XLA have no C in it: names are looked up by Go's own code. Elsewhere than on
// Linux the system does that better, and needs no C either. All that the set-up builds has them, and [noDebug], so that Go's packages
// are compiled once.
var noC = map[string]string{"linux": "netgo,osusergo"}[runtime.GOOS]

// harmless are the flags in a user's GOFLAGS that cells are built with, too: they say how to compile and link, and
// neither what nor where to.
var harmless = map[string]bool{
	"asmflags": true, "buildvcs": true, "gcflags": true, "ldflags": true, "modcacherw": true, "p": true, "tags": true, "trimpath": true,
}

// noDebug leaves what only a debugger reads out of compiled packages: a third of their bytes, which the linker would look through for
// each cell to leave them out of the program. Stack traces have files and lines all the same.
const noDebug = "-gcflags=all=-dwarf=false"

// cellFlags is GOFLAGS for cells: what the user has set and is harmless, and what makes linking quick, which is most of a
// cell's time.
func cellFlags(users string) string {
	// gonum/plot's tag minimal leaves out the writers of PDF, SVG, EPS and TeX, which no figure of the course uses.
	tags, ldflags := "minimal", "-s -w"
	if noC != "" {
		tags += "," + noC
		ldflags += " -linkmode=internal"
	}
	var flags []string
	set := map[string]bool{}
	for _, f := range splitFlags(users) {
		name, value, _ := strings.Cut(strings.Trim(f, "'\""), "=")
		name = strings.TrimLeft(name, "-")
		switch {
		case !harmless[name]:
			continue
		case name == "tags": // the last one would count alone
			tags = strings.ReplaceAll(value, " ", ",") + "," + tags
			continue
		}
		set[name] = true
		flags = append(flags, f)
	}
	flags = append(flags, "-tags="+tags)
	if !set["gcflags"] {
		flags = append(flags, noDebug)
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
