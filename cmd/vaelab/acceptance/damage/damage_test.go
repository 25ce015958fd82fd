// Package damage kills trainings and damages what they have kept, again and again: nothing may be lost, and no result may
// differ in a single bit.
package damage

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/engine/program"
)

// trainer is the program that trains, and how a test calls it.
type trainer struct {
	path string
	env  []string
	args []string
}

func newTrainer(t *testing.T, args ...string) trainer {
	t.Helper()
	lab := labtest.Lab(t)
	path, err := lab.Build(t.Context(), program.Train, labtest.Teller{})
	if err != nil {
		t.Fatal(err)
	}
	return trainer{path, setup.Environ(lab.TrainerEnv()), args}
}

// in is a training that keeps its run under a folder.
func (tr trainer) in(ctx context.Context, runs string) (cmd *exec.Cmd, stdout, stderr *bytes.Buffer) {
	cmd = exec.CommandContext(ctx, tr.path, append(tr.args, "-json")...)
	cmd.Env = append(tr.env, "VAELAB_RUNS="+runs)
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = stdout, stderr
	return cmd, stdout, stderr
}

// result is what counts of a run: the losses and, by the digest in it, the weights.
type result struct {
	Loss, Reconstruction, KL float64
	Epochs                   int
	Weights                  string
	Dir                      string
}

// finish trains to the end and gives what came of it.
func (tr trainer) finish(t *testing.T, runs string) result {
	t.Helper()
	cmd, stdout, stderr := tr.in(t.Context(), runs)
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s\n%s", err, stdout, stderr)
	}
	lines := bytes.Split(bytes.TrimSpace(stdout.Bytes()), []byte("\n"))
	var told struct {
		Loss           float64 `json:"test_loss"`
		Reconstruction float64 `json:"test_reconstruction"`
		KL             float64 `json:"test_kl"`
		Epochs         int     `json:"epochs"`
		Dir            string  `json:"run_dir"`
	}
	if err := json.Unmarshal(lines[len(lines)-1], &told); err != nil || told.Epochs == 0 {
		t.Fatalf("the last line is %s: %v", lines[len(lines)-1], err)
	}
	return result{told.Loss, told.Reconstruction, told.KL, told.Epochs, weights(t, filepath.Join(told.Dir, "state.safetensors")), told.Dir}
}

// weights are the bytes of a state's arrays: all of the file after its header, which also says how long each epoch took.
func weights(t *testing.T, path string) string {
	t.Helper()
	text := labtest.Read(t, path)
	if len(text) < 8 {
		t.Fatalf("%s has %d bytes", path, len(text))
	}
	size := 0
	for i := range 8 {
		size |= int(text[i]) << (8 * i)
	}
	return text[8+size:]
}

func same(t *testing.T, what string, got, want result) {
	t.Helper()
	got.Dir, want.Dir = "", ""
	if got != want {
		t.Errorf("%s: loss %v after %d epochs, want %v after %d, and the same weights: %v", what, got.Loss, got.Epochs, want.Loss, want.Epochs, got.Weights == want.Weights)
	}
}

// Killed at random moments, at any number of them, a run goes on where it was and ends as one that nobody disturbed.
func TestKilledAtRandomMoments(t *testing.T) {
	labtest.Long(t)
	tr := newTrainer(t, "-epochs", "8", "-hidden", "64", "-seed", "3")
	begin := time.Now()
	want := tr.finish(t, t.TempDir())
	whole := time.Since(begin) // of a training that nobody kills; the first is slow
	rng := rand.New(rand.NewPCG(13, 1))
	for round, kills := 0, 0; kills < 24; round++ {
		runs := t.TempDir()
		for tries := range 4 {
			cmd, _, _ := tr.in(t.Context(), runs)
			begin := time.Now()
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			kill := time.AfterFunc(time.Duration(rng.Float64()*float64(whole)), func() { _ = cmd.Process.Kill() }) // or it has ended
			err := cmd.Wait()
			kill.Stop()
			if err == nil { // it came to its end
				if tries == 0 {
					whole = min(whole, time.Since(begin))
				}
				break
			}
			kills++
		}
		got := tr.finish(t, runs)
		same(t, "after kills", got, want)
		if left, _ := filepath.Glob(filepath.Join(got.Dir, "*.tmp")); len(left) > 0 {
			t.Errorf("round %d leaves %v", round, left)
		}
		t.Logf("round %d: %d kills in all, in trainings of at most %.1f s", round, kills, whole.Seconds())
	}
}

// Each file of a finished run, damaged in each way: asked for again, the run is what it was.
func TestDamagedFilesMendThemselves(t *testing.T) {
	labtest.Long(t)
	tr := newTrainer(t, "-epochs", "3", "-hidden", "16", "-seed", "5")
	runs := t.TempDir()
	want := tr.finish(t, runs)
	whole := t.TempDir()
	if err := os.CopyFS(whole, os.DirFS(want.Dir)); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(want.Dir)
	if err != nil || len(files) < 4 {
		t.Fatalf("the run has %d files, %v", len(files), err)
	}
	rng := rand.New(rand.NewPCG(13, 2))
	for _, file := range files {
		for _, way := range ways(rng) {
			what := file.Name() + " " + way.name
			if err := os.RemoveAll(want.Dir); err != nil {
				t.Fatal(err)
			}
			if err := os.CopyFS(want.Dir, os.DirFS(whole)); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(want.Dir, file.Name())
			text := []byte(labtest.Read(t, path))
			if err := way.harm(path, text); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			same(t, what, tr.finish(t, runs), want)
		}
	}
}

// way is a way to damage a file with some contents.
type way struct {
	name string
	harm func(path string, text []byte) error
}

func ways(rng *rand.Rand) []way {
	write := func(path string, text []byte) error { return os.WriteFile(path, text, 0o644) }
	return []way{
		{"deleted", func(path string, _ []byte) error { return os.Remove(path) }},
		{"empty", func(path string, _ []byte) error { return write(path, nil) }},
		{"cut off", func(path string, text []byte) error { return write(path, text[:len(text)/2]) }},
		{"too long", func(path string, text []byte) error {
			return write(path, append(bytes.Clone(text), "more"...))
		}},
		{"one bit turned", func(path string, text []byte) error {
			text = bytes.Clone(text)
			if len(text) == 0 {
				return nil
			}
			text[rng.IntN(len(text))] ^= 1 << rng.IntN(8)
			return write(path, text)
		}},
		{"zeroes", func(path string, text []byte) error { return write(path, make([]byte, len(text))) }},
		{"words", func(path string, _ []byte) error { return write(path, []byte("{}")) }},
		{"a folder", func(path string, _ []byte) error {
			if err := os.Remove(path); err != nil {
				return err
			}
			return os.MkdirAll(filepath.Join(path, "inside"), 0o755)
		}},
		{"a link to nowhere", func(path string, _ []byte) error {
			if err := os.Remove(path); err != nil {
				return err
			}
			return os.Symlink(filepath.Join(filepath.Dir(path), "nowhere"), path)
		}},
	}
}
