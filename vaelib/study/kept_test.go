package study

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/places"
)

// The components are found once for each set of images: what is kept is what was found, a damaged file is replaced, other images
// have another, and without a place they are found all the same.
func TestComponentsAreKept(t *testing.T) {
	root := t.TempDir()
	t.Setenv(places.RunsEnv, root)
	data, err := datasets.Sample()
	if err != nil {
		t.Fatal(err)
	}
	data.Train = data.Train.First(200)
	first, err := components(data)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(root, "features", name(data))
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := components(data); err != nil || !reflect.DeepEqual(first, again) {
		t.Errorf("read again they differ: %v", err)
	}
	if err := os.WriteFile(file, kept[:1000], 0o644); err != nil {
		t.Fatal(err)
	}
	if again, err := components(data); err != nil || !reflect.DeepEqual(first, again) {
		t.Errorf("beside a damaged file they differ: %v", err)
	}
	if mended, err := os.ReadFile(file); err != nil || !reflect.DeepEqual(mended, kept) {
		t.Errorf("the damaged file wasn't replaced: %v", err)
	}
	other := data
	other.Train = data.Train.First(199)
	if name(other) == name(data) {
		t.Error("other images have the same name")
	}
	t.Setenv(places.RunsEnv, filepath.Join(file, "below a file"))
	if again, err := components(data); err != nil || !reflect.DeepEqual(first, again) {
		t.Errorf("without a place to keep them: %v", err)
	}
}
