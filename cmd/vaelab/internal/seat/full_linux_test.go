package main

import (
	"os"
	"strings"
	"syscall"
	"testing"
)

// On a full disk a folder can be made, and not filled.
func TestAFullHome(t *testing.T) {
	full := t.TempDir()
	if err := syscall.Mount("tmpfs", full, "tmpfs", 0, "size=32k"); err != nil {
		t.Skipf("no small disk can be made here: %v", err)
	}
	defer syscall.Unmount(full, syscall.MNT_DETACH)
	temp := t.TempDir()
	dir, why, err := place(func(key string) string { return map[string]string{"HOME": full}[key] }, temp, os.Getuid())
	if err != nil || !strings.HasPrefix(dir, temp) || !strings.Contains(why, "no space left") {
		t.Errorf("%s, %q, %v", dir, why, err)
	}
}
