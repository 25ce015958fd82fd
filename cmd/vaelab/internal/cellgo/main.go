// Command cellgo stands before the go command on the kernel's PATH, and spares a cell what the go command does for it and what
// changes nothing.
//
// For every cell GoNB runs go get and then go build, though hardly any cell imports a module that isn't there yet. Here
// go get waits: it is run only where the build fails, and then the build once more. What comes out is the same, and
// so are the errors; a cell that builds takes some 0.05 s less. What is built is tied to the kernel.
//
// Of a build, the go command itself takes nearly half: it loads some 260 packages and works out that none has changed. So what it runs for a
// cell is kept as a recipe (learn.go), under a key of all that shapes it (key.go), and the next cells are compiled and linked by
// that (direct.go), as long as they are made as usual (cell.go). Whatever fails there is done again by the go command, so
// that errors are its own. Where many share a machine, builds take turns (turn.go). VAELAB_DIRECT=off leaves all to it. Everything else goes to the go command as it is.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
)

func main() {
	asTool()
	program, err := next()
	if err != nil {
		fail(err)
	}
	args := os.Args[1:]
	if inCell() {
		if err := ownWorkspace(args); err != nil {
			fail(err)
		}
		switch {
		case slices.Equal(args, []string{"get"}), slices.Equal(args, []string{"get", "-t"}):
			return // until a build fails
		case len(args) > 0 && (args[0] == "build" || args[0] == "test") && slices.Contains(args, "-o"):
			if err := tie(args); err != nil {
				fail(words.Errorf("the cell's program can't be written: %w", err))
			}
			if said, built := build(program, args); built {
				os.Stdout.Write(said)
				return
			}
			get := []string{"get"}
			if args[0] == "test" {
				get = append(get, "-t")
			}
			if said, err := exec.Command(program, get...).CombinedOutput(); err != nil {
				os.Stderr.Write(said)
				if clone := os.Getenv(places.RootEnv); clone != "" && !places.Writable(clone) && bytes.Contains(said, []byte("permission denied")) {
					fmt.Fprintln(os.Stderr, words.Say("The clone %s is another's, and so are its modules: whoever owns it adds one by running a cell that imports it.", clone))
				}
				os.Exit(code(err))
			}
		}
	}
	err = syscall.Exec(program, append([]string{"go"}, args...), os.Environ())
	fail(words.Errorf("%s can't be run: %w", program, err))
}

// build builds a cell's program: by a recipe if there is one, else by the go command, from which a recipe is learnt.
func build(program string, args []string) (said []byte, built bool) {
	c, plain := usual(program, args)
	if plain {
		if c.isBuilt() {
			return nil, true
		}
	}
	giveBack, busy := takeTurn(turns(), longestWait)
	defer giveBack()
	if plain {
		if r := recall(c.key); r.serves(c) && r.build(c, busy) {
			return nil, true
		}
	}
	if at := slices.Index(args, "-o") + 1; at < len(args) {
		_ = os.Remove(args[at] + ofBehind) // the go command's program is another
	}
	var err error
	if plain && recipes() != "" {
		said, err = c.learn(program)
	} else {
		said, err = exec.Command(program, args...).CombinedOutput()
	}
	return said, err == nil
}

// fail ends the call with an error, in the language of the cell's kernel.
func fail(err error) {
	fmt.Fprintln(os.Stderr, words.Say("error: %v", err))
	os.Exit(1)
}

// passedEnv counts, in dots, how many of these programs have handed a call on.
const passedEnv = "VAELAB_CELLGO"

// next takes this program's folder from PATH and gives the go command that comes after it, so that programs which
// that one starts find it too.
func next() (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	here, err := os.Stat(filepath.Dir(self))
	if err != nil {
		return "", err
	}
	path := slices.DeleteFunc(filepath.SplitList(os.Getenv("PATH")), func(dir string) bool {
		at, err := os.Stat(dir)
		return err == nil && os.SameFile(at, here)
	})
	// Another lab's may stand before the real one, but where they only find each other, none is there.
	passed := os.Getenv(passedEnv) + "."
	if len(passed) > 5 {
		return "", words.Errorf("there is no go command on PATH but those that stand before one")
	}
	if err := errors.Join(os.Setenv("PATH", strings.Join(path, string(os.PathListSeparator))), os.Setenv(passedEnv, passed)); err != nil {
		return "", err
	}
	return exec.LookPath("go")
}

// inCell says whether the working directory is the one in which GoNB puts its cells' source.
func inCell() bool {
	cells, err := os.Stat(os.Getenv("GONB_TMP_DIR"))
	if err != nil {
		return false
	}
	at, err := os.Stat(".")
	return err == nil && os.SameFile(cells, at)
}

// ownWorkspace lets the go command see the cells' own workspace, which the kernel makes by go work, and none that happens to
// lie in a folder above: it names no cells, and the kernel would not start.
func ownWorkspace(args []string) error {
	file, err := filepath.Abs("go.work")
	if err != nil {
		return err
	}
	if _, err := os.Stat(file); err != nil && (len(args) == 0 || args[0] != "work") {
		file = "off"
	}
	return os.Setenv("GOWORK", file)
}

// tie builds a cell's program under another name, and puts a script in its place. Through that it reads an empty input, since
// the kernel's is never written to and never ends, and on Linux it is tied to the kernel by the program tie, which stands
// beside this one. Elsewhere tie would stay in between, so there it is left out.
func tie(args []string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	at := slices.Index(args, "-o") + 1
	if at >= len(args) || !inFolder(args[at]) {
		return nil
	}
	through := ""
	tie := filepath.Join(filepath.Dir(self), "tie")
	if _, err := os.Stat(tie); err == nil && runtime.GOOS == "linux" {
		through = "'" + tie + "' "
	}
	script := fmt.Sprintf("#!/bin/sh\nexec %s\"$0%s\" \"$@\" </dev/null\n", through, behind)
	old, err := os.ReadFile(args[at])
	if err != nil || string(old) != script {
		err = os.WriteFile(args[at], []byte(script), 0o755)
	}
	args[at] += behind
	return err
}

// behind is what the name of a cell's program ends with where a script stands before it.
const behind = ".program"

// inFolder says whether a file lies in the working directory.
func inFolder(path string) bool {
	folder, err := os.Stat(filepath.Dir(path))
	if err != nil {
		return false
	}
	at, err := os.Stat(".")
	return err == nil && os.SameFile(folder, at)
}

// code is what a program that failed ended with.
func code(err error) int {
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() > 0 {
		return exit.ExitCode()
	}
	return 1
}
