package classbench

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Size is an amount of memory in bytes, as a flag: 4G, 512M.
type Size int64

var units = []struct {
	sign  string
	bytes Size
}{{"G", 1 << 30}, {"M", 1 << 20}, {"K", 1 << 10}}

// Set implements flag.Value.
func (s *Size) Set(text string) error {
	for _, u := range units {
		number, ok := strings.CutSuffix(text, u.sign)
		n, err := strconv.ParseFloat(number, 64)
		if bytes := n * float64(u.bytes); ok && err == nil && bytes >= 1 && bytes < 1<<60 {
			*s = Size(bytes)
			return nil
		}
	}
	return errors.New("give an amount such as 4G or 512M")
}

// String implements flag.Value.
func (s *Size) String() string {
	if *s == 0 {
		return ""
	}
	for _, u := range units {
		if *s >= u.bytes {
			return strconv.FormatFloat(float64(*s)/float64(u.bytes), 'f', -1, 64) + u.sign
		}
	}
	return strconv.Itoa(int(*s))
}

// Scope is the command that runs another within a limit that systemd keeps, without swap; nil where systemd doesn't run.
func Scope(system fs.FS, limit Size, root bool, command ...string) []string {
	if _, err := fs.Stat(system, "run/systemd/system"); err != nil {
		return nil
	}
	scope := []string{"systemd-run", "--scope", "--quiet", "--collect", "-p", fmt.Sprintf("MemoryMax=%d", limit), "-p", "MemorySwapMax=0"}
	if !root {
		scope = append(scope, "--user")
	}
	return append(append(scope, "--"), command...)
}

// Enter puts this program, and with it all that it starts, into a cgroup that its owner has made for it, and sets the limit
// there. It makes none itself: a cgroup's folders belong to whoever manages them.
func Enter(cgroup string, limit Size) error {
	set, unset := [][2]string{{"memory.max", fmt.Sprint(int64(limit))}, {"memory.swap.max", "0"}}, "memory.max"
	if _, err := os.Stat(filepath.Join(cgroup, "memory.limit_in_bytes")); err == nil { // the first version of cgroups
		// The second is of memory and swap together, and never below the first.
		set, unset = [][2]string{{"memory.limit_in_bytes", fmt.Sprint(int64(limit))}, {"memory.memsw.limit_in_bytes", fmt.Sprint(int64(limit))}}, "memory.limit_in_bytes"
	}
	for _, s := range set {
		err := write(filepath.Join(cgroup, s[0]), s[1])
		if errors.Is(err, fs.ErrNotExist) && s[0] != unset { // a system that doesn't count swap
			continue
		}
		if err != nil {
			return fmt.Errorf("the cgroup %s takes no limit of memory: %w", cgroup, err)
		}
	}
	if err := write(filepath.Join(cgroup, "cgroup.procs"), strconv.Itoa(os.Getpid())); err != nil {
		return fmt.Errorf("this program can't go into the cgroup %s: %w", cgroup, err)
	}
	return nil
}

// write writes into a file that is there.
func write(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}
