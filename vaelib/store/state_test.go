package store_test

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
)

// state is a small state with everything that could get lost on disk.
func state(epochs int) run.State {
	s := run.State{Arrays: []run.Array{
		{Name: "z/last by name", Dims: []int{2, 3}, Data: []float32{1, -2, 3.5, 1e-45, math.MaxFloat32, float32(math.Copysign(0, -1))}},
		{Name: "a \"first\" <by> name — μ", Dims: []int{4}, Data: []float32{
			float32(math.Inf(1)), float32(math.Inf(-1)), math.Float32frombits(0x7fc00001), math.Float32frombits(0xffa00002)}},
		{Name: "column", Dims: []int{3, 1}, Data: []float32{7, 8, 9}},
		{Name: "empty", Dims: []int{0, 5}},
		{Name: "scalar", Data: []float32{float32(epochs)}},
	}}
	for e := range epochs {
		s.History = append(s.History, run.Epoch{Epoch: e + 1, Seconds: 0.1 / 3,
			Train: run.Terms{Loss: math.Pi * float64(e), Reconstruction: 1e-300, KL: 0.1},
			Test:  run.Terms{Loss: 1.0 / 3, Reconstruction: math.MaxFloat64, KL: math.SmallestNonzeroFloat64}})
	}
	return s
}

// same compares bit for bit.
func same(a, b run.State) bool {
	return slices.Equal(a.History, b.History) && slices.EqualFunc(a.Arrays, b.Arrays, func(x, y run.Array) bool {
		return x.Name == y.Name && slices.Equal(x.Dims, y.Dims) &&
			slices.EqualFunc(x.Data, y.Data, func(p, q float32) bool { return math.Float32bits(p) == math.Float32bits(q) })
	})
}

func folder(t *testing.T) *store.Folder {
	f := store.NewFolder(t.TempDir(), identity())
	if err := os.MkdirAll(f.Path, 0o755); err != nil {
		t.Fatal(err)
	}
	return f
}

func save(t *testing.T, f *store.Folder, s run.State) {
	t.Helper()
	if err := f.SaveState(s, false); err != nil {
		t.Fatal(err)
	}
}

func load(t *testing.T, f *store.Folder) (run.State, string, bool) {
	t.Helper()
	s, note, found, err := f.LoadState()
	if err != nil {
		t.Fatal(err)
	}
	return s, note, found
}

func TestStateComesBackBitForBit(t *testing.T) {
	f := folder(t)
	for _, epochs := range []int{1, 2, 3} {
		save(t, f, state(epochs))
		got, note, found := load(t, f)
		if !found || note != "" || !same(got, state(epochs)) {
			t.Errorf("after %d epochs: %+v, note %q, found %v", epochs, got, note, found)
		}
	}
}

func TestNoState(t *testing.T) {
	for _, f := range []*store.Folder{folder(t), store.NewFolder(t.TempDir(), identity())} { // an empty folder, and none
		if _, note, found := load(t, f); found || note != "" {
			t.Errorf("found %v, note %q", found, note)
		}
	}
}

// A damaged state is passed over for the one before it; with both damaged there is none, and a note says so.
func TestDamageFallsBack(t *testing.T) {
	f := folder(t)
	save(t, f, state(1))
	save(t, f, state(2))
	newest, before := filepath.Join(f.Path, "state.safetensors"), filepath.Join(f.Path, "state.previous.safetensors")
	flip(t, newest, -1)
	got, note, found := load(t, f)
	if !found || !same(got, state(1)) || !strings.Contains(note, "damaged") {
		t.Errorf("with one damaged: %d epochs, note %q, found %v", got.Epochs(), note, found)
	}
	flip(t, before, -1)
	if got, note, found := load(t, f); found || got.Epochs() != 0 || !strings.Contains(note, "anew") {
		t.Errorf("with both damaged: %d epochs, note %q, found %v", got.Epochs(), note, found)
	}
	flip(t, before, -1) // flipped twice, it is whole
	if err := os.Remove(newest); err != nil {
		t.Fatal(err)
	}
	if got, _, found := load(t, f); !found || !same(got, state(1)) {
		t.Error("without the newest, the one before it isn't found")
	}
}

// flip turns one bit of the byte at i, counted from the end where i is negative.
func flip(t *testing.T, path string, i int) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if i < 0 {
		i += len(content)
	}
	content[i] ^= 1
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// A history that JSON can't hold is an error, and the state before it stays.
func TestAStateThatCantBeSaved(t *testing.T) {
	f := folder(t)
	save(t, f, state(1))
	bad := state(2)
	bad.History[1].Test.KL = math.NaN()
	if err := f.SaveState(bad, false); err == nil || !strings.Contains(err.Error(), f.Path) {
		t.Errorf("the error is %v, want one that names the folder", err)
	}
	if got, _, found := load(t, f); !found || !same(got, state(1)) {
		t.Error("the last good state is lost")
	}
	if left, _ := filepath.Glob(filepath.Join(f.Path, "*.tmp")); left != nil {
		t.Errorf("left behind: %v", left)
	}
}

// A file where a folder should be: the sentence says which variable names another place.
func TestAFolderThatCantBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	f := store.NewFolder(file, identity())
	_, _, _, loading := f.LoadState()
	for _, err := range []error{loading, f.Lock(t.Context(), identity(), nil)} {
		if err == nil || errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), places.RunsEnv) {
			t.Errorf("the error is %v, want one that names %s", err, places.RunsEnv)
		}
	}
	if err := f.SaveState(state(1), false); err == nil || !strings.Contains(err.Error(), f.Path) {
		t.Errorf("the error is %v, want one that names the folder", err)
	}
}

func identity() run.Identity {
	return run.Identity{Config: run.Default(), Data: "bars", Digest: "d1", Width: 8, Height: 8, Backend: "go"}
}
