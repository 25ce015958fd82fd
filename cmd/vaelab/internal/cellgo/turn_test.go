package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// turnFiles makes a folder with some turns.
func turnFiles(t *testing.T, names ...string) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o444); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// passes takes a turn and gives it back, and looks whether others had them all.
func passes(t *testing.T, folder string, limit time.Duration, others bool) {
	t.Helper()
	giveBack, busy := takeTurn(folder, limit)
	giveBack()
	if busy != others {
		t.Errorf("others had all turns: %v, want %v", busy, others)
	}
}

// As many build at once as there are turns, and all get one.
func TestTurns(t *testing.T) {
	for _, names := range [][]string{{"0"}, {"0", "1"}} {
		folder := turnFiles(t, names...)
		var now, most atomic.Int32
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				giveBack, _ := takeTurn(folder, time.Hour)
				n := now.Add(1)
				for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
				}
				time.Sleep(20 * time.Millisecond)
				now.Add(-1)
				giveBack()
			})
		}
		all.Wait()
		if got := int(most.Load()); got > len(names) {
			t.Errorf("%d at once with %d turns", got, len(names))
		}
	}
}

// Builds of several kernels don't overlap where there is one turn.
func TestBuildsTakeTurns(t *testing.T) {
	front, behind := inFront(t), t.TempDir()
	if err := os.Rename(turnFiles(t, "0"), filepath.Join(front, "turns")); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(behind, "log")
	slow := "#!/bin/sh\necho begin >> '" + log + "'\nsleep 0.1\necho end >> '" + log + "'\n"
	if err := os.WriteFile(filepath.Join(behind, "go"), []byte(slow), 0o755); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 4 {
		cells := t.TempDir()
		all.Go(func() {
			cmd := exec.CommandContext(t.Context(), filepath.Join(front, "go"), "build", "-o", "p")
			cmd.Dir, cmd.Env = cells, append(os.Environ(), "PATH="+front+":"+behind+":/usr/bin:/bin", "GONB_TMP_DIR="+cells)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	held := time.Now()
	all.Wait()
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if time.Since(held) > longestWait {
		t.Skip("the machine is so busy that builds have gone on without their turns")
	}
	if got := string(text); got != strings.Repeat("begin\nend\n", 4) {
		t.Errorf("the builds are\n%s", got)
	}
}

// Who keeps a turn stops nobody for longer than the limit, and one that died keeps none.
func TestATurnThatIsKept(t *testing.T) {
	folder := turnFiles(t, "0")
	rude, err := os.Open(filepath.Join(folder, "0"))
	if err != nil {
		t.Fatal(err)
	}
	if err := lock(rude, syscall.LOCK_NB); err != nil {
		t.Fatal(err)
	}
	const limit = 50 * time.Millisecond
	begun := time.Now()
	passes(t, folder, limit, true)
	if waited := time.Since(begun); waited < limit {
		t.Errorf("it has waited %v of %v", waited, limit)
	}
	rude.Close()
	passes(t, folder, time.Hour, false) // or Go ends the test
	dead := exec.Command(os.Args[0])
	dead.Env = append(os.Environ(), "KEEP_TURN="+folder)
	out, err := dead.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := dead.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	if err := dead.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = dead.Wait() // it was killed
	passes(t, folder, time.Hour, false)
}

// Without turns nobody waits.
func TestNoTurns(t *testing.T) {
	passes(t, filepath.Join(t.TempDir(), "none"), time.Hour, false)
	passes(t, t.TempDir(), time.Hour, false)
}
