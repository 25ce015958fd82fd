package hub

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// person is a user of the machine.
type person struct {
	name, password string
	uid, gid       int
	home           string
	tab            context.Context // of a browser in which the person has logged in
}

// server is the path of a person's server below the hub's address.
func (p *person) server() string { return "user/" + url.PathEscape(p.name) + "/" }

const (
	ann  = "vaelab-test-ann"
	jörg = "vaelab-test-jörg"
	tess = "vaelab-test-tess" // the teacher
)

// account is a line with a name and a password, as the recipe's block with the people has them.
var account = regexp.MustCompile(`(?m)^([^\s:]+):\S+$`)

// enrol runs the recipe's block with the people, with other names and passwords, and has the accounts and groups that come of it removed in
// the end.
func (c *class) enrol(text string) {
	c.t.Helper()
	for _, group := range []string{"learners", "teachers"} {
		if _, err := user.LookupGroup(group); err != nil {
			c.t.Cleanup(func() { _ = exec.Command("groupdel", group).Run() })
		}
	}
	c.root(account.ReplaceAllStringFunc(text, func(line string) string {
		name := "vaelab-test-" + account.FindStringSubmatch(line)[1]
		if _, err := user.Lookup(name); err == nil {
			c.t.Fatalf("this machine has a user %s: left from a test that was killed? remove it with userdel -r %[1]s", name)
		}
		p := &person{name: name, password: rand.Text()}
		c.people = append(c.people, p)
		c.t.Cleanup(func() { remove(c.t, name) })
		return name + ":" + p.password
	}))
	for _, file := range []string{"learners.txt", "teachers.txt"} {
		if info, err := os.Stat(filepath.Join(c.places["HUB"], file)); err != nil || info.Mode().Perm() != 0o600 {
			c.t.Errorf("others than root may read the passwords: %v, %v", info, err)
		}
	}
}

// remove removes a user of the test's, whose processes have ended with the hub or end now.
func remove(t *testing.T, name string) {
	u, err := user.Lookup(name)
	if err != nil {
		return
	}
	if uid, err := strconv.Atoi(u.Uid); err == nil && uid >= 1000 {
		for _, pid := range processes(uid) {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
	if out, err := exec.Command("userdel", "--remove", "--force", name).CombinedOutput(); err != nil && !strings.Contains(string(out), "mail spool") {
		t.Errorf("the user %s can't be removed: %v: %s", name, err, out)
	}
}

// processes are those of a user.
func processes(uid int) (pids []int) {
	folders, _ := filepath.Glob("/proc/[0-9]*")
	for _, folder := range folders {
		info, err := os.Stat(folder)
		if err != nil || int(info.Sys().(*syscall.Stat_t).Uid) != uid {
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(folder)); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}

// who finds a person, whose account the recipe has made by now.
func (c *class) who(name string) *person {
	c.t.Helper()
	u, err := user.Lookup(name)
	if err != nil {
		c.t.Fatalf("the recipe has made no account: %v", err)
	}
	for _, p := range c.people {
		if p.name == name {
			p.home = u.HomeDir
			p.uid, _ = strconv.Atoi(u.Uid)
			p.gid, _ = strconv.Atoi(u.Gid)
			return p
		}
	}
	c.t.Fatalf("the class has no %s", name)
	return nil
}

// as runs a block in a person's home as that person, in the environment of the person's own server: as in a terminal of the page.
func (p *person) as(t *testing.T, text string) (out string, err error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-c", text)
	cmd.Dir, cmd.Env = p.home, p.terminal(t)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(p.uid), Gid: uint32(p.gid)}}
	said, err := cmd.CombinedOutput()
	return string(said), err
}

// terminal is the environment of a person's server.
func (p *person) terminal(t *testing.T) []string {
	t.Helper()
	for _, pid := range processes(p.uid) {
		line, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
		env, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", pid))
		if err == nil && strings.Contains(string(line), "jupyterhub-singleuser") {
			return strings.Split(strings.TrimRight(string(env), "\x00"), "\x00")
		}
	}
	t.Fatalf("%s has no server", p.name)
	return nil
}

// give gives a folder with all that is in it to a person.
func (p *person) give(folder string) error {
	return filepath.WalkDir(folder, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, p.uid, p.gid)
	})
}
