package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"vaelab/vaelib/places"
	"vaelab/vaelib/places/placestest"
)

// desk is a clone, a folder of cells that use it, and a real go command whose calls are counted.
type desk struct {
	t                          *testing.T
	clone, cells, cache, front string
	env                        []string
	calls                      string
}

// program is a cell's source that prints a word, all that it knows of its modules, and where it stands.
const program = `package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"

	"vaelab/vaelib/say"
)

func main() {
	info, _ := debug.ReadBuildInfo()
	_, file, line, _ := runtime.Caller(0)
	fmt.Println(say.Text("WORD"), info, file, line)
	if len(os.Args) > 1 {
		panic("WORD")
	}
}
`

func newDesk(t *testing.T) *desk {
	t.Helper()
	base, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	real, err := exec.Command("go", "env", "GOROOT", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	root, cache, _ := strings.Cut(strings.TrimSpace(string(real)), "\n")
	if _, err := os.Stat(filepath.Join(root, "VERSION")); err != nil {
		t.Skip("this Go has no release's VERSION: cells are built by the go command")
	}
	d := &desk{t: t, clone: filepath.Join(base, "clone"), cells: filepath.Join(base, "gonb_0123abcd"), cache: filepath.Join(base, "cache"), front: inFront(t), calls: filepath.Join(base, "calls")}
	d.write(d.clone, "go.mod", "module vaelab\n\ngo 1.26\n")
	d.write(d.clone, "go.sum", "")
	d.write(d.clone, "datasets/datasets.go", "package datasets\n")
	d.write(d.clone, "vaelib/say/say.go", "package say\n\nfunc Text(word string) string { return word }\n")
	d.write(d.clone, "vaelib/more/more.go", "package more\n\nconst More = \"and more\"\n")
	behind := filepath.Join(base, "behind")
	d.write(behind, "go", "#!/bin/sh\necho \"$@\" >> '"+d.calls+"'\nexec '"+filepath.Join(root, "bin", "go")+"' \"$@\"\n")
	if err := os.Chmod(filepath.Join(behind, "go"), 0o755); err != nil {
		t.Fatal(err)
	}
	d.env = append(os.Environ(), "GOENV=off", "GOFLAGS=-ldflags=-w", "GOROOT="+root, "GOCACHE="+cache, "GOWORK=auto", "GOTOOLCHAIN=local", "GOEXPERIMENT=",
		"PATH="+d.front+":"+behind+":"+os.Getenv("PATH"), "XDG_CACHE_HOME="+d.cache, places.RootEnv+"="+d.clone, directEnv+"=")
	d.kernel("gonb_0123abcd")
	return d
}

// kernel makes another kernel's folder of cells.
func (d *desk) kernel(name string) {
	d.t.Helper()
	d.cells = filepath.Join(filepath.Dir(d.cells), name)
	d.write(d.cells, "go.mod", "module "+name+"\n\ngo 1.26\n")
	d.write(d.cells, "go.work", "go 1.26\n\nuse (\n\t.\n\t"+d.clone+"\n)\n")
}

func (d *desk) write(folder, name, text string) {
	d.t.Helper()
	path := filepath.Join(folder, name)
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = os.WriteFile(path, []byte(text), 0o644)
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

// build builds a source as the kernel does, and tells what was said and how often the go command was called.
func (d *desk) build(source string, more ...string) (said string, ok bool, calls int) {
	d.t.Helper()
	d.write(d.cells, "main.go", source)
	if err := os.RemoveAll(d.calls); err != nil {
		d.t.Fatal(err)
	}
	cmd := exec.CommandContext(d.t.Context(), filepath.Join(d.front, "go"), append([]string{"build", "-o", d.target()}, more...)...)
	cmd.Dir = d.cells
	cmd.Env = append(d.env, "GONB_TMP_DIR="+d.cells)
	out, err := cmd.CombinedOutput()
	noted, readErr := os.ReadFile(d.calls)
	if readErr != nil && !os.IsNotExist(readErr) {
		d.t.Fatal(readErr)
	}
	return string(out), err == nil, strings.Count(string(noted), "\n")
}

func (d *desk) target() string { return filepath.Join(d.cells, filepath.Base(d.cells)) }

// run runs what was built.
func (d *desk) run(args ...string) string {
	d.t.Helper()
	out, err := exec.CommandContext(d.t.Context(), d.target(), args...).CombinedOutput()
	if (err != nil) != (len(args) > 0) {
		d.t.Fatalf("%v: %s", err, out)
	}
	return string(out)
}

// word is the program that prints a word.
func word(s string) string { return strings.ReplaceAll(program, "WORD", s) }

// learnt builds until a recipe is there. What is compiled for the first time isn't in Go's cache when its program is linked.
func (d *desk) learnt() {
	d.t.Helper()
	for _, first := range []string{"first", "second", "third"} {
		said, ok, calls := d.build(word(first + d.t.Name()))
		if !ok {
			d.t.Fatal(said)
		}
		if calls == 0 {
			return
		}
	}
	d.t.Fatal("no recipe was learnt")
}

// A cell is built without the go command once another one was, in each kernel, and is the same program: it prints the same, panics in
// the same lines, and knows the same of its modules.
func TestBuiltDirectly(t *testing.T) {
	d := newDesk(t)
	d.learnt()
	for _, kernel := range []string{"gonb_0123abcd", "gonb_89abcdef"} {
		d.kernel(kernel)
		if said, ok, calls := d.build(word("direct")); !ok || calls != 0 || said != "" {
			t.Fatalf("%s: the go command is called %d times and says %q, %v", kernel, calls, said, ok)
		}
		printed, panicked := d.run(), d.run("panic")
		if !strings.Contains(printed, "direct") || !strings.Contains(panicked, filepath.Join(d.cells, "main.go")+":17") {
			t.Errorf("%s: it prints %q and %q", kernel, printed, panicked)
		}
		if said, ok, calls := d.build(word("direct")); !ok || calls != 0 || said != "" {
			t.Errorf("%s, run again: the go command is called %d times and says %q, %v", kernel, calls, said, ok)
		}
		d.env = append(d.env, directEnv+"=off")
		if said, ok, calls := d.build(word("direct")); !ok || calls != 1 {
			t.Fatalf("%s: %d calls, %s", kernel, calls, said)
		}
		d.env = append(d.env, directEnv+"=")
		if want := d.run(); printed != want {
			t.Errorf("%s: it prints %q, by the go command %q", kernel, printed, want)
		}
		if want := d.run("panic"); panicked != want {
			t.Errorf("%s: it panics with %q, by the go command %q", kernel, panicked, want)
		}
	}
	if left, err := filepath.Glob(filepath.Join(d.cells, ".building-*")); err != nil || len(left) > 0 {
		t.Errorf("%q is left, %v", left, err)
	}
}

// A package that no cell has imported yet is learnt, and what was known before stays known.
func TestAnotherImport(t *testing.T) {
	d := newDesk(t)
	d.learnt()
	more := strings.NewReplacer(`"vaelab/vaelib/say"`, "\"vaelab/vaelib/more\"\n\t\"vaelab/vaelib/say\"", `"WORD"`, `"WORD"+more.More`).Replace(program)
	for i, want := range []bool{true, true, false} { // it is compiled, then linked from the cache, then known
		said, ok, calls := d.build(strings.ReplaceAll(more, "WORD", "x"+strings.Repeat("y", i)))
		if !ok || calls != 0 != want && i != 1 {
			t.Fatalf("build %d: %d calls, %s", i, calls, said)
		}
	}
	if _, ok, calls := d.build(word("only say")); !ok || calls != 0 {
		t.Errorf("what was known is asked for again: %d calls", calls)
	}
	if printed := d.run(); !strings.Contains(printed, "only say") {
		t.Errorf("it prints %q", printed)
	}
}

// When a source of the clone changes, the go command builds, and from then on there is another recipe.
func TestAChangedSource(t *testing.T) {
	d := newDesk(t)
	d.learnt()
	d.write(d.clone, "vaelib/say/say.go", "package say\n\nfunc Text(word string) string { return \"changed \" + word }\n")
	for _, learnt := range []bool{false, true} {
		if said, ok, calls := d.build(word("after")); !ok || !learnt && calls == 0 {
			t.Errorf("the go command is called %d times and says %q, %v", calls, said, ok)
		}
		if printed := d.run(); !strings.HasPrefix(printed, "changed after") {
			t.Errorf("it prints %q", printed)
		}
		d.learnt()
	}
}

// Each thing that shapes a program gives another key when it changes.
func TestEachInputCounts(t *testing.T) {
	d := newDesk(t)
	real := filepath.Join(filepath.Dir(d.calls), "behind", "go")
	for _, kv := range d.env {
		name, value, _ := strings.Cut(kv, "=")
		t.Setenv(name, value)
	}
	goRoot := filepath.Join(t.TempDir(), "go")
	d.write(goRoot, "VERSION", "go1.26.5")
	t.Setenv("GOROOT", goRoot)
	before, module, ok := key(real, d.cells)
	if !ok || module != "gonb_0123abcd" {
		t.Fatalf("%q, %q, %v", before, module, ok)
	}
	for name, change := range map[string]func(){
		"Go":                      func() { d.write(goRoot, "VERSION", "go1.26.6") },
		"a source of the clone":   func() { d.write(d.clone, "vaelib/say/say.go", "package say\n") },
		"a new source":            func() { d.write(d.clone, "vaelib/say/new.go", "package say\n") },
		"a file that is built in": func() { d.write(d.clone, "vaelib/say/page.js", "\n") },
		"the clone's modules":     func() { d.write(d.clone, "go.mod", "module vaelab\n\ngo 1.26 // changed\n") },
		"the clone's sums":        func() { d.write(d.clone, "go.sum", "\n") },
		"data sets":               func() { d.write(d.clone, "datasets/more.go", "package datasets\n") },
		"a file's time": func() {
			then := time.Now().Add(-time.Hour)
			if err := os.Chtimes(filepath.Join(d.clone, "vaelib/more/more.go"), then, then); err != nil {
				t.Fatal(err)
			}
		},
		"a file less":        func() { _ = os.Remove(filepath.Join(d.clone, "datasets/datasets.go")) },
		"the cells' modules": func() { d.write(d.cells, "go.mod", "module gonb_0123abcd\n\ngo 1.26.0\n") },
		"the workspace":      func() { d.write(d.cells, "go.work", "go 1.26.0\n\nuse (\n\t.\n\t"+d.clone+"\n)\n") },
		"its sums":           func() { d.write(d.cells, "go.work.sum", "\n") },
		"the cells' sums":    func() { d.write(d.cells, "go.sum", "\n") },
		"flags":              func() { t.Setenv("GOFLAGS", "-ldflags=-s") },
		"a setting of Go":    func() { t.Setenv("GODEBUG", "panicnil=1") },
		"a setting of C":     func() { t.Setenv("CGO_CFLAGS", "-O1") },
		"the C compiler":     func() { t.Setenv("CC", "another") },
	} {
		change()
		after, _, ok := key(real, d.cells)
		if !ok || after == before {
			t.Errorf("%s doesn't count (%v)", name, ok)
		}
		before = after
	}
}

// What comes besides leaves recipes as they are.
func TestWhatDoesNotCount(t *testing.T) {
	d := newDesk(t)
	d.learnt()
	d.write(d.clone, "vaelib/say/say_test.go", "package say\n")
	d.write(d.clone, "vaelib/words/zh/library.po", "changed")
	d.write(d.clone, "vaelib/say/testdata/x.txt", "changed")
	d.write(d.clone, "notebooks/01.ipynb", "{}")
	d.write(d.cells, "gopls_socket", "")
	d.env = append(d.env, "GONB_PIPE=another", "GOMLX_BACKEND=go", "GOCACHE="+t.TempDir(), "GOCACHEPROG=", "GOPATH="+t.TempDir(), "GOPLSCACHE="+t.TempDir()) // a learner's
	if said, ok, calls := d.build(word("after")); !ok || calls != 0 {
		t.Errorf("the go command is called %d times and says %q, %v", calls, said, ok)
	}
}

// What a class's owner has learnt, learners build by. They keep what they learn themselves, with the owner's.
func TestAClassSharesRecipes(t *testing.T) {
	kept := func() *recipe {
		return &recipe{Compile: []string{"compile"}, Link: []string{"link"}, Direct: map[string]string{"a": "/a"}, All: map[string]string{"a": "/a"}}
	}
	placestest.AsOther(t, func(clone string) {
		if err := os.MkdirAll(filepath.Join(clone, ".vaelab", "class"), 0o755); err != nil {
			t.Fatal(err)
		}
		t.Setenv(places.RootEnv, clone)
		t.Setenv("XDG_CACHE_HOME", t.TempDir())
		kept().keep("key")
	}, func(clone string) {
		t.Setenv(places.RootEnv, clone)
		t.Setenv("XDG_CACHE_HOME", t.TempDir())
		if r := recall("key"); r == nil || r.Direct["a"] != "/a" || recall("other") != nil {
			t.Errorf("the owner's recipe is %+v", r)
		}
		more := kept()
		more.Direct, more.All = map[string]string{"b": "/b"}, map[string]string{"b": "/b"}
		more.keep("key")
		if r := recall("key"); r == nil || r.Direct["a"] != "/a" || r.Direct["b"] != "/b" {
			t.Errorf("with the learner's it is %+v", r)
		}
	})
}

// What isn't as usual is the go command's.
func TestTheGoCommandsOwn(t *testing.T) {
	d := newDesk(t)
	d.learnt()
	file := func(name, text string) func(*desk) {
		return func(d *desk) {
			d.write(d.cells, name, text)
			d.t.Cleanup(func() { _ = os.Remove(filepath.Join(d.cells, name)) })
		}
	}
	setting := func(kv string) func(*desk) { return func(d *desk) { d.env = append(d.env, kv) } }
	for _, c := range []struct {
		name    string
		prepare func(*desk)
		source  string
		more    []string
	}{
		{name: "a directive", source: strings.Replace(program, "func main", "//go:noinline\nfunc main", 1)},
		{name: "a second file", prepare: file("other.go", "package main\n")},
		{name: "assembly", prepare: file("empty.s", "")},
		{name: "flags", more: []string{"-v"}},
		{name: "flags for all", prepare: setting("GOFLAGS='-ldflags=-w' -v")},
		{name: "a file of flags", prepare: setting("GOENV=")},
		{name: "no cache", prepare: setting("XDG_CACHE_HOME=")},
		{name: "switched off", prepare: setting(directEnv + "=off")},
		{name: "a file that is gone", prepare: (*desk).lose},
		{name: "another's folder", prepare: (*desk).elsewhere},
		{name: "a module's name", prepare: func(d *desk) { d.write(d.cells, "go.mod", "module mine\n\ngo 1.26\n") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := *d // its settings are the next one's again
			d.t, d.env = t, slices.Clip(d.env)
			d.kernel("gonb_0123abcd")
			if c.prepare != nil {
				c.prepare(&d)
			}
			if c.source == "" {
				c.source = program
			}
			if said, ok, calls := d.build(strings.ReplaceAll(c.source, "WORD", c.name), c.more...); !ok || calls != 1 {
				t.Errorf("the go command is called %d times and says %q, %v", calls, said, ok)
			}
			if printed := d.run(); !strings.HasPrefix(printed, c.name) {
				t.Errorf("it prints %q", printed)
			}
		})
	}
}

// elsewhere lets the cells take a module from a folder of the learner's.
func (d *desk) elsewhere() {
	own := filepath.Join(filepath.Dir(d.cells), "own")
	d.write(own, "go.mod", "module own\n\ngo 1.26\n")
	d.write(own, "own.go", "package own\n")
	d.write(d.cells, "go.work", "go 1.26\n\nuse (\n\t.\n\t"+d.clone+"\n\t"+own+"\n)\n")
}

// lose lets a recipe name a file that is gone from Go's cache.
func (d *desk) lose() {
	d.t.Helper()
	found, err := filepath.Glob(filepath.Join(d.cache, "*", "*.json"))
	if err != nil || len(found) == 0 {
		d.t.Fatalf("%q, %v", found, err)
	}
	for _, path := range found {
		text, err := os.ReadFile(path)
		if err != nil {
			d.t.Fatal(err)
		}
		var r recipe
		if err := json.Unmarshal(text, &r); err != nil {
			d.t.Fatal(err)
		}
		r.All["runtime"] += ".gone"
		if text, err = json.Marshal(r); err == nil {
			err = os.WriteFile(path, text, 0o644)
		}
		if err != nil {
			d.t.Fatal(err)
		}
	}
}

// An error is the go command's own, and a damaged recipe is none.
func TestErrorsAreGosOwn(t *testing.T) {
	d := newDesk(t)
	d.learnt()
	for _, source := range []string{
		strings.Replace(word("x"), "say.Text(", "say.Missing(", 1),
		strings.Replace(word("x"), "func main", "func main() {}\n\nfunc main", 1),
		strings.Replace(word("x"), `"os"`, `"os"`+"\n\t"+`"strings"`, 1),
		"package main\n\nfunc main() {",
		"package main\n",
	} {
		said, ok, _ := d.build(source)
		cmd := exec.Command("go", "build", "-o", filepath.Join(t.TempDir(), "x"))
		cmd.Dir, cmd.Env = d.cells, d.env
		want, err := cmd.CombinedOutput()
		if ok || err == nil || said != string(want) {
			t.Errorf("it says %q, the go command %q", said, want)
		}
	}
	found, err := filepath.Glob(filepath.Join(d.cache, "*", "*.json"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%q, %v", found, err)
	}
	if err := os.WriteFile(found[0], []byte(`{"Compile":["`), 0o644); err != nil {
		t.Fatal(err)
	}
	if said, ok, calls := d.build(word("y")); !ok || calls != 1 {
		t.Errorf("%d calls, %s", calls, said)
	}
	if said, ok, calls := d.build(word("z")); !ok || calls != 0 {
		t.Errorf("afterwards %d calls, %s", calls, said)
	}
}

// A build by the go command leaves no doubt of what the program beside is.
func TestTurnsOfBothWays(t *testing.T) {
	d := newDesk(t)
	d.learnt()
	for range 2 {
		for s, more := range map[string][]string{"directly": nil, "by go": {"-v"}} {
			if said, ok, _ := d.build(word(s), more...); !ok {
				t.Fatal(said)
			}
			if printed := d.run(); !strings.HasPrefix(printed, s) {
				t.Errorf("it prints %q in the place of %s", printed, s)
			}
		}
	}
}

func TestPlainFolder(t *testing.T) {
	for name, want := range map[string]bool{"gonb_x": true, "gonb_x.program": true, "data.csv": true, ".building-1": true,
		"other.go": false, "x.h": false, "default.pgo": false, "vendor": false, "lib.syso": false} {
		folder := t.TempDir()
		for _, name := range []string{"main.go", "go.mod", "go.work", name} {
			if err := os.WriteFile(filepath.Join(folder, name), nil, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got := plainFolder(folder); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestHarmless(t *testing.T) {
	for flags, want := range map[string]bool{
		"": true, "-buildvcs=false -tags=minimal,netgo '-ldflags=-s -w -linkmode=internal'": true, "--trimpath": true, `"-gcflags=all=-N -l"`: true,
		"-race": false, "-tags=x -cover": false, "'-overlay=x y'": false, "-modfile=x": false, "-toolexec=x": false, "-ldflags=-s -w": false,
	} {
		if got := harmless(flags); got != (want && runtime.GOOS != "windows") {
			t.Errorf("%s: %v", flags, got)
		}
	}
}

func TestKnownFolders(t *testing.T) {
	for text, want := range map[string]bool{
		"use .": true, "use (\n\t.\n\t/clone\n)": true, "use \"/clone\"": true, "use ./sub": false, "use (\n\t/clone\n\t/other // why\n)": false,
		"replace vaelab => /clone": true, "replace vaelab => /clone/": true, "replace a => b v1.0.0": true, "replace a => ../b": false,
		"replace (\n\ta v1.0.0 => /b\n)": false, "replace a => \"/b c\"": false, "require a v1.0.0 // x => ./y": true,
	} {
		if got := known(text, "/cells", "/clone"); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestModulesAreJoined(t *testing.T) {
	a := "\"\\x01path\\tp\\nmod\\tp\\t(devel)\\t\\ndep\\ta\\tv1\\th1\\nbuild\\t-x\\n\\xff\""
	b := "\"\\x01path\\tp\\nmod\\tp\\t(devel)\\t\\ndep\\ta\\tv1\\th1\\ndep\\tb\\tv2\\n=>\\t/clone\\t(devel)\\t\\nbuild\\t-x\\n\\xff\""
	if got := joinInfo(a, b); got != b {
		t.Errorf("%s, want %s", got, b)
	}
	if got := joinInfo(b, a); got != b {
		t.Errorf("%s, want %s", got, b)
	}
}

// Few recipes are kept, the newest, and none for long.
func TestSweep(t *testing.T) {
	folder := t.TempDir()
	for i := range 40 {
		path := filepath.Join(folder, string(rune('a'+i)))
		when := time.Now().Add(-time.Duration(i) * 41 * time.Hour)
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, when, when); err != nil {
			t.Fatal(err)
		}
	}
	sweep(folder)
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != min(mostRecipes, int(longUnused/(41*time.Hour))+1) {
		t.Errorf("%d are left, %v", len(left), err)
	}
	if _, err := os.Stat(filepath.Join(folder, "a")); err != nil {
		t.Error("the newest is gone")
	}
}
