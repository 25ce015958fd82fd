package store_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
)

// What is brought is kept, in the network's order, and says of itself that it came from elsewhere.
func TestBring(t *testing.T) {
	root := t.TempDir()
	like := identityOf(t, tiny.Data(20, 5), tiny.Config())
	arrays := someWeights(like)
	mixed := slices.Clone(arrays)
	slices.Reverse(mixed)
	r, err := store.Bring(t.Context(), root, like, mixed)
	if err != nil {
		t.Fatal(err)
	}
	if !same(run.State{History: []run.Epoch{}, Arrays: arrays}, r.State) {
		t.Errorf("the state is %+v", r.State)
	}
	if r.Backend != "elsewhere" || len(r.Weights) != 64 || r.Config != like.Network() || r.Digest != like.Digest {
		t.Errorf("the identity is %+v", r.Identity)
	}
	if filepath.Dir(r.Dir) != root || !strings.Contains(filepath.Base(r.Dir), "-e0-s0-bars-elsewhere-") {
		t.Errorf("the folder is %s", r.Dir)
	}
	var history []run.Epoch
	if text, err := os.ReadFile(filepath.Join(r.Dir, "metrics.json")); err != nil || json.Unmarshal(text, &history) != nil || history == nil {
		t.Errorf("metrics.json holds %s, %v", text, err)
	}
	found, ok, err := store.Find(root, r.Identity)
	if err != nil || !ok || !same(found.State, r.State) { // as a worker does that computes with it
		t.Errorf("by its own identity it is found: %v, %v", ok, err)
	}
}

// It is found as no run that is trained: not of the settings that it was brought for, nor of those of which only the network counts.
func TestWhatIsBroughtIsNoTrainedRun(t *testing.T) {
	root := t.TempDir()
	like := identityOf(t, tiny.Data(20, 5), tiny.Config())
	if _, err := store.Bring(t.Context(), root, like, someWeights(like)); err != nil {
		t.Fatal(err)
	}
	for _, id := range []run.Identity{like, {Config: like.Network(), Data: like.Data, Digest: like.Digest, Width: like.Width, Height: like.Height, Backend: run.Elsewhere}} {
		if r, found, err := store.Find(root, id); found || err != nil {
			t.Errorf("%s is found in %s, %v", id.Key(), r.Dir, err)
		}
	}
}

// The same weights are one run, others another.
func TestBringTwice(t *testing.T) {
	root := t.TempDir()
	like := identityOf(t, tiny.Data(20, 5), tiny.Config())
	arrays := someWeights(like)
	bring := func() string {
		r, err := store.Bring(t.Context(), root, like, arrays)
		if err != nil {
			t.Fatal(err)
		}
		return r.Dir
	}
	once := bring()
	like.Seed, like.Epochs = 9, 99 // nothing of theirs
	if again := bring(); again != once {
		t.Errorf("%s and %s", once, again)
	}
	if err := os.WriteFile(filepath.Join(once, "state.safetensors"), []byte("torn"), 0o644); err != nil {
		t.Fatal(err)
	}
	bring() // mends it
	if r, err := store.Open(once); err != nil || len(r.Notes) > 0 {
		t.Errorf("the notes of what was mended are %q, %v", r.Notes, err)
	}
	arrays[0].Data[0]++
	if other := bring(); other == once {
		t.Error("other weights lie in the same folder")
	}
	if left, _ := os.ReadDir(root); len(left) != 2 {
		t.Errorf("the folder holds %v", left)
	}
}

func TestWeightsThatCantBeBrought(t *testing.T) {
	for want, spoil := range map[string]func(like *run.Identity, arrays *[]run.Array){
		`no array "encoder/mean/biases" of the shape [2]`:  func(_ *run.Identity, a *[]run.Array) { *a = slices.Delete(*a, 3, 4) },
		`no array "encoder/hidden/weights"`:                func(_ *run.Identity, a *[]run.Array) { *a = nil },
		`an array "fc1.weight", which the network doesn't`: func(_ *run.Identity, a *[]run.Array) { *a = append(*a, run.Array{Name: "fc1.weight"}) },
		`two arrays "encoder/hidden/weights"`:              func(_ *run.Identity, a *[]run.Array) { *a = append(*a, (*a)[0]) },
		"has the shape [16 64], and the network needs":     func(_ *run.Identity, a *[]run.Array) { (*a)[0].Dims = []int{16, 64} },
		"number 5 of the array":                            func(_ *run.Identity, a *[]run.Array) { (*a)[2].Data[5] = float32(math.NaN()) },
		"is +Inf: weights must be finite":                  func(_ *run.Identity, a *[]run.Array) { (*a)[2].Data[5] = float32(math.Inf(1)) },
		"Latent is 0":                                      func(like *run.Identity, _ *[]run.Array) { like.Latent = 0 },
		"images of 8×-1 pixels are none":                   func(like *run.Identity, _ *[]run.Array) { like.Height = -1 },
	} {
		root := t.TempDir()
		like := identityOf(t, tiny.Data(20, 5), tiny.Config())
		arrays := someWeights(like)
		spoil(&like, &arrays)
		if _, err := store.Bring(t.Context(), root, like, arrays); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
		if left, _ := os.ReadDir(root); len(left) != 0 {
			t.Errorf("%v is left of what can't be brought", left)
		}
	}
}
