package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"vaelab/vaelib/internal/tiny"
	"vaelab/vaelib/places"
	"vaelab/vaelib/places/placestest"
	"vaelab/vaelib/run"
	"vaelab/vaelib/store"
)

// A learner of a class finds what its owner has trained, and before it what he has trained himself. What is damaged there, or can't be
// read, or isn't finished, isn't found and is no error: he trains.
func TestFindInAClass(t *testing.T) {
	root := filepath.Join(".vaelab", "runs")
	seeds := map[string]uint64{"whole": 1, "unfinished": 2, "damaged": 3, "closed": 4, "his": 5}
	id := func(name string) run.Identity {
		c := tiny.Config()
		c.Seed = seeds[name]
		return identityOf(t, tiny.Data(20, 5), c)
	}
	keep := func(root, name string, epochs int) *store.Folder {
		f := store.NewFolder(root, id(name))
		if err := os.MkdirAll(f.Path, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := f.SaveState(run.State{History: make([]run.Epoch, epochs)}, true); err != nil {
			t.Fatal(err)
		}
		return f
	}
	all := tiny.Config().Epochs
	placestest.AsOther(t, func(dir string) {
		root := filepath.Join(dir, root)
		keep(root, "whole", all)
		keep(root, "unfinished", all-1)
		damaged, closed := keep(root, "damaged", all), keep(root, "closed", all)
		if err := os.WriteFile(filepath.Join(damaged.Path, "state.safetensors"), []byte("damaged"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(filepath.Join(closed.Path, "state.safetensors"), 0); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module vaelab\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}, func(dir string) {
		t.Setenv(places.RootEnv, dir)
		t.Setenv(places.RunsEnv, "")
		t.Setenv(places.OwnEnv, t.TempDir())
		mine, err := places.Runs()
		if err != nil {
			t.Fatal(err)
		}
		his := keep(mine, "his", all)
		for name, want := range map[string]string{"whole": store.NewFolder(filepath.Join(dir, root), id("whole")).Path, "his": his.Path, "unfinished": "", "damaged": "", "closed": ""} {
			for _, in := range []string{"", mine} {
				r, found, err := store.Find(in, id(name))
				if err != nil || found != (want != "") || r.Dir != want {
					t.Errorf("%s, in %q: %q, %v, %v", name, in, r.Dir, found, err)
				}
			}
		}
		own := keep(mine, "whole", all)
		if r, found, err := store.Find("", id("whole")); err != nil || !found || r.Dir != own.Path {
			t.Errorf("his own is %q, %v, %v", r.Dir, found, err)
		}
	})
}
