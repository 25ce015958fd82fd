package command

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/labtest"
)

// Nothing of ours runs after the lab has ended, however it ended: neither kernels nor what they have started.
func TestNothingIsLeft(t *testing.T) {
	if _, err := os.Stat("/proc/self/environ"); err != nil {
		t.Skip("no /proc here")
	}
	made := labtest.Lab(t)
	ends := map[string]func(t *testing.T, l *lab, mark string){
		"Ctrl-C":            func(t *testing.T, l *lab, _ string) { signal(t, l.cmd.Process.Pid, syscall.SIGINT) },
		"SIGTERM":           func(t *testing.T, l *lab, _ string) { signal(t, l.cmd.Process.Pid, syscall.SIGTERM) },
		"SIGHUP":            func(t *testing.T, l *lab, _ string) { signal(t, l.cmd.Process.Pid, syscall.SIGHUP) },
		"killed":            func(t *testing.T, l *lab, _ string) { signal(t, l.cmd.Process.Pid, syscall.SIGKILL) },
		"JupyterLab killed": func(t *testing.T, l *lab, mark string) { signal(t, one(t, mark, "jupyterlab"), syscall.SIGKILL) },
		"a kernel killed, then left": func(t *testing.T, l *lab, mark string) {
			signal(t, one(t, mark, "gonb -kernel"), syscall.SIGKILL)
			for len(marked(mark, "gopls")) > 0 { // ends with its kernel
				time.Sleep(20 * time.Millisecond)
			}
			signal(t, l.cmd.Process.Pid, syscall.SIGINT)
		},
		"from its menu": func(t *testing.T, l *lab, _ string) { l.api(t, "POST", "shutdown", "") },
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			if name != "killed" && name != "a kernel killed, then left" { // the hardest; TestLab leaves with Ctrl-C
				labtest.Long(t)
			}
			mark := fmt.Sprintf("VAELAB_MARK=%d-%s", os.Getpid(), strings.ReplaceAll(name, " ", "-"))
			cmd := labtest.Command(t, "-no-browser", "-port", freePort(t))
			cmd.Env = append(cmd.Env, mark)
			// gopls is built only when somebody opens the lab for longer than this test: a program that waits stands for it.
			front := standIn(t, made.Layout.KernelBin(), made.Layout.Bin())
			cmd.Env = append(cmd.Env, "PATH="+front+string(os.PathListSeparator)+os.Getenv("PATH"))
			l := startLab(t, cmd)
			l.kernel(t)
			for len(marked(mark, "gonb -kernel")) == 0 || len(marked(mark, "gopls")) == 0 {
				time.Sleep(20 * time.Millisecond)
			}
			end(t, l, mark)
			<-l.rest
			_ = cmd.Wait()                  // some ends are failures
			for len(marked(mark, "")) > 0 { // as long as Go lets the test
				time.Sleep(50 * time.Millisecond)
			}
		})
	}
}

// standIn puts a gopls that only waits where the kernel finds it, if there is none yet.
func standIn(t *testing.T, kernelBin, bin string) (front string) {
	t.Helper()
	front = t.TempDir()
	if _, err := os.Stat(filepath.Join(kernelBin, "gopls")); err == nil {
		return front
	}
	script := fmt.Sprintf("#!/bin/sh\nexec '%s' /bin/sh -c 'while :; do sleep 1; done' gopls\n", filepath.Join(kernelBin, "tie"))
	if err := os.WriteFile(filepath.Join(front, "gopls"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	return front
}

func signal(t *testing.T, pid int, s syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(pid, s); err != nil {
		t.Fatal(err)
	}
}

// marked are the running processes that have inherited a mark, and that have a text in their command line: each one's
// number and command.
func marked(mark, text string) (found []string) {
	files, _ := filepath.Glob("/proc/[0-9]*/environ") // the only error is a bad pattern
	for _, f := range files {
		environ, err := os.ReadFile(f)
		if err != nil || !strings.Contains("\x00"+string(environ), "\x00"+mark+"\x00") {
			continue
		}
		line, err := os.ReadFile(filepath.Join(filepath.Dir(f), "cmdline"))
		command := strings.ReplaceAll(string(line), "\x00", " ")
		if err == nil && command != "" && strings.Contains(command, text) {
			found = append(found, filepath.Base(filepath.Dir(f))+" "+command)
		}
	}
	return found
}

// one is the number of the one process with a mark and a text.
func one(t *testing.T, mark, text string) int {
	t.Helper()
	found := marked(mark, text)
	for len(found) != 1 { // one that is just starting another looks like two
		time.Sleep(20 * time.Millisecond)
		found = marked(mark, text)
	}
	number, _, _ := strings.Cut(found[0], " ")
	pid, err := strconv.Atoi(number)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// A kernel that a notebook's execution has started ends with it, also when that is killed, and so does an endless cell.
func TestNothingIsLeftOfAnExecution(t *testing.T) {
	if _, err := os.Stat("/proc/self/environ"); err != nil {
		t.Skip("no /proc here")
	}
	labtest.Lab(t)
	book := filepath.Join(t.TempDir(), "endless.ipynb")
	labtest.Write(t, book, "%%\nfor {\n\ttime.Sleep(time.Second)\n}")
	mark := fmt.Sprintf("VAELAB_MARK=%d-exec", os.Getpid())
	cmd := labtest.Command(t, "exec", book, "-out", t.TempDir())
	cmd.Env = append(cmd.Env, mark)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	for len(marked(mark, ".program")) == 0 {
		select {
		case err := <-ended:
			t.Fatalf("it ended before its cell ran: %v", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
	signal(t, cmd.Process.Pid, syscall.SIGKILL)
	<-ended
	for len(marked(mark, "")) > 0 { // as long as Go lets the test
		time.Sleep(50 * time.Millisecond)
	}
}
