package places_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/vaelib/places"
	"vaelab/vaelib/places/placestest"
)

// clone makes a folder that looks like the course's clone, with others in it.
func clone(t *testing.T, name string) string {
	t.Helper()
	base, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(base, name)
	if err := os.MkdirAll(filepath.Join(root, "notebooks", "deep"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(root, "go.mod"), "module vaelab // the course\n")
	return root
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// alone takes all that names a place out of the environment, and gives the user's cache.
func alone(t *testing.T) (cache string) {
	t.Helper()
	t.Setenv(places.RootEnv, "")
	t.Setenv(places.RunsEnv, "")
	cache = t.TempDir()
	for _, key := range []string{"XDG_CACHE_HOME", "HOME", "LocalAppData"} {
		t.Setenv(key, cache)
	}
	return cache
}

func TestRuns(t *testing.T) {
	a, b := clone(t, "a"), clone(t, "b[1]")
	elsewhere := t.TempDir()
	cache := alone(t)
	for _, c := range []struct{ dir, root, runs, want string }{
		{filepath.Join(a, "notebooks", "deep"), "", "", filepath.Join(a, ".vaelab", "runs")},
		{elsewhere, a, "", filepath.Join(a, ".vaelab", "runs")},                            // the lab's kernel, a notebook anywhere
		{filepath.Join(b, "notebooks"), a, "", filepath.Join(a, ".vaelab", "runs")},        // a's code runs, so a's runs are meant
		{filepath.Join(b, "notebooks"), "", "", filepath.Join(b, ".vaelab", "runs")},       // and without the lab's kernel, b's
		{filepath.Join(a, "notebooks"), "", elsewhere, elsewhere},                          // a wish of the user's
		{filepath.Join(a, "notebooks"), b, "sub", filepath.Join(a, "notebooks", "sub")},    // from where one works
		{filepath.Join(a, "notebooks"), filepath.Join(a, "nowhere"), elsewhere, elsewhere}, // the clone isn't asked for
	} {
		t.Chdir(c.dir)
		t.Setenv(places.RootEnv, c.root)
		t.Setenv(places.RunsEnv, c.runs)
		if got, err := places.Runs(); err != nil || got != c.want {
			t.Errorf("in %s with %s=%q and %s=%q: %s, %v; want %s", c.dir, places.RootEnv, c.root, places.RunsEnv, c.runs, got, err, c.want)
		}
	}
	t.Chdir(elsewhere)
	t.Setenv(places.RootEnv, "")
	t.Setenv(places.RunsEnv, "")
	if got, err := places.Runs(); err != nil || !strings.HasPrefix(got, cache) {
		t.Errorf("a program without a clone: %s, %v; want a folder in %s", got, err, cache)
	}
}

// A variable that names no clone is not passed over: what was trained there would seem to be gone.
func TestRootThatIsNoClone(t *testing.T) {
	alone(t)
	t.Chdir(clone(t, "a"))
	for _, root := range []string{filepath.Join(t.TempDir(), "gone"), t.TempDir()} {
		t.Setenv(places.RootEnv, root)
		for name, ask := range map[string]func() (string, error){"Clone": places.Clone, "Runs": places.Runs, "Plugin": places.Plugin} {
			if _, err := ask(); err == nil || errors.Is(err, places.ErrNoClone) || !strings.Contains(err.Error(), places.RootEnv) {
				t.Errorf("%s with %s=%s: error %v", name, places.RootEnv, root, err)
			}
		}
	}
}

func TestAround(t *testing.T) {
	root := clone(t, "a")
	write(t, filepath.Join(root, "cmd", "tools", "go.mod"), "module vaelab/cmd/tools\n")
	other := filepath.Join(t.TempDir(), "other")
	write(t, filepath.Join(other, "go.mod"), "module vaelabs\n")
	quoted := clone(t, "quoted")
	write(t, filepath.Join(quoted, "go.mod"), "// ours\nmodule \"vaelab\"\n")
	linked := filepath.Join(t.TempDir(), "course")
	if err := os.Symlink(filepath.Join(root, "notebooks"), linked); err != nil {
		t.Fatal(err)
	}
	for dir, want := range map[string]string{
		root: root, filepath.Join(linked, "deep"): root, filepath.Join(root, "notebooks", "deep"): root, filepath.Join(root, "cmd", "tools"): root, quoted: quoted, other: "",
	} {
		got, err := places.Around(dir)
		if got != want || errors.Is(err, places.ErrNoClone) != (want == "") {
			t.Errorf("around %s: %q, %v; want %q", dir, got, err, want)
		}
	}
}

func TestPlugin(t *testing.T) {
	root := clone(t, "vae[lab]*")
	alone(t)
	t.Chdir(t.TempDir())
	t.Setenv(places.RootEnv, root)
	if path, err := places.Plugin(); err != nil || path != "" {
		t.Errorf("there is no plugin, and %q is found, %v", path, err)
	}
	want := filepath.Join(root, ".vaelab", "xla", "plugin.so")
	write(t, want, "")
	if path, err := places.Plugin(); err != nil || path != want {
		t.Errorf("the plugin is %q, %v; want %q", path, err, want)
	}
}

// A program of one's own, anywhere, that has the clone in its go.mod finds the clone.
func TestBuiltFromAClone(t *testing.T) {
	root, err := places.Clone()
	if err != nil {
		t.Fatal(err)
	}
	env := append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "GOPROXY=off")
	alone(t)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), fmt.Sprintf("module own\n\ngo 1.26\n\nrequire vaelab v0.0.0\n\nreplace vaelab => %s\n", root))
	write(t, filepath.Join(dir, "main.go"), "package main\n\nimport (\n\t\"fmt\"\n\n\t\"vaelab/vaelib/places\"\n)\n\nfunc main() { fmt.Println(places.Clone()) }\n")
	cmd := exec.Command("go", "build", "-o", filepath.Join(dir, "own"), ".")
	cmd.Dir, cmd.Env = dir, env // with the caches of Go's where they are
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	run := exec.Command(filepath.Join(dir, "own"))
	run.Dir = dir
	out, err := run.CombinedOutput()
	if got := strings.TrimSpace(string(out)); err != nil || got != root+" <nil>" {
		t.Errorf("it says %s, %v; want %s", got, err, root)
	}
}

// In a class's clone a learner's things are in a folder of his own, and the owner's runs are found beside them.
func TestClassClone(t *testing.T) {
	placestest.AsOther(t, func(dir string) {
		write(t, filepath.Join(dir, "go.mod"), "module vaelab\n")
		write(t, filepath.Join(dir, ".vaelab", "xla", "plugin.so"), "")
	}, func(root string) {
		cache := alone(t) // in the other's own folder for temporary files
		t.Setenv(places.OwnEnv, "")
		t.Setenv(places.RootEnv, root)
		mine := filepath.Join(cache, "vaelab")
		if dir, err := places.Own(root); err != nil || dir != mine || places.Writable(root) {
			t.Errorf("the learner's folder is %s, %v; want %s", dir, err, mine)
		}
		runs, err := places.Runs()
		if err != nil || runs != filepath.Join(mine, "runs") {
			t.Errorf("his runs are in %s, %v", runs, err)
		}
		if class := places.Shared(runs); class != filepath.Join(root, ".vaelab", "runs") {
			t.Errorf("the class's runs are in %q", class)
		}
		if class := places.Shared(t.TempDir()); class != "" {
			t.Errorf("beside another folder there is %q", class)
		}
		if plugin, err := places.Plugin(); err != nil || plugin != filepath.Join(root, ".vaelab", "xla", "plugin.so") {
			t.Errorf("the plugin is %q, %v", plugin, err)
		}
		named := t.TempDir()
		t.Setenv(places.OwnEnv, named)
		if runs, err = places.Runs(); err != nil || runs != filepath.Join(named, "runs") || places.Shared(runs) == "" {
			t.Errorf("in a folder that is named his runs are in %s, %v", runs, err)
		}
		t.Setenv(places.RunsEnv, named)
		if places.Shared(named) != "" {
			t.Error("beside a folder of runs that is named there are others")
		}
	})
	if os.Getuid() == 0 && os.Getenv(places.OwnEnv) == "" { // and whoever owns it keeps his in it
		root := clone(t, "a")
		if dir, err := places.Own(root); err != nil || dir != filepath.Join(root, ".vaelab") {
			t.Errorf("the owner's folder is %s, %v", dir, err)
		}
	}
}
