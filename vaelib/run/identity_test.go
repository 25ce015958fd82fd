package run_test

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"vaelab/vaelib/run"
)

func identity() run.Identity {
	return run.Identity{Config: run.Default(), Data: "bars", Digest: "d1", Width: 8, Height: 8, Backend: "go"}
}

// Every field of the identity, and so of the configuration in it, is part of the key. A field that is added later
// is found by reflection.
func TestEveryFieldChangesTheKey(t *testing.T) {
	seen := map[string]string{identity().Key(): "nothing"}
	var walk func(id *run.Identity, at func(*run.Identity) reflect.Value, path string)
	walk = func(id *run.Identity, at func(*run.Identity) reflect.Value, path string) {
		for i := range at(id).NumField() {
			name := path + at(id).Type().Field(i).Name
			if name == "Version" { // the package's own, the same for all keys
				continue
			}
			changed := identity()
			switch v := at(&changed).Field(i); v.Kind() {
			case reflect.Struct:
				walk(id, func(id *run.Identity) reflect.Value { return at(id).Field(i) }, name+".")
				continue
			case reflect.String:
				v.SetString(v.String() + "x")
			case reflect.Int:
				v.SetInt(v.Int() + 1)
			case reflect.Uint64:
				v.SetUint(v.Uint() + 1)
			case reflect.Float64:
				v.SetFloat(max(v.Float(), 1e-300) * (1 + 1e-15)) // a change that the readable words don't show
			default:
				t.Fatalf("%s has the kind %v, which this test can't change: teach it", name, v.Kind())
			}
			key := changed.Key()
			if other, taken := seen[key]; taken {
				t.Errorf("changing %s gives the same key as changing %s: %s", name, other, key)
			}
			seen[key] = name
		}
	}
	id := identity()
	walk(&id, func(id *run.Identity) reflect.Value { return reflect.ValueOf(id).Elem() }, "")
	if len(seen) < 24 {
		t.Errorf("only %d fields were changed", len(seen)-1)
	}
}

func TestEqualIdentitiesHaveEqualKeys(t *testing.T) {
	if a, b := identity().Key(), identity().Key(); a != b {
		t.Errorf("%s and %s", a, b)
	}
	read := identity()
	read.Version = 1 // as read from a file
	if read.Key() != identity().Key() {
		t.Error("the version in an identity counts: the package's own should")
	}
}

// Whatever the words are, the key is the name of one folder, which every file system takes.
func TestKeysAreSafeFolderNames(t *testing.T) {
	safe := regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*[a-z0-9]$`)
	for _, word := range []string{"", "../../etc", `a\b/c:d`, "数字", "x\x00y", "CON", "two words", "\xff"} {
		id := identity()
		id.Data, id.Backend, id.Loss = word, word, word
		id.KLWeight = 1e-7
		if key := id.Key(); !safe.MatchString(key) || filepath.Dir(filepath.Join("/root", key)) != "/root" {
			t.Errorf("%q gives the key %q", word, key)
		}
	}
}

// A setting that was added later and isn't used leaves the key as it was: older runs are found still.
func TestUnusedSettingsAreNoPartOfTheKey(t *testing.T) {
	text, err := json.Marshal(run.Default())
	if err != nil {
		t.Fatal(err)
	}
	want := `{"model":"vae","latent":2,"hidden":400,"decoder":"bernoulli","pixel_sigma":0.1,"kl_weight":1,"epochs":15,"batch":128,"learning_rate":0.001,"seed":1}`
	if string(text) != want {
		t.Errorf("the default is %s, want %s", text, want)
	}
}

// What can be scheduled shows in the name.
func TestKeysOfSchedulesReadWell(t *testing.T) {
	id := identity()
	id.Schedule, id.FreeBits, id.Sigma = run.Linear(5), 0.25, run.LearnedSigma
	if key := id.Key(); !strings.Contains(key, "-go-linear5-free0.25-learned-sigma-") {
		t.Errorf("the key is %s", key)
	}
	id.Schedule, id.FreeBits, id.Sigma, id.Rate = run.Cyclic(4, 0.5), 0, run.FixedSigma, run.TargetRate{Nats: 12, Pull: 100}
	if key := id.Key(); !strings.Contains(key, "-go-cyclic4-rate12-") {
		t.Errorf("the key is %s", key)
	}
}

func TestKeysReadWell(t *testing.T) {
	id := identity()
	id.KLWeight = 4
	want := regexp.MustCompile(`^vae-z2-h400-kl4-e15-s1-bars-go-[0-9a-f]+$`)
	if key := id.Key(); !want.MatchString(key) {
		t.Errorf("the key is %s, want it to match %s", key, want)
	}
}

// A data set may have any name: the folder's is no longer than file systems take, and the digest still tells two apart.
func TestKeysOfLongNames(t *testing.T) {
	long, other := identity(), identity()
	long.Data = strings.Repeat("a very long name ", 50)
	other.Data = long.Data + "x"
	if len(long.Key()) > 255 || long.Key() == other.Key() {
		t.Errorf("the keys are %s and %s", long.Key(), other.Key())
	}
}
