package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/vaelib/store"
)

// Where the runs' backend can't be opened, as on a cluster's first machine without a GPU, they are told of, handed to Slurm and looked
// at all the same.
func TestWithoutTheBackend(t *testing.T) {
	study, runs := trained(t)
	out := t.TempDir()
	for key := range states(t, runs) { // as if another machine had trained them with a GPU
		r, err := store.Open(filepath.Join(runs, key))
		if err != nil {
			t.Fatal(err)
		}
		r.Identity.Backend = "xla:cuda"
		folder := store.NewFolder(runs, r.Identity)
		if err := folder.Lock(t.Context(), r.Identity, nil); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(folder.SaveState(r.State, true), folder.Unlock()); err != nil {
			t.Fatal(err)
		}
	}
	without := func(args ...string) (string, int) {
		cmd := command(t, runs, append([]string{"-backend", "xla:cuda"}, args...)...)
		cmd.Env = append(cmd.Env, "GOMLX_BACKEND=xla:/nowhere/cuda.so", "PATH=")
		out, _ := cmd.CombinedOutput() // its code tells
		return string(out), cmd.ProcessState.ExitCode()
	}
	said, code := without("-table", "-out", out, study)
	says(t, said, "4 runs: 4 done", "looked at with pure Go, because", "Tables of 4 runs are in")
	if n := len(measures(t, out)); code != 0 || n != 4*6 {
		t.Errorf("code %d, %d measures", code, n)
	}
	if said, code := without("-slurm", study); code != 0 || !strings.Contains(said, "nothing left to train") {
		t.Errorf("code %d: %s", code, said)
	}
	for key := range states(t, runs) {
		if strings.Contains(key, "cuda") {
			if err := os.RemoveAll(filepath.Join(runs, key)); err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	script := strings.TrimSuffix(study, ".json") + ".sbatch"
	if err := os.WriteFile(script, []byte("changed"), 0o644); err != nil {
		t.Fatal(err)
	}
	said, _ = without("-slurm", study)
	says(t, said, "there is no sbatch on this machine", "is kept as "+script+".1~")
	if old, err := os.ReadFile(script + ".1~"); string(old) != "changed" {
		t.Errorf("%q, %v", old, err)
	}
}

// What is wrong with one run's folder is that run's trouble: the others are trained, and the table says what it is.
func TestAFolderThatCantBeRead(t *testing.T) {
	study, runs := trained(t)
	for key := range states(t, runs) {
		if err := errors.Join(os.RemoveAll(filepath.Join(runs, key)), os.WriteFile(filepath.Join(runs, key), nil, 0o644)); err != nil {
			t.Fatal(err)
		}
		break
	}
	for _, args := range [][]string{{"-table", study}, {study}} {
		said, code := vaestudy(t, runs, args...)
		says(t, said, "not a directory", "small: 4 runs: 3 done, 1 failed")
		if code != len(args[0])/len(study) { // 0 with -table
			t.Errorf("%q ends with code %d", args, code)
		}
	}
}
