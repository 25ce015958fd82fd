package store_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/places"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
)

func identityOf(t *testing.T, data datasets.Dataset, c run.Config) run.Identity {
	t.Helper()
	d, err := store.Describe(data)
	if err != nil {
		t.Fatal(err)
	}
	id, err := d.Identity(c, "go")
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// Whatever is in the data is in the identity: a pixel, a label, which part they belong to.
func TestTheDataIsPartOfTheIdentity(t *testing.T) {
	seen := map[string]bool{}
	for _, change := range []func(d *datasets.Dataset){
		func(*datasets.Dataset) {},
		func(d *datasets.Dataset) { d.Train.Pixels[7]++ },
		func(d *datasets.Dataset) { d.Test.Pixels[7]++ },
		func(d *datasets.Dataset) { d.Train.Labels[0] = 1 - d.Train.Labels[0] },
		func(d *datasets.Dataset) { d.Test.Labels[0] = 1 - d.Test.Labels[0] },
		func(d *datasets.Dataset) { d.Test = d.Test.First(4) },
		func(d *datasets.Dataset) {
			for _, set := range []*datasets.Images{&d.Train, &d.Test} {
				set.Width, set.Height = 16, 4
			}
		},
		func(d *datasets.Dataset) { d.Train = d.Train.First(19) },
		func(d *datasets.Dataset) { d.Name = "other" },
		func(d *datasets.Dataset) { d.Train.Labels = nil },
		func(d *datasets.Dataset) { *d = d.Transposed() },
	} {
		data := tiny.Data(20, 5)
		change(&data)
		key := identityOf(t, data, tiny.Config()).Key()
		if seen[key] {
			t.Errorf("two data sets share the key %s", key)
		}
		seen[key] = true
	}
	one, other := tiny.Data(20, 20), tiny.Data(20, 20)
	other.Train, other.Test = other.Test, other.Train
	if identityOf(t, one, tiny.Config()).Key() == identityOf(t, other, tiny.Config()).Key() {
		t.Error("training images and test images may change places")
	}
	if data := tiny.Data(20, 5); identityOf(t, data, tiny.Config()) != identityOf(t, data, tiny.Config()) {
		t.Error("the same data and settings are two runs")
	}
}

func TestWhatCantBeTrained(t *testing.T) {
	d, err := store.Describe(tiny.Data(5, 5))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Identity(tiny.Config(), "go"); err == nil || !strings.Contains(err.Error(), "Batch is 8, but there are only 5 training images") {
		t.Errorf("the error is %v", err)
	}
	c := tiny.Config()
	c.KLWeight = -1
	if _, err := d.Identity(c, "go"); err == nil || !strings.Contains(err.Error(), "KLWeight is -1") {
		t.Errorf("the error is %v", err)
	}
	for want, change := range map[string]func(d *datasets.Dataset){
		"has no training images":                 func(d *datasets.Dataset) { *d = datasets.Dataset{} },
		"has no test images":                     func(d *datasets.Dataset) { d.Test = d.Test.First(0) },
		"has 319 pixels for 5 test images":       func(d *datasets.Dataset) { d.Test.Pixels = d.Test.Pixels[:319] },
		"for 5 training images of 0×8":           func(d *datasets.Dataset) { d.Train.Width = 0 },
		"of 8×8 pixels, but test images of 16×4": func(d *datasets.Dataset) { d.Test.Width, d.Test.Height = 16, 4 },
	} {
		data := tiny.Data(5, 5)
		change(&data)
		if _, err := store.Describe(data); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want %q", err, want)
		}
	}
}

// A run is found when its last epoch is there, with a note where its newest state was damaged.
func TestFind(t *testing.T) {
	root := t.TempDir()
	id := identityOf(t, tiny.Data(20, 5), tiny.Config())
	folder := store.NewFolder(root, id)
	if err := os.MkdirAll(folder.Path, 0o755); err != nil {
		t.Fatal(err)
	}
	save := func(epochs int) {
		t.Helper()
		if err := folder.SaveState(run.State{History: make([]run.Epoch, epochs)}, true); err != nil {
			t.Fatal(err)
		}
	}
	for epochs := range id.Epochs {
		if _, found, err := store.Find(root, id); found || err != nil {
			t.Errorf("after %d of %d epochs found is %v, %v", epochs, id.Epochs, found, err)
		}
		save(epochs + 1)
	}
	t.Setenv(places.RunsEnv, root)
	for _, where := range []string{root, ""} {
		r, found, err := store.Find(where, id)
		if !found || err != nil || r.Identity != id || r.Dir != folder.Path || r.State.Epochs() != id.Epochs || r.Notes != nil {
			t.Errorf("in %q it finds %+v, %v, %v", where, r, found, err)
		}
	}
	if err := os.Rename(folder.Path+"/state.safetensors", folder.Path+"/state.previous.safetensors"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(folder.Path+"/state.safetensors", []byte("damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	if r, found, err := store.Find(root, id); !found || err != nil || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "damaged") {
		t.Errorf("with a damaged state it finds %v, %v: %v", found, err, r.Notes)
	}
}

// Another run whose name has the same short sum is not taken for this one.
func TestFindOfAnotherRun(t *testing.T) {
	root := t.TempDir()
	id := identityOf(t, tiny.Data(20, 5), tiny.Config())
	other := id
	other.Digest = strings.Repeat("0", 64)
	folder := store.NewFolder(root, id)
	if err := folder.Lock(t.Context(), other, nil); err != nil {
		t.Fatal(err)
	}
	defer folder.Unlock()
	if err := folder.SaveState(run.State{History: make([]run.Epoch, id.Epochs)}, true); err != nil {
		t.Fatal(err)
	}
	var taken *store.OtherRunError
	if r, found, err := store.Find(root, id); found || !errors.As(err, &taken) {
		t.Errorf("it finds %+v, %v", r, err)
	}
}

// Has this been trained?
func Example() {
	data, err := store.Describe(tiny.Data(20, 5))
	if err != nil {
		fmt.Println(err)
		return
	}
	id, err := data.Identity(tiny.Config(), "go")
	if err != nil {
		fmt.Println(err)
		return
	}
	_, found, err := store.Find(os.TempDir()+"/none", id)
	fmt.Println(found, err)
	// Output: false <nil>
}
