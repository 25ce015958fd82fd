package plan_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/plan"
	"vaelab/vaelib/run"
)

const whole = `{
  "name": "kl-weight",
  "data": ["fashion-mnist-sample", {"name": "mnist", "dir": "mine"}],
  "settings": {"latent": 5, "epochs": 3, "decoder": "gaussian"},
  "vary": {
    "kl_weight": [0.5, 2],
    "schedule": [{}, {"epochs": 2}],
    "seed": [1, 2, 3]
  }
}`

func TestRuns(t *testing.T) {
	p, err := plan.Parse("study.json", []byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Runs) != 2*2*2*3 {
		t.Fatalf("%d runs", len(p.Runs))
	}
	want := run.Default()
	want.Latent, want.Epochs, want.Decoder, want.KLWeight, want.Seed = 5, 3, run.Gaussian, 0.5, 1
	if first := p.Runs[0]; first.Config != want || first.Data != 0 {
		t.Errorf("the first is %+v", first)
	}
	want.KLWeight, want.Schedule, want.Seed = 2, run.Linear(2), 3
	last := p.Runs[len(p.Runs)-1]
	if last.Config != want || last.Data != 1 {
		t.Errorf("the last is %+v", last)
	}
	if label := p.Label(last); label != `mnist, kl_weight 2, schedule {"epochs":2}, seed 3` {
		t.Errorf("the last is called %s", label)
	}
	groups := p.Groups()
	if len(groups) != 8 || !reflect.DeepEqual(groups[1], []int{3, 4, 5}) {
		t.Errorf("the groups are %v", groups)
	}
	for _, group := range groups {
		for _, i := range group {
			c, first := p.Runs[i].Config, p.Runs[group[0]].Config
			if c.Seed = first.Seed; c != first {
				t.Errorf("%s is in the group of %s", p.Label(p.Runs[i]), p.Label(p.Runs[group[0]]))
			}
		}
	}
}

// Each setting can stand in a file, under its name in run.json, and be varied.
func TestEverySettingVaries(t *testing.T) {
	values := map[string]string{
		"model": `["vae", "ae"]`, "decoder": `["bernoulli", "gaussian"]`, "schedule": `[{}, {"cycles": 2, "share": 0.5}]`, "free_bits": `[0, 0.5]`,
		"rate": `[{}, {"nats": 12, "pull": 10}]`, "decay": `["", "cosine"]`, "layers": `["", "conv"]`, "prior": `["", "learned"]`, "kl_weight": `[1, 4]`,
		"latent": `[2, 3]`, "hidden": `[8, 9]`, "pixel_sigma": `[0.1, 0.2]`, "epochs": `[1, 2]`, "batch": `[10, 20]`, "learning_rate": `[0.001, 0.01]`,
		"seed": `[0, 18446744073709551615]`, "given": `[0, 14]`,
		"free_over": `["", "image"]`, "sigma": `["", "learned"]`, "balance": `[{}, {"prior": 1, "posterior": 0.1}]`,
	}
	more := map[string]string{"free_over": `"free_bits": 1`, "sigma": `"decoder": "gaussian"`, "balance": `"prior": "learned"`}
	for _, name := range plan.Settings() {
		list, known := values[name]
		if !known {
			t.Errorf("%s is not tried", name)
			continue
		}
		p, err := plan.Parse("s", fmt.Appendf(nil, `{"name": "s", "data": ["mnist"], "settings": {%s}, "vary": {%q: %s}}`, more[name], name, list))
		if err != nil || len(p.Runs) != 2 || p.Runs[0].Config == p.Runs[1].Config {
			t.Errorf("%s: %+v, %v", name, p.Runs, err)
		}
	}
}

// What is wrong is told with its line, and what could stand there.
func TestWhatIsWrong(t *testing.T) {
	for change, want := range map[[2]string]string{
		{`"vary"`, `"varies"`}:                                                              `study.json, line 5: "varies" is none of a study's fields, which are name, data, settings, vary`,
		{`"latent"`, `"latnet"`}:                                                            `study.json, line 4: "latnet" is no setting: there are model, latent, hidden`,
		{`"kl_weight": [`, `"kl": [`}:                                                       `study.json, line 6: "kl" is no setting`,
		{`"latent": 5`, `"latent": "5"`}:                                                    `study.json, line 4: "latent" can't be a text: it takes a whole number`,
		{`"latent": 5`, `"latent": 2.5`}:                                                    `study.json, line 4: "latent" can't be the number 2.5: it takes a whole number`,
		{`[0.5, 2]`, `[0.5, "2"]`}:                                                          `study.json, line 6: "kl_weight" can't be a text: it takes a number`,
		{`[0.5, 2]`, `0.5`}:                                                                 `study.json, line 6: "kl_weight" varies over a list: write [1, 2, 4]`,
		{`[0.5, 2]`, `[]`}:                                                                  `"kl_weight" varies over a list`,
		{`[0.5, 2]`, `[null]`}:                                                              `"kl_weight" can't be null`,
		{`[0.5, 2]`, `[0.5, -1]`}:                                                           `study.json, line 6: the run fashion-mnist-sample, kl_weight -1, schedule {}, seed 1: "kl_weight" is -1: it must be 0 or more`,
		{`{"epochs": 2}]`, `{"epochs": 9}]`}:                                                `line 7: the run fashion-mnist-sample, kl_weight 0.5, schedule {"epochs":9}, seed 1: "schedule" is {"epochs":9}: the weight must rise`,
		{`{"epochs": 2}]`, `{"epoch": 2}]`}:                                                 `"epoch" is no setting`,
		{`[1, 2, 3]`, `[1, 2, 1]`}:                                                          `two runs are the same: fashion-mnist-sample, kl_weight 0.5, schedule {}, seed 1, and fashion-mnist-sample, kl_weight 0.5, schedule {}, seed 1`,
		{`"latent": 5`, `"seed": 5`}:                                                        `"seed" stands in "settings" and in "vary"`,
		{`"seed": [1, 2, 3]`, `"kl_weight": [1]`}:                                           `study.json, line 8: "kl_weight" stands in "vary" twice`,
		{`"seed": [1, 2, 3]`, `"Seed": [1, 2, 3]`}:                                          `study.json, line 8: "Seed" is no field's name: write "seed"`,
		{`"latent": 5`, `"SEED": 5`}:                                                        `study.json, line 4: "SEED" is no field's name`,
		{`"latent": 5`, `"latent": 5, "latent": 7`}:                                         `study.json, line 4: "latent" stands in "settings" twice`,
		{`"latent": 5`, `"latent": null`}:                                                   `study.json, line 4: "latent" can't be null`,
		{`"name": "mnist"`, `"name": "mnist", "name": "x"`}:                                 `study.json, line 3: "name" stands in "data" twice`,
		{"\n  }\n}", "\n  },\n\"vary\": {}}"}:                                               `study.json, line 10: "vary" stands there twice`,
		{`"name": "kl-weight",`, `"ſettings": {}, "name": "kl-weight",`}:                    `"ſettings" is no field's name`,
		{`"epochs": 3`, `"epochs": 0`}:                                                      `study.json, line 4: the run fashion-mnist-sample, kl_weight 0.5, schedule {}, seed 1: "epochs" is 0`,
		{`"epochs": 3`, `"kl-weight": 3`}:                                                   `study.json, line 4: "kl-weight" is no setting: there are model`,
		{`"epochs": 3`, `"": 3`}:                                                            `"" is no setting: there are model`,
		{`"seed": [1, 2, 3]`, `"batch": [0, 2]`}:                                            `study.json, line 8: the run fashion-mnist-sample, kl_weight 0.5, schedule {}, batch 0: "batch" is 0`,
		{`{"epochs": 2}]`, `{"epochs": 2}],` + "\n" + `"free_bits": ["x"]`}:                 `study.json, line 8: "free_bits" can't be a text`,
		{`{"epochs": 2}]`, `{"epochs": "x"}]`}:                                              `study.json, line 7: "epochs" can't be a text`,
		{`{"epochs": 2}]`, `{"epochs": 2, "epochs": 1}]`}:                                   `study.json, line 7: "epochs" stands in "schedule" twice`,
		{`"kl-weight"`, `"../up"`}:                                                          `study.json, line 2: "name" is "../up"`,
		{`"name": "kl-weight",`, ``}:                                                        `"name" is ""`,
		{`{"name": "mnist", "dir": "mine"}`, `3`}:                                           `can't be the number`,
		{`{"name": "mnist", "dir"`, `{"nam": "a", "d"`}:                                     `study.json, line 3: "nam" is none of a data set's fields, which are name, dir`,
		{`{"name": "mnist", "dir": "mine"}`, `{}`}:                                          `a data set needs a "name", or a folder of "pictures"`,
		{`{"name": "mnist", "dir": "mine"}`, `{"name": "mnist", "size": 20}`}:               `"size" and "invert" are of "pictures"`,
		{`{"name": "mnist", "dir": "mine"}`, `"fashion-mnist-sample"`}:                      `the data set fashion-mnist-sample stands there twice`,
		{`["fashion-mnist-sample", {"name": "mnist", "dir": "mine"}]`, `[]`}:                `"data" names no data set`,
		{"\"vary\": {\n", "\"vary\": {,\n"}:                                                 `study.json, line 5: this is no JSON`,
		{"\n  }\n}", "\n  }\n"}:                                                             `study.json: the file ends in the middle`,
		{"\n  }\n}", "\n  }\n}}"}:                                                           `something follows the last brace`,
		{`[1, 2, 3]`, "[" + strings.TrimSuffix(strings.Repeat("1,", plan.Most), ",") + "]"}: `more than 100000 runs`,
	} {
		text := strings.Replace(whole, change[0], change[1], 1)
		if text == whole {
			t.Fatalf("%s isn't there", change[0])
		}
		_, err := plan.Parse("study.json", []byte(text))
		wrong := (*plan.Error)(nil)
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), want) {
			t.Errorf("with %.60s it says\n%v, want\n%s", change[1], err, want)
		}
	}
	_, err := plan.Parse("s", []byte(`{"name": "s", "data": ["mnist"], "settings": {"batch": 0}}`))
	setting := (*run.SettingError)(nil)
	if !errors.As(err, &setting) || setting.Setting != "Batch" || !strings.HasPrefix(err.Error(), `s, line 1: the run mnist: "batch" is 0: a step needs`) {
		t.Errorf("the error is %v", err)
	}
	if _, err := plan.Read(filepath.Join(t.TempDir(), "none.json")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that isn't there: %v", err)
	}
}

// What a field's name is taken for stands in an error, and a setting's line is its own, whatever has the same name elsewhere.
func TestLines(t *testing.T) {
	for text, want := range map[string]string{
		`{"name": "s", "data": ["mnist"],` + "\n" + `"vary": {"schedule": [{"epochs": 1}],` + "\n" + `"epochs": ["x"]}}`: `s, line 3: "epochs" can't be a text`,
		`{"name": "s", "data": ["mnist"],` + "\n" + `"vary": {"seed": [1]}, "settings": {` + "\n" + `"Share": 1}}`:       `s, line 3: "Share" is no field's name: write "share"`,
		"null": `s: "name" is ""`,
	} {
		if _, err := plan.Parse("s", []byte(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// Data sets of the same name are told apart, and so are their runs.
func TestDataOfTheSameName(t *testing.T) {
	p, err := plan.Parse("s", []byte(`{"name": "s", "data": [{"pictures": "p"}, {"pictures": "p", "invert": true}, "mnist"], "vary": {"seed": [1, 2]}}`))
	if err != nil {
		t.Fatal(err)
	}
	if groups := p.Groups(); !reflect.DeepEqual(groups, [][]int{{0, 1}, {2, 3}, {4, 5}}) {
		t.Errorf("the groups are %v", groups)
	}
	for i, want := range map[int]string{0: "p (1), seed 1", 3: "p (2), seed 2", 4: "mnist, seed 1"} {
		if got := p.Label(p.Runs[i]); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if err := p.Different([]string{"a", "b", "c"}); err != nil {
		t.Error(err)
	}
	if err := p.Different([]string{"a", "b", "a"}); err == nil || !strings.Contains(err.Error(), "the data sets p (1) and mnist hold the same images") {
		t.Error(err)
	}
}

// Folders are below the file's own.
func TestFolders(t *testing.T) {
	path := filepath.Join(t.TempDir(), "study.json")
	if err := os.WriteFile(path, []byte(strings.Replace(whole, `"fashion-mnist-sample"`, `{"pictures": "/abs"}`, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	p, err := plan.Read(path)
	if err != nil || p.Data[0].Pictures != "/abs" || p.Data[1].Dir != filepath.Join(filepath.Dir(path), "mine") {
		t.Errorf("the data are %+v, %v", p.Data, err)
	}
}

func TestOpen(t *testing.T) {
	got, err := plan.Data{Name: datasets.FashionSample}.Open(t.Context(), datasets.Options{})
	if err != nil || got.Train.Len() != 10_000 {
		t.Errorf("%d images, %v", got.Train.Len(), err)
	}
	if _, err := (plan.Data{Pictures: "/nowhere"}).Open(t.Context(), datasets.Options{}); err == nil || !strings.Contains(err.Error(), "/nowhere") {
		t.Errorf("the error is %v", err)
	}
}

func Example() {
	p, err := plan.Parse("study.json", []byte(`{
  "name": "weights", "data": ["mnist"], "settings": {"latent": 2},
  "vary": {"kl_weight": [1, 4], "seed": [1, 2]}
}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range p.Runs {
		fmt.Println(p.Label(r))
	}
	// Output:
	// kl_weight 1, seed 1
	// kl_weight 1, seed 2
	// kl_weight 4, seed 1
	// kl_weight 4, seed 2
}
