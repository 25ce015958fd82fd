package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestMain lets the test's own program be cellgo where it is called by the name go.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == "go" {
		main()
		return
	}
	if folder := os.Getenv("KEEP_TURN"); folder != "" {
		giveBack, _ := takeTurn(folder, time.Hour)
		defer giveBack()
		os.Stdout.WriteString("kept")
		time.Sleep(time.Hour) // until it is killed
	}
	os.Exit(m.Run())
}

// A go command for tests: it notes how it is called, and its build fails until go get has made the file got.
const standIn = `#!/bin/sh
echo "$@" >> "$CALLS"
case "$1" in
build|test) if [ "$NEEDS" ] && ! [ -e got ]; then echo "no required module"; exit 1; fi; echo built;;
get) if [ "$NEEDS" = nowhere ]; then echo "no such module" >&2; exit 3; fi; touch got; echo got it >&2;;
*) cat; exit 7;;
esac
`

// inFront gives a folder with cellgo, by the name go. A link would not do: cellgo takes the folder of its own file from PATH.
func inFront(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	front := t.TempDir()
	if err := os.WriteFile(filepath.Join(front, "go"), text, 0o755); err != nil {
		t.Fatal(err)
	}
	return front
}

// call runs cellgo in a folder and gives what it said, its exit code and the calls that reached the go command.
func call(t *testing.T, cells, dir, needs string, args ...string) (said string, exit int, calls []string) {
	t.Helper()
	front, behind := inFront(t), t.TempDir()
	if err := os.WriteFile(filepath.Join(behind, "go"), []byte(standIn), 0o755); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(behind, "calls")
	cmd := exec.Command(filepath.Join(front, "go"), args...)
	cmd.Dir, cmd.Stdin = dir, strings.NewReader("from the input")
	cmd.Env = append(os.Environ(), "PATH="+front+":"+behind+":/usr/bin:/bin", "GONB_TMP_DIR="+cells, "CALLS="+log, "NEEDS="+needs)
	out, _ := cmd.CombinedOutput()
	noted, err := os.ReadFile(log)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(noted)) {
		calls = append(calls, strings.TrimSpace(line))
	}
	return string(out), cmd.ProcessState.ExitCode(), calls
}

func TestCellGo(t *testing.T) {
	for _, c := range []struct {
		name, needs, args string
		elsewhere         bool
		said              string
		exit              int
		calls             string
	}{
		{name: "go get waits", args: "get"},
		{name: "so does a test's", args: "get -t"},
		{name: "a module asked for comes at once", args: "get example.com/x@v1.0.0", said: "got it\n", calls: "get example.com/x@v1.0.0"},
		{name: "a build with all there", args: "build -o p", said: "built\n", calls: "build -o p.program"},
		{name: "a build that lacks a module", needs: "one", args: "build -o p", said: "built\n", calls: "build -o p.program|get|build -o p.program"},
		{name: "a test that lacks a module", needs: "one", args: "test -c -o p", said: "built\n", calls: "test -c -o p.program|get -t|test -c -o p.program"},
		{name: "a module that nobody has", needs: "nowhere", args: "build -o p", said: "no such module\n", exit: 3, calls: "build -o p.program|get"},
		{name: "anything else", args: "run .", said: "from the input", exit: 7, calls: "run ."},
		{name: "go get in another folder", args: "get", elsewhere: true, said: "got it\n", calls: "get"},
		{name: "a build in another folder", needs: "one", args: "build -o p", elsewhere: true, said: "no required module\n", exit: 1, calls: "build -o p"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cells := t.TempDir()
			dir := cells
			if c.elsewhere {
				dir = t.TempDir()
			}
			said, exit, calls := call(t, cells, dir, c.needs, strings.Fields(c.args)...)
			if got := strings.Join(calls, "|"); said != c.said || exit != c.exit || got != c.calls {
				t.Errorf("it says %q, ends with %d and calls %q; want %q, %d, %q", said, exit, got, c.said, c.exit, c.calls)
			}
		})
	}
}

// Outside a kernel there is no folder of cells.
func TestWithoutAKernel(t *testing.T) {
	said, exit, calls := call(t, "", t.TempDir(), "", "get")
	if said != "got it\n" || exit != 0 || len(calls) != 1 {
		t.Errorf("it says %q, ends with %d and calls %q", said, exit, calls)
	}
}

// Without a go command there is nothing to stand before, and no loop.
func TestWithoutGo(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	front := t.TempDir()
	if err := os.Symlink(self, filepath.Join(front, "go")); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(filepath.Join(front, "go"), "version")
	cmd.Env = []string{"PATH=" + filepath.Dir(self)}
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "error: ") {
		t.Errorf("it says %q, %v", out, err)
	}
}

// A cell's program is built behind a script, through which it reads an empty input though the kernel's stays open. Where tie
// stands beside, the script lets tie run it.
func TestCellsArePutBehindAScript(t *testing.T) {
	t.Chdir(t.TempDir())
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	beside := filepath.Join(filepath.Dir(self), "tie")
	defer os.Remove(beside)
	program := filepath.Join(must(os.Getwd()), "gonb_x")
	if err := os.WriteFile(program+".program", []byte("#!/bin/sh\necho ran \"$@\"\ncat\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		tied bool
		want string
	}{{false, "ran -flag a b\n"}, {true, "tied ran -flag a b\n"}} {
		if c.tied {
			if runtime.GOOS != "linux" {
				t.Skip("cells are tied on Linux only")
			}
			if err := os.WriteFile(beside, []byte("#!/bin/sh\nprintf 'tied '\nexec \"$@\"\n"), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 { // each cell is built at the same place
			args := []string{"build", "-o", program, "-x"}
			if err := tie(args); err != nil || args[2] != program+".program" {
				t.Fatalf("%q, %v", args, err)
			}
		}
		cmd := exec.Command(program, "-flag", "a b")
		open, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if out, err := cmd.Output(); err != nil || string(out) != c.want {
			t.Errorf("%q, %v; want %q", out, err, c.want)
		}
		open.Close()
	}
	elsewhere := []string{"build", "-o", filepath.Join(t.TempDir(), "module.wasm")}
	if err := tie(elsewhere); err != nil || !strings.HasSuffix(elsewhere[2], "module.wasm") {
		t.Errorf("%q, %v", elsewhere, err)
	}
}

func must(dir string, err error) string {
	if err != nil {
		panic(err)
	}
	return dir
}

// Two that only find each other are an error, and no loop.
func TestInACircle(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	one, other := t.TempDir(), t.TempDir()
	for _, dir := range []string{one, other} {
		if err := os.WriteFile(filepath.Join(dir, "go"), text, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	script := filepath.Join(t.TempDir(), "go") // it puts both back, as a shell's start-up file may
	if err := os.WriteFile(script, []byte("#!/bin/sh\nPATH='"+one+":"+filepath.Dir(script)+"' exec go \"$@\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(filepath.Join(one, "go"), "version")
	cmd.Env = []string{"PATH=" + one + ":" + filepath.Dir(script)}
	if out, err := cmd.CombinedOutput(); err == nil || !strings.Contains(string(out), "no go command on PATH") {
		t.Errorf("it says %q, %v", out, err)
	}
}

// A workspace in a folder above the cells' doesn't name them: what the kernel does when it starts must work all the same.
func TestAWorkspaceAbove(t *testing.T) {
	front, above := inFront(t), t.TempDir()
	cells := filepath.Join(above, "cells")
	for name, text := range map[string]string{"go.work": "go 1.26\n\nuse ./other\n", "other/go.mod": "module other\n", "cells/main.go": "package main\n\nfunc main() {}\n"} {
		if err := os.MkdirAll(filepath.Join(above, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(above, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range []string{"mod init cells", "work init", "work use .", "build -o p"} {
		cmd := exec.CommandContext(t.Context(), filepath.Join(front, "go"), strings.Fields(args)...)
		cmd.Dir = cells
		cmd.Env = append(os.Environ(), "PATH="+front+":"+os.Getenv("PATH"), "GONB_TMP_DIR="+cells, "GOWORK=auto", "GOFLAGS=")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("go %s: %v: %s", args, err, out)
		}
	}
	if text, err := os.ReadFile(filepath.Join(cells, "go.work")); err != nil || !strings.Contains(string(text), "use .") {
		t.Errorf("the workspace is %q, %v", text, err)
	}
}
