package setup

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestCellFlags(t *testing.T) {
	tags, fast := "minimal", "'-ldflags=-s -w'"
	if runtime.GOOS == "linux" {
		tags, fast = "minimal,netgo,osusergo", "'-ldflags=-s -w -linkmode=internal'"
	}
	all := "-tags=" + tags + " -gcflags=all=-dwarf=false " + fast
	for users, want := range map[string]string{
		"":                            all,
		"-buildvcs=false":             "-buildvcs=false " + all,
		"-mod=mod -tags=a,b":          strings.Replace(all, "=", "=a,b,", 1),
		"-mod=vendor":                 all,
		"-modcacherw":                 "-modcacherw " + all,
		"'-ldflags=-X main.x=y z' -v": "'-ldflags=-X main.x=y z' -tags=" + tags + " -gcflags=all=-dwarf=false",
		"'-tags=a b' --ldflags=-s":    "--ldflags=-s -tags=a,b," + tags + " -gcflags=all=-dwarf=false",
		"'-gcflags=a -mod=b -tags=c'": "'-gcflags=a -mod=b -tags=c' -tags=" + tags + " " + fast, // one flag, whatever is in it
		"\"-gcflags=-N -l\"  -race":   "\"-gcflags=-N -l\" -tags=" + tags + " " + fast,
		"-n -json -o=x -C=/ -buildmode=c-shared -modfile=m -overlay=o -toolexec=t -cover -x": all,
	} {
		if got := cellFlags(users); got != want {
			t.Errorf("GOFLAGS=%s gives %s, want %s", users, got, want)
		}
	}
}

// What users have set for other projects, in the environment or in the file of go env -w, has no effect on how the lab's
// programs are built; where packages come from is theirs to say.
func TestGosSettings(t *testing.T) {
	file := filepath.Join(t.TempDir(), "env")
	write(t, file, "GOFLAGS=-mod=vendor\nGOWORK=off\nGOPRIVATE=example.org/ours\nGOOS=plan9\n")
	t.Setenv("GOENV", file)
	for key, value := range map[string]string{
		"GO111MODULE": "nonsense", "GOWORK": filepath.Join(t.TempDir(), "go.work"), "GOOS": "windows", "GOARCH": "arm64", "GOTMPDIR": "/nowhere",
		"GOBIN": "/nowhere", "GOEXPERIMENT": "nosuch", "GOAMD64": "v4", "GOARM64": "v99", "GOFIPS140": "v99", "GO_EXTLINK_ENABLED": "1", "GOPROXY": "https://mirror.example,direct", "GOINSECURE": "mirror.example",
	} {
		t.Setenv(key, value)
	}
	g, err := findGo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	env := g.env()
	for key, want := range map[string]string{
		"GOENV": "off", "GO111MODULE": "on", "GOWORK": "off", "GOFLAGS": "", "GOTMPDIR": "", "GOBIN": "", "GOEXPERIMENT": "",
		"GOOS": runtime.GOOS, "GOARCH": runtime.GOARCH, "GOAMD64": "", "GOARM64": "", "GOFIPS140": "", "GO_EXTLINK_ENABLED": "",
		"GOPROXY": "https://mirror.example,direct", "GOINSECURE": "mirror.example", "GOPRIVATE": "example.org/ours", "GOCACHE": g.Cache,
	} {
		if env[key] != want {
			t.Errorf("%s is %q, want %q", key, env[key], want)
		}
	}
	cells := Layout{Root: t.TempDir()}.CellEnv(Host{Go: g}, Backend{})
	if cells["GOWORK"] != "auto" || strings.Contains(cells["GOFLAGS"], "vendor") || cells["GOOS"] != runtime.GOOS {
		t.Errorf("cells have GOWORK=%s GOFLAGS=%s GOOS=%s", cells["GOWORK"], cells["GOFLAGS"], cells["GOOS"])
	}
	if env := g.plain(); slices.Contains(env, "GOOS=windows") || !slices.Contains(env, "GOOS="+runtime.GOOS) {
		t.Error("the environment still has the user's GOOS")
	}
}

// A set-up in a folder with a go.work above it that doesn't name it, and with all of these variables, builds.
func TestGoBuildsWhateverIsSet(t *testing.T) {
	above := t.TempDir()
	write(t, filepath.Join(above, "go.work"), "go 1.26\n\nuse ./other\n")
	write(t, filepath.Join(above, "other", "go.mod"), "module other\n")
	dir := filepath.Join(above, "clone")
	write(t, filepath.Join(dir, "go.mod"), "module vaelab\n\ngo 1.26\n")
	write(t, filepath.Join(dir, "main.go"), "package main\n\nfunc main() {}\n")
	for key, value := range map[string]string{"GOFLAGS": "-mod=vendor -o=/nowhere/x", "GO111MODULE": "off", "GOOS": "js", "GOARCH": "wasm", "GOAMD64": "v9", "GOARM64": "v9", "GOFIPS140": "v9", "GOTMPDIR": "/nowhere"} {
		t.Setenv(key, value)
	}
	g, err := findGo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	log, err := openLog(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	program := filepath.Join(t.TempDir(), "program")
	if err := log.run(t.Context(), dir, g.plain(), g.Path, "build", "-o", program, "."); err != nil {
		t.Fatalf("%v: %s", err, log.Tail())
	}
	if _, err := os.Stat(program); err != nil {
		t.Error(err)
	}
}
