package lab

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/places"
	"vaelab/vaelib/plan"
	"vaelab/vaelib/run"
	"vaelab/vaelib/words/wordstest"
)

// A study gives what has been trained of it, in groups that differ in their seed alone, and says what is missing.
func TestStudy(t *testing.T) {
	if testing.Short() {
		t.Skip("trains on the sample")
	}
	t.Setenv(places.RunsEnv, t.TempDir())
	file := filepath.Join(t.TempDir(), "study.json")
	text := `{"name": "s", "data": ["fashion-mnist-sample"], "settings": {"hidden": 4, "batch": 2000, "epochs": 1},
  "vary": {"schedule": [{}, {"epochs": 1}], "kl_weight": [1, 4], "seed": [1, 2]}}`
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Study(file); err == nil || !strings.Contains(err.Error(), "no run of the study s has been trained") {
		t.Errorf("an untrained study gives %v", err)
	}
	p, err := plan.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	data, err := datasets.Sample()
	if err != nil {
		t.Fatal(err)
	}
	var configs []run.Config
	for _, r := range p.Runs[:7] {
		configs = append(configs, r.Config)
	}
	wordstest.Printed(t, func() { _, err = TrainAll(data, configs...) })
	if err != nil {
		t.Fatal(err)
	}
	var groups [][]*Model
	said := wordstest.Printed(t, func() { groups, err = Study(file) })
	if err != nil || len(groups) != 4 || len(groups[3]) != 1 || !strings.Contains(said, "1 of 8 runs of the study s aren't trained yet") {
		t.Fatalf("%d groups, %v; it says %s", len(groups), err, said)
	}
	want := []string{"β = 1, from the start", "β = 4, from the start", "β = 1, rising over 1 epochs", "β = 4, rising over 1 epochs"}
	var got []string
	for _, n := range names(groups) {
		got = append(got, n.inOne())
	}
	if !slices.Equal(got, want) {
		t.Errorf("the groups are called %q", got)
	}
	if f := RateDistortion(groups...); f.Err() != nil {
		t.Error(f.Err())
	}
	wrong := (*plan.Error)(nil)
	if err := os.WriteFile(file, []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Study(file); !errors.As(err, &wrong) {
		t.Errorf("half a file gives %v", err)
	}
}
