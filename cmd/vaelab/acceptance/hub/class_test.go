package hub

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vaelab/cmd/internal/browser"
	"vaelab/cmd/vaelab/internal/labtest"
)

// class is what the recipe makes: a clone that its learners can't write, a hub's folder, and accounts.
type class struct {
	t      *testing.T
	places map[string]string // the recipe's variables
	source string            // the clone that the course comes from
	people []*person
}

// keepEnv names a folder for the class's clone that stays from test to test: setting it up takes minutes, bringing it up to date seconds.
const keepEnv = "VAELAB_CLASS"

// newClass follows the recipe up to the hub's start, word by word, with places and names of the test's own.
func newClass(t *testing.T) *class {
	t.Helper()
	need(t)
	dir, err := os.MkdirTemp("", "vaelab-class-")
	if err == nil {
		err = os.Chmod(dir, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = exec.Command("chmod", "-R", "u+w", dir).Run() // Go's modules can't be written
		os.RemoveAll(dir)
	})
	c := &class{t: t, places: map[string]string{}}
	for _, m := range exported.FindAllStringSubmatch(only(t, "places"), -1) {
		c.places[m[1]] = m[2]
	}
	if got, want := slices.Sorted(maps.Keys(c.places)), []string{"ADDRESS", "COURSE", "HUB", "PATH", "SOURCE", "TEACHER"}; !slices.Equal(got, want) {
		t.Fatalf("the recipe names the places %q, the test knows %q", got, want)
	}
	c.source = source(t, dir)
	c.places["SOURCE"], c.places["COURSE"], c.places["HUB"] = c.pack(), filepath.Join(dir, "course"), filepath.Join(dir, "hub")
	c.places["TEACHER"] = tess
	c.places["ADDRESS"] = fmt.Sprintf("http://127.0.0.1:%d/a/b/", freePort(t))
	for _, program := range []string{"go", "node", "npm"} { // where they are on this machine
		path, err := exec.LookPath(program)
		if err != nil {
			t.Skip(err)
		}
		c.places["PATH"] += ":" + filepath.Dir(path)
	}
	kept := os.Getenv(keepEnv)
	_, err = os.Stat(filepath.Join(kept, ".vaelab", "class"))
	isThere := kept != "" && err == nil
	if kept != "" {
		c.places["COURSE"] = kept
	}
	for _, b := range recipe(t) {
		switch {
		case b.mark == "" && strings.Contains(b.text, "git clone") && isThere:
			c.root("git -C \"$COURSE\" remote set-url origin \"$SOURCE\"; git -C \"$COURSE\" fetch; git -C \"$COURSE\" reset --hard origin/main")
			c.root(only(t, "update"))
		case b.mark == "":
			c.root(b.text)
		case b.mark == "people":
			c.enrol(b.text)
		case b.mark == "course":
			c.root(b.text)
			c.root(b.text) // and once more, as after an update
		}
	}
	return c
}

// pack makes the recipe's one file of the source, and gives its path.
func (c *class) pack() string {
	c.t.Helper()
	c.root("cd '" + c.source + "'\n" + only(c.t, "pack"))
	return filepath.Join(c.source, "vaelab.bundle")
}

// change commits a file to the source, as whoever writes the course does, and packs it anew.
func (c *class) change(file, text string) {
	c.t.Helper()
	if err := os.WriteFile(filepath.Join(c.source, filepath.FromSlash(file)), []byte(text), 0o644); err != nil {
		c.t.Fatal(err)
	}
	c.root("cd '" + c.source + "'\ngit add '" + file + "'\ngit -c user.name=test -c user.email=test@localhost commit --quiet --message change")
	c.pack()
}

// need skips what only root can do, where there are the programs for it.
func need(t *testing.T) {
	t.Helper()
	labtest.Long(t)
	if os.Geteuid() != 0 {
		t.Skip("a hub for several users of the machine is started by root, and this test makes and removes users: run it as root on a machine of its own")
	}
	for _, program := range []string{"useradd", "userdel", "groupadd", "chpasswd", "runuser", "npm", "git", "bash"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(err)
		}
	}
	if _, err := browser.Find(); err != nil {
		t.Skip(err)
	}
}

// source is a repository with the checkout's files as they are now, committed or not.
func source(t *testing.T, dir string) string {
	t.Helper()
	repository := filepath.Join(dir, "source")
	script := `git init --quiet --initial-branch=main "$1"
git ls-files --cached --others --exclude-standard -z | while IFS= read -r -d '' file; do [ -e "$file" ] && printf '%s\0' "$file"; done |
	tar --create --null --files-from=- | tar --extract --directory "$1"
git -C "$1" add --all
git -C "$1" -c user.name=test -c user.email=test@localhost commit --quiet --message "as it is now"`
	cmd := exec.Command("bash", "-euc", script, "bash", repository)
	cmd.Dir = labtest.Layout(t).Root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("the checkout can't be copied: %v\n%s", err, out)
	}
	return repository
}

// env is the environment of the recipe's shell: what the machine's own has of where packages come from, and the recipe's places. Modules
// that this machine has are not downloaded again.
func (c *class) env() []string {
	env := slices.DeleteFunc(os.Environ(), func(kv string) bool {
		key, _, _ := strings.Cut(kv, "=")
		return c.places[key] != "" || strings.HasPrefix(key, "JUPYTER") || strings.HasPrefix(key, "VAELAB") || key == "GOCACHE" || key == "GOMODCACHE"
	})
	if out, err := exec.Command("go", "env", "GOMODCACHE", "GOPROXY").Output(); err == nil {
		lines := strings.Fields(string(out))
		env = append(env, "GOPROXY=file://"+filepath.Join(lines[0], "cache", "download")+","+lines[1])
	}
	for name, value := range c.places {
		env = append(env, name+"="+value)
	}
	return append(env, labtest.Budget())
}

// root runs a block as root, which stops at its first command that fails.
func (c *class) root(text string) {
	c.t.Helper()
	cmd := exec.CommandContext(c.t.Context(), "bash", "-euo", "pipefail", "-c", text)
	cmd.Dir, cmd.Env = "/", c.env()
	out, err := cmd.CombinedOutput()
	if err != nil {
		c.t.Fatalf("%v in\n%s\nwhich says\n%s", err, text, out)
	}
	c.t.Logf("%s%s", text, out)
}
