//go:build unix

package training

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"vaelab/vaelib/backend"
	"vaelab/vaelib/internal/testbackend"
)

// A trainer that stands still and holds the lock, as a machine that has vanished, is not waited for; when it comes back, behind, it takes
// over what has been trained, and the run is as if nothing had happened.
func TestATrainerThatVanishesAndComesBack(t *testing.T) {
	testbackend.Each(t, func(t *testing.T, b *backend.Backend) {
		want := uninterrupted(t, b)
		j := job(t)
		other, input := startChild(t, b, j.Root)
		if err := other.Process.Signal(syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		found, err := filepath.Glob(filepath.Join(j.Root, "*"))
		if err != nil || len(found) != 1 {
			t.Fatal(found, err)
		}
		// It says that it gives signs more often than it does, so that the test needn't wait a minute.
		if err := os.WriteFile(filepath.Join(found[0], "trainer.json"), []byte(`{"host": "vanished", "seconds": 0.01}`), 0o644); err != nil {
			t.Fatal(err)
		}
		got := train(t, b, j)
		identical(t, got.State, want.State)
		kept, err := os.Stat(filepath.Join(got.Dir, "state.safetensors"))
		if err != nil {
			t.Fatal(err)
		}
		if err := other.Process.Signal(syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
		if err := input.Close(); err != nil {
			t.Fatal(err)
		}
		if err := other.Wait(); err != nil {
			t.Fatalf("the one that came back: %v", err)
		}
		after, there, err := Find(b, j)
		if err != nil || !there {
			t.Fatal(there, err)
		}
		identical(t, after.State, want.State)
		if still, err := os.Stat(filepath.Join(got.Dir, "state.safetensors")); err != nil || !os.SameFile(kept, still) {
			t.Errorf("what was finished has been written over by one that was behind: %v", err)
		}
	})
}
