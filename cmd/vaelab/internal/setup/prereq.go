package setup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"vaelab/vaelib/words"
)

const (
	minGo     = "1.26.5"
	minPython = "3.10"
)

// Host is what the set-up found on the machine.
type Host struct {
	Go     GoTool
	Python Python // zero where Python isn't needed and isn't there
}

// GoTool is the go command that the kernel will use for cells.
type GoTool struct {
	Path      string   // of the command
	Version   string   // "1.26.8"
	Flags     string   // GOFLAGS as the user set them
	Proxy     string   // GOPROXY, as Go finds it
	Cache     string   // GOCACHE
	ModCache  string   // GOMODCACHE
	CCompiler string   // path of the C compiler; empty where there is none or cgo is off
	NoC       missingC // where it is empty: why

	Sources map[string]string // the user's settings of where packages come from; see goSources
}

// Python is an interpreter that can make environments.
type Python struct {
	Path    string `json:"path"`
	Version string `json:"version"`
	Venv    bool   `json:"venv"`
	Glibc   string `json:"glibc"` // "2.36"; empty on other C libraries
	Pip     string `json:"pip"`   // the wheel of pip that it puts into environments; empty where it isn't in a usual place
}

// findGo asks the go command on PATH about itself, outside any module: that is where cells are built.
func findGo(ctx context.Context) (GoTool, error) {
	path, err := exec.LookPath("go")
	if err != nil {
		return GoTool{}, &Failure{
			What: words.Say("There is no go command on PATH, and every notebook cell is built with it"), Err: err,
			Do: words.Say("Install Go %s or newer from go.dev/dl and add its bin folder to PATH", minGo)}
	}
	cmd := exec.CommandContext(ctx, path, append([]string{"env", "-json", "GOVERSION", "GOFLAGS"}, goSources...)...)
	cmd.Dir = string(filepath.Separator)
	neutral := maps.Clone(goNeutral)
	delete(neutral, "GOFLAGS") // it is asked for
	cmd.Env = Environ(neutral)
	env := map[string]string{}
	out, err := cmd.Output()
	if err == nil {
		err = json.Unmarshal(out, &env)
	}
	if err != nil {
		return GoTool{}, &Failure{
			What: words.Say("%s doesn't run: %s", path, lastWords(said(err))), Err: err,
			Do: words.Say("If that names a setting of Go's, mend it (in the environment, or with go env -u); else install Go %s or newer from go.dev/dl", minGo)}
	}
	version := strings.TrimPrefix(env["GOVERSION"], "go")
	if !atLeast(version, minGo) {
		return GoTool{}, &Failure{
			What: words.Say("%s is Go %s, and GoMLX needs %s", path, version, minGo),
			Do:   words.Say("Install Go %s or newer from go.dev/dl and put it first on PATH", minGo)}
	}
	tool := GoTool{Path: path, Version: version, Flags: env["GOFLAGS"], Proxy: env["GOPROXY"], Cache: env["GOCACHE"], ModCache: env["GOMODCACHE"]}
	tool.CCompiler, tool.NoC = cCompiler(env["CC"], env["CGO_ENABLED"] == "1")
	tool.Sources = map[string]string{}
	for _, key := range goSources {
		if env[key] != "" {
			tool.Sources[key] = env[key]
		}
	}
	return tool, nil
}

// said is what a program that failed wrote to its standard error, else how it ended.
func said(err error) string {
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && len(exit.Stderr) > 0 {
		return string(exit.Stderr)
	}
	return err.Error()
}

// missingC is why there is no C compiler.
type missingC struct {
	why  string
	none bool // there is none; else it has been switched off, or is named wrongly
}

// cCompiler is the path of the compiler that CC names, or why it isn't used. Go switches C off by itself where there is no
// compiler, so that only one that is there has been switched off by somebody.
func cCompiler(cc string, cgo bool) (path string, no missingC) {
	command := strings.Fields(cc)
	if len(command) == 0 {
		return "", missingC{why: words.Say("Go knows no C compiler for this system")}
	}
	path, err := exec.LookPath(command[0])
	switch {
	case err != nil && os.Getenv("CC") != "":
		return "", missingC{why: words.Say("CC is %s, and there is no such C compiler", os.Getenv("CC"))}
	case err != nil:
		return "", missingC{words.Say("There is no C compiler (%s is not on PATH)", command[0]), true}
	case !cgo:
		return "", missingC{why: words.Say("CGO_ENABLED=0 switches the C compiler off")}
	}
	return path, missingC{}
}

// noCompiler is what to say where XLA was asked for and cgo can't be used.
func noCompiler(no missingC) error {
	do := words.Say("Mend that setting (in the environment, or with go env -u)")
	switch {
	case no.none && runtime.GOOS == "darwin":
		do = words.Say("Install one with xcode-select --install")
	case no.none:
		do = words.Say("Install one with sudo apt install gcc libc6-dev (Debian, Ubuntu) or sudo dnf install gcc (Fedora)")
	}
	return &Failure{What: words.Say("%s, and XLA needs C", no.why),
		Do: words.Say("%s, or add -backend go: the pure Go backend works without, ten to thirty times slower", do)}
}

// probe prints what we want to know about a Python, as JSON.
const probe = `
import glob, json, os, platform, sys, sysconfig
def has(name):
    try:
        __import__(name)
        return True
    except ImportError:
        return False
libc, version = platform.libc_ver()
wheels = [os.path.join(sysconfig.get_path("stdlib"), "ensurepip", "_bundled"), sysconfig.get_config_var("WHEEL_PKG_DIR") or "/usr/share/python-wheels"]
print(json.dumps({
    "path": getattr(sys, "_base_executable", None) or sys.executable,
    "version": "%d.%d.%d" % sys.version_info[:3],
    "venv": has("venv") and has("ensurepip"),
    "glibc": version if libc == "glibc" else "",
    "pip": next(iter(sorted(f for d in wheels for f in glob.glob(os.path.join(d, "pip-*.whl")))), ""),
}))`

// findPython takes the first interpreter on PATH that is new enough and can make environments. For a class it is the first that others
// can use, too, if there is any.
func findPython(ctx context.Context, class bool) (Python, error) {
	names := []string{"python3"}
	for minor := 14; minor >= 10; minor-- {
		names = append(names, fmt.Sprintf("python3.%d", minor))
	}
	names = append(names, "python")
	var old, bare, unfit Python
	for _, path := range everyPath(names) {
		p, err := askPython(ctx, path)
		switch {
		case err != nil: // a launcher with nothing behind it
		case !atLeast(p.Version, minPython):
			old = p
		case !p.Venv:
			bare = p
		case class && unreadable(p.Path) != "":
			unfit = p
		default:
			return p, nil
		}
	}
	switch {
	case unfit.Path != "":
		return unfit, nil
	case bare.Path != "":
		minor := strings.Join(strings.SplitN(bare.Version, ".", 3)[:2], ".")
		return Python{}, &Failure{
			What: words.Say("%s (Python %s) can't make virtual environments: its venv or ensurepip module is missing", bare.Path, bare.Version),
			Do:   words.Say("On Debian and Ubuntu, sudo apt install python%s-venv", minor)}
	case old.Path != "":
		return Python{}, &Failure{
			What: words.Say("%s is Python %s, and JupyterLab needs %s or newer", old.Path, old.Version, minPython),
			Do:   words.Say("Install a newer Python (python.org, or your system's packages) and put it on PATH as python3")}
	}
	return Python{}, &Failure{
		What: words.Say("There is no Python on PATH, and JupyterLab runs on it"),
		Do:   words.Say("Install Python %s or newer (Debian, Ubuntu: sudo apt install python3 python3-venv; macOS: brew install python)", minPython)}
}

// everyPath are the programs of some names: first those that PATH leads to, then others of the first name that stand behind on it.
func everyPath(names []string) (paths []string) {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			paths = append(paths, path)
		}
	}
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		if path := filepath.Join(dir, names[0]); filepath.IsAbs(dir) && !slices.Contains(paths, path) {
			if _, err := exec.LookPath(path); err == nil {
				paths = append(paths, path)
			}
		}
	}
	return paths
}

func askPython(ctx context.Context, path string) (Python, error) {
	ctx, stop := context.WithTimeout(ctx, 20*time.Second)
	defer stop()
	cmd := exec.CommandContext(ctx, path, "-I", "-c", probe)
	out, err := cmd.Output()
	if err != nil {
		return Python{}, err
	}
	var p Python
	if err = json.Unmarshal(out, &p); err == nil && !filepath.IsAbs(p.Path) {
		err = errors.New("no path")
	}
	return p, err
}

// atLeast compares dotted versions; what follows the numbers ("1.27rc1", "1.26.8-custom") is not looked at.
func atLeast(version, least string) bool {
	have, want := numbers(version), numbers(least)
	for i := range want {
		switch {
		case i >= len(have) || have[i] < want[i]:
			return false
		case have[i] > want[i]:
			return true
		}
	}
	return true
}

func numbers(version string) []int {
	var all []int
	for part := range strings.SplitSeq(version, ".") {
		end := 0
		for end < len(part) && part[end] >= '0' && part[end] <= '9' {
			end++
		}
		n, err := strconv.Atoi(part[:end])
		if err != nil {
			break
		}
		all = append(all, n)
		if end < len(part) {
			break
		}
	}
	return all
}

// checkSpace refuses to begin what can't be finished.
func checkSpace(need uint64, folders ...string) error {
	for _, folder := range folders {
		at := folder
		for at != filepath.Dir(at) { // the folder may not exist yet
			if _, err := os.Stat(at); err == nil {
				break
			}
			at = filepath.Dir(at)
		}
		if free, ok := freeSpace(at); ok && free < need { // else the tools will say
			return &Failure{
				What: words.Say("There is too little room on the disk that holds %s: %d MB are free and the set-up takes up to %d MB there", folder, free>>20, need>>20),
				Do:   words.Say("Free some space, or put the clone (or Go's caches, with GOCACHE and GOMODCACHE) on another disk")}
		}
	}
	return nil
}

// freeSpace is how much room there is on the disk that holds a folder; false where the system doesn't say.
func freeSpace(dir string) (free uint64, ok bool) {
	var fs syscall.Statfs_t
	err := syscall.Statfs(dir, &fs)
	return uint64(fs.Bavail) * uint64(fs.Bsize), err == nil
}
