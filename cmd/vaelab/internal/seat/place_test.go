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
	"vaelab/vaelib/places/placestest"
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

// In a class's clone the caches are the learner's own, and Go's is laid over the class's; so is its owner's.
func TestClassClone(t *testing.T) {
	placestest.AsOther(t, func(root string) {
		for _, name := range []string{".vaelab/class", ".vaelab/kernel"} {
			if err := os.MkdirAll(filepath.Join(root, name), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		t.Setenv("GOCACHE", "/theirs")
		t.Setenv("GOCACHEPROG", "")
		if err := takePlace(root); err != nil {
			t.Fatal(err)
		}
		mustBeOver(t, root, filepath.Join(root, ".vaelab", "owner"))
	}, func(root string) {
		home := t.TempDir()
		t.Setenv("HOME", home)
		t.Setenv("GOCACHE", "/theirs")
		for _, key := range []string{"XDG_CACHE_HOME", "GOPLSCACHE", "VAELAB_CACHE", "GOPATH", "GOCACHEPROG", places.TemporaryEnv} {
			t.Setenv(key, "theirs")
		}
		t.Setenv(places.OwnEnv, "")
		if err := takePlace(root); err != nil {
			t.Fatal(err)
		}
		own := filepath.Join(home, ".cache", "vaelab")
		mustBeOver(t, root, own)
		for _, key := range []string{"XDG_CACHE_HOME", "GOPLSCACHE", "VAELAB_CACHE", "GOPATH", places.OwnEnv} {
			if !strings.HasPrefix(os.Getenv(key), own) {
				t.Errorf("%s is %s", key, os.Getenv(key))
			}
		}
		if why := os.Getenv(places.TemporaryEnv); why != "" {
			t.Errorf("it is told to be temporary: %s", why)
		}
	})
}

// mustBeOver holds that Go's cache is in a folder of one's own, over the class's.
func mustBeOver(t *testing.T, root, own string) {
	t.Helper()
	mine := filepath.Join(own, "compiled")
	if got := os.Getenv("GOCACHE"); got != mine {
		t.Errorf("GOCACHE is %s, want %s", got, mine)
	}
	if got, want := os.Getenv("GOCACHEPROG"), "'"+root+"/.vaelab/kernel/twocaches' '/theirs' '"+mine+"'"; got != want {
		t.Errorf("GOCACHEPROG is %s, want %s", got, want)
	}
}
