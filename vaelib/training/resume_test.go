package training

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
)

// A test starts this binary again as another process that trains: rootOfChild names the folder for its run, and
// backendOfChild its backend.
const (
	rootOfChild    = "VAELAB_TEST_CHILD_ROOT"
	backendOfChild = "VAELAB_TEST_CHILD_BACKEND"
)

func TestMain(m *testing.M) {
	if root := os.Getenv(rootOfChild); root != "" {
		if err := child(root, os.Getenv(backendOfChild)); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// child trains into the third epoch, says so, and then waits to be killed, or until its input ends.
func child(root, name string) error {
	b, err := backend.Open(name)
	if err != nil {
		return err
	}
	j := Job{Config: tiny.Config(), Data: tiny.Data(44, 13), Root: root}
	var once sync.Once
	j.Observe = func(p run.Progress) {
		if p.Step > 2*stepsOfJob {
			once.Do(func() {
				fmt.Println("in the third epoch")
				_, _ = io.Copy(io.Discard, os.Stdin)
			})
		}
	}
	_, err = Train(context.Background(), b, j)
	return err
}

func TestGoesOnAfterBeingCancelled(t *testing.T) {
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		want := uninterrupted(t, b)
		j := job(t)
		untilEpoch(t, b, j, 3)
		if _, found, err := Find(b, j); found || err != nil {
			t.Errorf("an unfinished run is found: %v, %v", found, err)
		}
		got := train(t, b, j)
		identical(t, got.State, want.State)
		if notes := strings.Join(got.Notes, ";"); !strings.Contains(notes, "after epoch 2") {
			t.Errorf("the notes are %q", notes)
		}
	})
}

// A state that isn't one of the run's network, as another version's may be, is not gone on with, and stays.
func TestAStateOfAnotherNetwork(t *testing.T) {
	b := testbackend.Go(t)
	for want, spoil := range map[string]func(list []run.Array) []run.Array{
		`there is no array "adam/steps"`:                      func(list []run.Array) []run.Array { return list[:len(list)-1] },
		`there is an array "x" in the place of "adam/first/`:  func(list []run.Array) []run.Array { list[len(list)/2-1].Name = "x"; return list },
		`the array "encoder/hidden/weights" has the shape [1`: func(list []run.Array) []run.Array { list[0].Dims = []int{1, len(list[0].Data)}; return list },
	} {
		j := job(t)
		untilEpoch(t, b, j, 2)
		_, id, err := prepare(b, j, store.Describe)
		if err != nil {
			t.Fatal(err)
		}
		folder := store.NewFolder(j.Root, id)
		state, _, _, err := folder.LoadState()
		if err != nil {
			t.Fatal(err)
		}
		state.Arrays = spoil(state.Arrays)
		if err := errors.Join(os.Remove(filepath.Join(folder.Path, "state.safetensors")), folder.SaveState(state, false)); err != nil {
			t.Fatal(err)
		}
		if _, err := Train(t.Context(), b, j); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
		if kept, _, found, err := folder.LoadState(); err != nil || !found || kept.Epochs() != state.Epochs() {
			t.Errorf("of the state is left: %d epochs, %v, %v", kept.Epochs(), found, err)
		}
	}
}

func TestGoesOnAfterAKill(t *testing.T) {
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		want := uninterrupted(t, b)
		j := job(t)
		other, _ := startChild(t, b, j.Root)
		if err := other.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = other.Wait() // it was killed
		got := train(t, b, j)
		identical(t, got.State, want.State)
		if notes := strings.Join(got.Notes, ";"); !strings.Contains(notes, "after epoch 2") {
			t.Errorf("the notes are %q", notes)
		}
	})
}

// startChild returns when the child is in its third epoch. It goes on when its input is closed.
func startChild(t *testing.T, b *backend.Backend, root string) (other *exec.Cmd, input io.Closer) {
	t.Helper()
	other = exec.Command(os.Args[0])
	other.Env = append(os.Environ(), rootOfChild+"="+root, backendOfChild+"="+strings.TrimSuffix(b.Name, "-simd"))
	input, err := other.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Process.Kill() })
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "in the third epoch\n" {
		t.Fatalf("the child says %q, %v", line, err)
	}
	return other, input
}

// While another process trains the run, this one waits; when that one dies, it goes on.
func TestWaitsForAnotherProcess(t *testing.T) {
	b := testbackend.Go(t)
	j := job(t)
	other, _ := startChild(t, b, j.Root)
	observed := 0
	j.Observe = func(p run.Progress) {
		observed++
		if observed == 1 { // told that it waits
			if p.Step != 0 {
				t.Errorf("while it waits it is at step %d", p.Step)
			}
			if err := other.Process.Kill(); err != nil {
				t.Error(err)
			}
			_ = other.Wait()
		}
	}
	got := train(t, b, j)
	identical(t, got.State, uninterrupted(t, b).State)
}

// Two at once: one trains, the other waits and loads what the first has made.
func TestTwoAtOnce(t *testing.T) {
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		j := job(t)
		started, waiting := make(chan bool), make(chan bool)
		first, second := j, j
		calls := 0
		first.Observe = func(p run.Progress) {
			if calls++; calls == 1 {
				close(started)
				<-waiting
			}
		}
		var seen []run.Progress
		second.Observe = func(p run.Progress) {
			if len(seen) == 0 {
				close(waiting)
			}
			seen = append(seen, p)
		}
		result := make(chan run.Run)
		go func() {
			defer close(result)
			r, err := Train(t.Context(), b, first)
			if err != nil {
				t.Error(err)
			}
			result <- r
		}()
		<-started
		loaded := train(t, b, second)
		identical(t, loaded.State, (<-result).State)
		if len(seen) != 2 || seen[0].Step != 0 || !seen[0].Waiting || seen[1].Waiting || !seen[1].Done() || seen[1].Step != seen[1].Steps {
			t.Errorf("the waiting one observes %+v", seen)
		}
	})
}

// A damaged state costs an epoch, not the run: the one before it leads to the same end.
func TestADamagedState(t *testing.T) {
	b := testbackend.Go(t)
	j := job(t)
	want := train(t, b, j)
	file := filepath.Join(want.Dir, "state.safetensors")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, content[:len(content)-100], 0o644); err != nil {
		t.Fatal(err)
	}
	got := train(t, b, j)
	identical(t, got.State, want.State)
	notes := strings.Join(got.Notes, ";")
	if !strings.Contains(notes, "damaged") || !strings.Contains(notes, "after epoch 2") {
		t.Errorf("the notes are %q", notes)
	}
	if again := train(t, b, j); len(again.Notes) > 0 {
		t.Errorf("the mended run still notes %q", again.Notes)
	}
}
