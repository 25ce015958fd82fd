package classbench

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// The first number that a learner's user may have, and the last: above those of people, below those that systems give to services.
const firstUser, lastUser = 60001, 60500

// Users are numbers of users whom this machine doesn't know, so that nothing here is theirs.
func Users(n int) (ids []uint32, err error) {
	for id := uint32(firstUser); id <= lastUser && len(ids) < n; id++ {
		var nobody user.UnknownUserIdError
		if _, err := user.LookupId(strconv.Itoa(int(id))); errors.As(err, &nobody) {
			ids = append(ids, id)
		}
	}
	if len(ids) < n {
		return nil, fmt.Errorf("there are %d free numbers of users from %d to %d, and %d learners: measure with -same", len(ids), firstUser, lastUser, n)
	}
	return ids, nil
}

// become gives the learner's home to a user, who will be the one that works.
func (l *learner) become(id uint32) error {
	l.opt.User = &syscall.Credential{Uid: id, Gid: id}
	l.opt.Env = append(l.opt.Env, fmt.Sprintf("USER=learner%d", id), fmt.Sprintf("LOGNAME=learner%d", id))
	return filepath.WalkDir(l.home, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, int(id), int(id))
	})
}

// Closed are those of some files that a learner who is a user of their own couldn't read.
func Closed(files ...string) ([]string, error) {
	ids, err := Users(1)
	if err != nil {
		return nil, err
	}
	const script = `for file; do test -r "$file" || printf '%s\n' "$file"; done`
	cmd := exec.Command("/bin/sh", append([]string{"-c", script, "sh"}, files...)...)
	cmd.Dir, cmd.SysProcAttr = "/", &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: ids[0], Gid: ids[0]}}
	said, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("it can't be tried what another user may read: %w", err)
	}
	return strings.FieldsFunc(string(said), func(r rune) bool { return r == '\n' }), nil
}
