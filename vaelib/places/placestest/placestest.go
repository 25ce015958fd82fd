// Package placestest lets a test see files as a user does who doesn't own them.
package placestest

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// nobody is a user without rights, of which no system has another.
const nobody = 65534

const env = "VAELAB_TEST_AS_OTHER"

// AsOther runs the test that calls it, which is no other's part, as another user: first it makes what is to be seen, in a folder that AsOther gives; then the same test
// runs once more, in a process of that user's, and look sees the folder. Where the test isn't root's, the folder is only made
// unwritable.
func AsOther(t *testing.T, make func(dir string), look func(dir string)) {
	t.Helper()
	if dir := os.Getenv(env); dir != "" {
		look(dir)
		return
	}
	top, err := os.MkdirTemp("", "other-") // a test's own folder is closed to others
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(top) })
	dir, home := filepath.Join(top, "seen"), filepath.Join(top, "home")
	if err := errors.Join(os.Chmod(top, 0o755), os.Mkdir(dir, 0o755), os.Mkdir(home, 0o700)); err != nil {
		t.Fatal(err)
	}
	make(dir)
	if os.Getuid() != 0 {
		if err := unwritable(t, dir); err != nil {
			t.Fatal(err)
		}
		look(dir)
		return
	}
	program := filepath.Join(top, "test") // and so is the go command's
	if err := errors.Join(copyOwn(program), os.Chown(home, nobody, nobody)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env+"="+dir, "HOME="+home, "XDG_CACHE_HOME=")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("as another user: %v\n%s", err, said)
	}
}

// unwritable takes the right to write from a folder and all in it, until the test ends.
func unwritable(t *testing.T, dir string) error {
	change := func(more, less os.FileMode) error {
		return filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			return os.Chmod(path, info.Mode().Perm()&^less|more)
		})
	}
	t.Cleanup(func() { _ = change(0o200, 0) })
	return change(0, 0o222)
}

func copyOwn(to string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	from, err := os.Open(self)
	if err != nil {
		return err
	}
	defer from.Close()
	w, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, from)
	return errors.Join(err, w.Close())
}
