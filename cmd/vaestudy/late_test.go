//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// long is a study of one run that takes minutes.
const long = `{"name": "long", "data": ["fashion-mnist-sample"], "settings": {"hidden": 16, "batch": 100, "epochs": EPOCHS, "kl_weight": 3}}`

// signalled sends a signal to a study when its run has so many epochs, and gives what it has said and its exit code.
func signalled(t *testing.T, runs, study string, epochs int, sig os.Signal) (string, int) {
	t.Helper()
	cmd := command(t, runs, "-job", "0/1", study)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ready := filepath.Join(runs, "*", "run.json")
	if epochs > 0 {
		ready = filepath.Join(runs, "*", "state.safetensors")
	}
	for {
		if found, _ := filepath.Glob(ready); len(found) > 0 {
			break
		}
		if cmd.ProcessState != nil {
			t.Fatalf("it has ended: %s", said.String())
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err := cmd.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // its code tells
	return said.String(), cmd.ProcessState.ExitCode()
}

// Slurm says when the time is nearly over: what is finished is kept, and the code says that a job goes on. One that has finished no
// epoch would never get further, and says so.
func TestTheTimeIsUp(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	study, runs := file(t, strings.Replace(long, "EPOCHS", "1000", 1)), t.TempDir()
	if said, code := signalled(t, runs, study, 1, syscall.SIGUSR1); code != exitLate || !strings.Contains(said, "finished epochs are kept") {
		t.Errorf("after an epoch it ends with code %d and\n%s", code, said)
	}
	if said, _ := vaestudy(t, runs, "-table", study); !strings.Contains(said, "1 begun") {
		t.Errorf("the table says\n%s", said)
	}
	study, runs = file(t, strings.NewReplacer("EPOCHS", "1000", `"hidden": 16`, `"hidden": 4000`).Replace(long)), t.TempDir()
	if said, code := signalled(t, runs, study, 0, syscall.SIGUSR1); code != exitFailed || !strings.Contains(said, "before an epoch was") {
		t.Errorf("before an epoch it ends with code %d and\n%s", code, said)
	}
	if said, _ := vaestudy(t, runs, "-table", study); !strings.Contains(said, "1 failed") {
		t.Errorf("the table says\n%s", said)
	}
}

// A job that had to wait for others all its time goes back, too: they get further. One that has begun a run and gained nothing doesn't.
func TestWhatAJobHasDone(t *testing.T) {
	s := &study{}
	if s.further() {
		t.Error("a job that hasn't come to a run gets further")
	}
	for _, c := range []struct {
		run     int
		did     progress
		further bool
	}{{0, begun, false}, {0, waits, true}, {1, begun, false}, {1, gained, true}, {1, begun, true}, {2, begun, true}} {
		if s.note(c.run, c.did); s.further() != c.further {
			t.Errorf("after %+v: %v", c, s.did)
		}
	}
}

// Ctrl-C and a job that is cancelled end it with another code, and nothing is noted as a failure.
func TestStopped(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	study, runs := file(t, strings.Replace(long, "EPOCHS", "1000", 1)), t.TempDir()
	if said, code := signalled(t, runs, study, 1, syscall.SIGTERM); code != exitInterrupted || !strings.Contains(said, "finished epochs are kept") {
		t.Errorf("it ends with code %d and\n%s", code, said)
	}
	if said, _ := vaestudy(t, runs, "-table", study); !strings.Contains(said, "1 begun") {
		t.Errorf("the table says\n%s", said)
	}
}

// A full disk stops the study, since each run would fail on it, and says that it is full. What is there stays.
func TestAFullDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	runs := t.TempDir()
	if err := exec.Command("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", runs).Run(); err != nil {
		t.Skip("only who may mount a small disk can try this: ", err)
	}
	defer exec.Command("umount", runs).Run()
	said, code := vaestudy(t, runs, file(t, small))
	says(t, said, "the disk that keeps the runs is full")
	if code != 1 || strings.Count(said, "no space left") < 1 {
		t.Errorf("it ends with code %d and\n%s", code, said)
	}
}

// The script is one that a shell can read, whatever folders are called.
func TestTheScript(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "it's a \"dir\" #1 of 100%A")
	s := &study{}
	s.Name = "x"
	text := s.script(array{filepath.Join(dir, "prog"), filepath.Join(dir, "s.json"), dir, dir, "xla", true, 3, []string{"--time=1"}},
		[]string{"VAELAB_LANG=it's", "HOME=/x", "GOMLX_BACKEND=xla:a b", "VAELAB_RUNS=/other", "PJRT_PLUGIN_LIBRARY_PATH=/p"})
	if logs := strings.ReplaceAll(strings.ReplaceAll(dir, `"`, `\"`), "%", "%%"); !strings.Contains(text, `#SBATCH --output="`+logs+`/%A_%a.txt"`+"\n") {
		t.Errorf("the logs aren't in %s:\n%s", dir, text)
	}
	check := exec.Command("sh", "-n")
	check.Stdin = strings.NewReader(text)
	if out, err := check.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s\n%s", err, out, text)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	stub := "#!/bin/sh\nprintf '%s\\n' \"$@\" \"$VAELAB_LANG\" \"$GOMLX_BACKEND\" \"$VAELAB_RUNS\" \"$HOME\" \"$PJRT_PLUGIN_LIBRARY_PATH\" > \"$(dirname \"$0\")/args\"\nexit 3\n"
	if err := os.WriteFile(filepath.Join(dir, "prog"), []byte(stub), 0o755); err != nil {
		t.Fatal(err)
	}
	sh := exec.Command("sh", "-s")
	sh.Stdin, sh.Env = strings.NewReader(text), append(os.Environ(), "SLURM_ARRAY_TASK_ID=2", "HOME=/mine")
	_ = sh.Run() // its code tells
	got, err := os.ReadFile(filepath.Join(dir, "args"))
	want := strings.Join([]string{"-backend", "xla", "-again", "-job", "2/3", filepath.Join(dir, "s.json"), "it's", "xla:a b", dir, "/mine", "/p", ""}, "\n")
	if err != nil || string(got) != want || sh.ProcessState.ExitCode() != 3 {
		t.Errorf("code %d, %v:\n%s, want\n%s", sh.ProcessState.ExitCode(), err, got, want)
	}
}
