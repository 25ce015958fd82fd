package training_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
	"vaelab/vaelib/training"
)

// A finished run keeps its weights and no more; one of before, which kept what the optimiser remembers as well, is the same run.
func TestAFinishedRunKeepsItsWeights(t *testing.T) {
	b := testbackend.Go(t)
	c := run.Default()
	c.Hidden, c.Epochs, c.Batch = 8, 2, 16
	job := training.Job{Config: c, Data: tiny.Data(64, 16), Root: t.TempDir()}
	trained, err := training.Train(t.Context(), b, job)
	if err != nil {
		t.Fatal(err)
	}
	folder := store.NewFolder(job.Root, trained.Identity)
	kept, _, _, err := folder.LoadState()
	if err != nil {
		t.Fatal(err)
	}
	want := len(run.Weights(c, trained.Width*trained.Height))
	if len(kept.Arrays) != want || len(trained.State.Arrays) != want {
		t.Errorf("%d arrays are kept and %d given, want %d", len(kept.Arrays), len(trained.State.Arrays), want)
	}

	older := kept
	for _, what := range []string{"moment", "second"} { // as the optimiser's were kept
		for _, a := range kept.Arrays[:want] {
			older.Arrays = append(older.Arrays, run.Array{Name: what + "/" + a.Name, Dims: a.Dims, Data: a.Data})
		}
	}
	if err := errors.Join(os.Remove(filepath.Join(folder.Path, "state.safetensors")), folder.SaveState(older, false)); err != nil {
		t.Fatal(err)
	}
	again, found, err := training.Find(b, job)
	if err != nil || !found || len(again.State.Arrays) != want || again.Last().Test != trained.Last().Test {
		t.Errorf("an older run is found: %v, with %d arrays, %v", found, len(again.State.Arrays), err)
	}
	if info, err := os.Stat(filepath.Join(again.Dir, "state.safetensors")); err != nil || info.Size() == 0 {
		t.Error(err)
	}
}
