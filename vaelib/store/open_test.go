package store_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
)

// kept is a run in a folder of its own, trained for so many epochs, with the optimiser's arrays behind the weights.
func kept(t *testing.T, epochs int) (run.Identity, *store.Folder) {
	t.Helper()
	id := identityOf(t, tiny.Data(20, 5), tiny.Config())
	f := store.NewFolder(t.TempDir(), id)
	if err := f.Lock(t.Context(), id, nil); err != nil {
		t.Fatal(err)
	}
	defer f.Unlock()
	s := run.State{History: make([]run.Epoch, epochs), Arrays: append(someWeights(id), run.Array{Name: "adam/steps", Data: []float32{7}})}
	if err := f.SaveState(s, false); err != nil {
		t.Fatal(err)
	}
	return id, f
}

// someWeights are arrays as the identity's network needs them.
func someWeights(id run.Identity) (arrays []run.Array) {
	for i, w := range run.Weights(id.Config, id.Width*id.Height) {
		a := run.Array{Name: w.Name, Dims: w.Dims, Data: make([]float32, w.Size())}
		for j := range a.Data {
			a.Data[j] = float32(i) + float32(j)/1024
		}
		arrays = append(arrays, a)
	}
	return arrays
}

// A run is opened by its folder, finished or not: a finished one has its weights alone.
func TestOpen(t *testing.T) {
	for _, epochs := range []int{1, 3} {
		id, f := kept(t, epochs)
		r, err := store.Open(f.Path)
		if err != nil {
			t.Fatal(err)
		}
		if r.Identity != id.Versioned() || r.Dir != f.Path || r.State.Epochs() != epochs || r.Notes != nil {
			t.Errorf("the run is %+v", r)
		}
		arrays := someWeights(id)
		if epochs < id.Epochs {
			arrays = append(arrays, run.Array{Name: "adam/steps", Data: []float32{7}})
		}
		if !same(run.State{History: r.State.History, Arrays: arrays}, r.State) {
			t.Errorf("after %d epochs the state has %d arrays", epochs, len(r.State.Arrays))
		}
	}
}

func TestOpenWhatIsNoRun(t *testing.T) {
	spoilt := func(spoil func(dir string)) string {
		_, f := kept(t, 3)
		spoil(f.Path)
		return f.Path
	}
	write := func(name, text string) func(string) {
		return func(dir string) {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	otherSettings := func(dir string) {
		path := filepath.Join(dir, "run.json")
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var record map[string]any
		if err := json.Unmarshal(text, &record); err != nil {
			t.Fatal(err)
		}
		record["kl_weight"] = 2
		changed, _ := json.Marshal(record)
		write("run.json", string(changed))(dir)
	}
	for want, dir := range map[string]string{
		"holds no run":             filepath.Join(t.TempDir(), "none"),
		"is no JSON of a run":      spoilt(write("run.json", "{")),
		"doesn't match its key":    spoilt(otherSettings),
		"has no state that is":     spoilt(write("state.safetensors", "torn")),
		"has no finished epoch ye": spoilt(func(dir string) { os.Remove(filepath.Join(dir, "state.safetensors")) }),
	} {
		if _, err := store.Open(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
	}
}
