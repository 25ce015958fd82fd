package main

import (
	"os"
	"syscall"

	"vaelab/vaelib/words"
)

// isOurs refuses a folder that another could have made or can write: what is compiled in it will be run.
func isOurs(dir string, user int) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok || !info.IsDir() || int(stat.Uid) != user || info.Mode().Perm()&0o077 != 0 {
		return words.Errorf("%s is another's", dir)
	}
	return nil
}
