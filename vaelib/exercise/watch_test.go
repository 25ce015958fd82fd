//go:build unix

package exercise

import (
	"bufio"
	"bytes"
	"encoding/gob"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/janpfeifer/gonb/gonbui/protocol"

	"vaelab/vaelib/places"
)

// watchedCell names the environment variable under which TestAsWatchedCell plays a cell that a kernel starts.
const watchedCell = "EXERCISE_TEST_WATCHED"

// answers are functions that end their program, and some that don't, by what they do.
var answers = map[string]func(){
	"right":                   func() {},
	"logs":                    func() { log.Println("at work") },
	"os.Exit(0)":              func() { os.Exit(0) },
	"os.Exit(3)":              func() { os.Exit(3) },
	"log.Fatal":               func() { log.Fatal("no") },
	"syscall.Exit(0)":         func() { syscall.Exit(0) },
	"killed":                  func() { _ = syscall.Kill(os.Getpid(), syscall.SIGKILL); select {} },
	"replaced":                func() { _ = syscall.Exec("/bin/true", []string{"true"}, nil) },
	"os.Exit in a goroutine":  func() { go os.Exit(0); select {} },
	"without standard output": func() { os.Stdout.Close(); os.Exit(0) },
	"prints, then os.Exit(0)": func() { fmt.Println("✓ KL in one dimension: right?"); os.Exit(0) },
	"without the page":        func() { os.Setenv(protocol.GONB_PIPE_ENV, "/nowhere") },
	"panics":                  func() { panic("no") },
	"goexit":                  runtime.Goexit,
	"calls itself": func() {
		var again func(n int) int
		again = func(n int) int { return 1 + again(n+1) }
		again(0)
	},
	"maps": func() {
		m := map[int]int{}
		for {
			go func() {
				for {
					m[1]++
				}
			}()
		}
	},
}

func TestAsWatchedCell(t *testing.T) {
	how := os.Getenv(watchedCell)
	switch how {
	case "":
		t.Skip("only in a process that another test starts")
	case "ends before main":
	case "hint":
		KLInOneDimension.Hint()
	case "waits":
		fmt.Println("ready")
		time.Sleep(time.Hour)
	default:
		KLInOneDimension.Check(func(mu, sigma float64) float64 {
			answers[how]()
			return solveKLInOneDimension(mu, sigma)
		})
	}
	os.Exit(0) // without the test's own words
}

// kernel plays GoNB for one program with this main part: it makes the pipes, and keeps what is shown.
type kernel struct {
	env []string // of the program

	mu    sync.Mutex
	shown strings.Builder
}

func newKernel(t *testing.T, main string) *kernel {
	t.Helper()
	dir := t.TempDir()
	pipe := func(name string) *os.File {
		path := filepath.Join(dir, name)
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := os.OpenFile(path, os.O_RDWR, 0) // also for writing: so that opening waits for nobody
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { file.Close() })
		return file
	}
	k, from, back := &kernel{}, pipe("from"), pipe("back")
	k.env = append(os.Environ(), protocol.GONB_PIPE_ENV+"="+from.Name(), protocol.GONB_PIPE_BACK_ENV+"="+back.Name(), "GONB_TMP_DIR="+dir)
	main = "package main\n\nfunc main() {\n\t" + main + "\n}\n"
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(main), 0o644); err != nil {
		t.Fatal(err)
	}
	go func() {
		decoder, encoder := gob.NewDecoder(from), gob.NewEncoder(back)
		for {
			var data protocol.DisplayData
			if decoder.Decode(&data) != nil {
				return
			}
			if sync, ok := data.Data[protocol.MIMECommValue].(protocol.CommValue); ok {
				_ = encoder.Encode(&protocol.CommValue{Address: protocol.GonbuiSyncAckAddress, Value: sync.Value})
				continue
			}
			k.mu.Lock()
			fmt.Fprintln(&k.shown, data.Data[protocol.MIMETextPlain])
			k.mu.Unlock()
		}
	}()
	return k
}

// cell is the program of a cell.
func (k *kernel) cell(t *testing.T, how string, env ...string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestAsWatchedCell$")
	cmd.Env = append(append(k.env, watchedCell+"="+how), env...)
	return cmd
}

// Whatever ends the program, a verdict is told or its lack is, and only a right answer that was told so passes.
func TestSilenceIsNoVerdict(t *testing.T) {
	for _, c := range []struct {
		how    string
		code   int // in a learner's own run; -1 for a signal
		says   string
		passes bool // while nbgrader grades
	}{
		{"right", 0, "✓ KL in one dimension: right", true},
		{"logs", 0, "✓ KL in one dimension: right", true},
		{"panics", 0, "stopped by a panic", false},
		{"goexit", 0, "ended its goroutine", false},
		{"os.Exit(0)", 0, "KL in one dimension: no verdict", false},
		{"os.Exit(3)", 3, "no verdict", false},
		{"log.Fatal", 1, "no verdict", false},
		{"syscall.Exit(0)", 0, "no verdict", false},
		{"killed", -1, "no verdict", false},
		{"replaced", 0, "no verdict", false},
		{"os.Exit in a goroutine", 0, "no verdict", false},
		{"without standard output", 0, "no verdict", false},
		{"prints, then os.Exit(0)", 0, "no verdict", false},
		{"without the page", 0, "no verdict", false},
		{"calls itself", 2, "no verdict", false},
		{"maps", 2, "no verdict", false},
		{"ends before main", 0, "before it came to this check", false},
	} {
		for _, grade := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, graded %v", c.how, grade), func(t *testing.T) {
				t.Parallel()
				k, root, env := newKernel(t, "exercise.KLInOneDimension.Check(KL)"), t.TempDir(), ""
				if grade {
					env = "autograde"
				}
				cmd := k.cell(t, c.how, "NBGRADER_EXECUTION="+env, places.RunsEnv+"="+root)
				var out, complaints bytes.Buffer
				cmd.Stdout, cmd.Stderr = &out, &complaints
				err := cmd.Run()
				k.mu.Lock()
				page := out.String() + k.shown.String()
				k.mu.Unlock()
				if said := strings.Count(page, c.says); said != 1 {
					t.Errorf("%q is said %d times: %v\n%s\n%s", c.says, said, err, page, complaints.String())
				}
				code := cmd.ProcessState.ExitCode()
				switch {
				case !grade && code != c.code:
					t.Errorf("code %d, want %d\n%s", code, c.code, page)
				case grade && (code == 0) != c.passes:
					t.Errorf("code %d; it passes: %v", code, c.passes)
				case grade && complaints.Len() > 0:
					t.Errorf("nbgrader would see %q on the standard error", complaints.String())
				case c.how == "logs" && !strings.Contains(out.String()+complaints.String(), "at work"):
					t.Error("what was logged is gone")
				}
				kept, _ := os.ReadFile(filepath.Join(root, "progress.json"))
				if noted := strings.Contains(string(kept), "done"); noted != (!grade && strings.HasPrefix(c.says, "✓")) {
					t.Errorf("the exercise is noted as done: %v", noted)
				}
			})
		}
	}
}

// A program that was only asked for a hint ends without a word from its watcher.
func TestNothingIsMissedThatWasNotToCome(t *testing.T) {
	k := newKernel(t, "exercise.KLInOneDimension.Hint()")
	if out, err := k.cell(t, "hint", places.RunsEnv+"="+t.TempDir()).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v, %q", err, out)
	}
}

// A cell is interrupted by its kernel as if nobody watched it, and ends with its watcher.
func TestSignalsReachAWatchedCell(t *testing.T) {
	for s, told := range map[os.Signal]bool{os.Interrupt: true, syscall.SIGTERM: true, os.Kill: runtime.GOOS == "linux"} {
		if !told {
			continue // only Linux ends it when nobody is left to pass the signal on
		}
		k := newKernel(t, "fmt.Println(1)")
		cmd := k.cell(t, "waits", places.RunsEnv+"="+t.TempDir())
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewReader(out)
		if line, err := lines.ReadString('\n'); err != nil {
			t.Fatal(line, err)
		}
		if err := cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
		rest, err := io.ReadAll(lines) // ends when neither of the two is left
		if err != nil || len(rest) > 0 {
			t.Errorf("%v: then it says %q, %v", s, rest, err)
		}
		_ = cmd.Wait()
		if status := cmd.ProcessState.Sys().(syscall.WaitStatus); !status.Signaled() || status.Signal() != s {
			t.Errorf("%v: it ended with %v", s, cmd.ProcessState)
		}
	}
}
