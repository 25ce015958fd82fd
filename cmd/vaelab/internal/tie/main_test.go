package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain lets the test's own program be tie where it is called by that name.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == "tie" {
		main()
		return
	}
	os.Exit(m.Run())
}

// tie is the path of a program that is tie.
func tie(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "tie")
	if err := os.Symlink(self, path); err != nil {
		t.Fatal(err)
	}
	return path
}

// The program is run as it is: with its arguments, its input and its exit code.
func TestRuns(t *testing.T) {
	cmd := exec.Command(tie(t), "/bin/sh", "-c", `read line; echo "$line $0 $1"; exit 7`, "a b", "c")
	cmd.Stdin = strings.NewReader("typed\n")
	out, _ := cmd.Output()
	if string(out) != "typed a b c\n" || cmd.ProcessState.ExitCode() != 7 {
		t.Errorf("%q, code %d", out, cmd.ProcessState.ExitCode())
	}
	var said bytes.Buffer
	gone := exec.Command(tie(t), "/nowhere/program")
	gone.Stderr = &said
	if err := gone.Run(); err == nil || !strings.Contains(said.String(), "/nowhere/program can't be run") {
		t.Errorf("a program that isn't there: %v, %s", err, said.String())
	}
}

// A tied program ends with its parent, even if that is killed outright.
func TestEndsWithItsParent(t *testing.T) {
	parent := exec.Command("/bin/sh", "-c", `"$0" /bin/sleep 600 & echo $!; wait`, tie(t))
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	text := make([]byte, 32)
	n, err := out.Read(text)
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text[:n])))
	if err != nil {
		t.Fatal(err)
	}
	for command := ""; !strings.Contains(command, "sleep"); time.Sleep(5 * time.Millisecond) { // until tie has become it
		line, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/cmdline")
		if os.IsNotExist(err) {
			t.Skip("no /proc here")
		}
		if command = string(line); strings.HasPrefix(command, "/bin/sleep") {
			break
		}
		command = ""
	}
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait()  // it was killed
	for running(pid) { // as long as Go lets the test
		time.Sleep(5 * time.Millisecond)
	}
}

// running says whether a process is there and no zombie.
func running(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && !strings.Contains(string(stat), ") Z ")
}
