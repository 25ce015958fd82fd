package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"vaelab/vaelib/places"
)

// TestMain lets the test's own program be seat.
func TestMain(m *testing.M) {
	if os.Getenv("SEAT_TEST") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

func TestPlace(t *testing.T) {
	home, temp, user := t.TempDir(), t.TempDir(), os.Getuid()
	file := filepath.Join(home, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	mine := filepath.Join(temp, "vaelab-"+strconv.Itoa(user))
	for _, c := range []struct {
		name, home, named, dir string
		temporary              bool
	}{
		{"a home", home, "", filepath.Join(home, ".cache", "vaelab"), false},
		{"a folder that is named", home, filepath.Join(home, "named"), filepath.Join(home, "named"), false},
		{"no home", "", "", mine, true},
		{"the same once more", "", "", mine, true},
		{"a home that is no path", "home", "", mine, true},
		{"a home that can't be written", file, "", mine, true},
	} {
		env := map[string]string{"HOME": c.home, places.OwnEnv: c.named}
		dir, why, err := place(func(key string) string { return env[key] }, temp, user)
		if err != nil || dir != c.dir || (why != "") != c.temporary {
			t.Errorf("%s: %s, %q, %v; want %s", c.name, dir, why, err, c.dir)
		}
	}
	// What another could have made, or can write, is not taken.
	for name, damage := range map[string]func() error{
		"open to others": func() error { return os.Chmod(mine, 0o777) },
		"a link": func() error {
			return errors.Join(os.RemoveAll(mine), os.Symlink(home, mine))
		},
		"a file": func() error { return errors.Join(os.RemoveAll(mine), os.WriteFile(mine, nil, 0o600)) },
	} {
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		dir, _, err := place(func(string) string { return "" }, temp, user)
		if err != nil || dir == mine || !strings.HasPrefix(dir, temp) || isOurs(dir, user) != nil {
			t.Errorf("%s: %s, %v", name, dir, err)
		}
	}
	if _, _, err := place(func(string) string { return "" }, file, user); err == nil || !strings.Contains(err.Error(), places.OwnEnv) {
		t.Errorf("without any folder: %v", err)
	}
}

// clone is what seat takes for a clone.
func clone(t *testing.T) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "a clone")
	if err := os.MkdirAll(filepath.Join(root, ".vaelab"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "go.mod"), []byte("module vaelab\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	return root
}

// In a clone of one's own nothing is changed; what is run is the program, with its arguments and its exit code.
func TestOwnClone(t *testing.T) {
	root := clone(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "sh", "-c", `echo "$GOCACHE|$GOCACHEPROG|$VAELAB_OWN|$0|$1"; exit 7`, "zero", "a b")
	cmd.Env = append(os.Environ(), "SEAT_TEST=1", places.RootEnv+"="+root, "GOCACHE=/theirs", "GOCACHEPROG=", places.OwnEnv+"=")
	out, err := cmd.Output()
	exit := (*exec.ExitError)(nil)
	if !errors.As(err, &exit) || exit.ExitCode() != 7 || string(out) != "/theirs|||zero|a b\n" {
		t.Errorf("%q, %v", out, err)
	}
}

// In a class's clone the caches are the learner's own, and Go's is laid over the class's.
func TestClassClone(t *testing.T) {
	root, home := clone(t), t.TempDir()
	if err := os.Chmod(filepath.Join(root, ".vaelab"), 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(filepath.Join(root, ".vaelab"), 0o755)
	if places.Writable(root) {
		t.Skip("whoever may write everything has no class's clone: cmd/vaelab/acceptance/class does this with users of the system")
	}
	t.Setenv("HOME", home)
	t.Setenv("GOCACHE", "/theirs")
	t.Setenv(places.OwnEnv, "")
	for _, key := range []string{"XDG_CACHE_HOME", "GOPLSCACHE", "VAELAB_CACHE", "GOPATH", "GOCACHEPROG", places.TemporaryEnv} {
		t.Setenv(key, "theirs")
	}
	if err := takePlace(root); err != nil {
		t.Fatal(err)
	}
	own := filepath.Join(home, ".cache", "vaelab")
	if os.Getenv(places.OwnEnv) != own || os.Getenv("GOCACHE") != filepath.Join(own, "compiled") || os.Getenv(places.TemporaryEnv) != "" {
		t.Errorf("%s, %s, %q", os.Getenv(places.OwnEnv), os.Getenv("GOCACHE"), os.Getenv(places.TemporaryEnv))
	}
	if want := "'" + root + "/.vaelab/kernel/twocaches' '/theirs' '" + own + "/compiled'"; os.Getenv("GOCACHEPROG") != want {
		t.Errorf("GOCACHEPROG is %s, want %s", os.Getenv("GOCACHEPROG"), want)
	}
}
