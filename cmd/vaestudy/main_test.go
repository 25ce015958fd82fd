package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/vaelib/places"
)

// program is the built vaestudy: what a person gets, exit code and all.
var program string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "vaestudy")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		program = filepath.Join(dir, "vaestudy.exe")
		if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
			panic(fmt.Sprintf("%v: %s", err, out))
		}
		return m.Run()
	}())
}

// small is a study of four runs on the sample that take about a second each without XLA.
const small = `{
  "name": "small", "data": ["fashion-mnist-sample"],
  "settings": {"hidden": 8, "batch": 1000, "epochs": 2},
  "vary": {"kl_weight": [0.5, 2], "seed": [1, 2]}
}`

// file writes a study's file into a folder of the test's own.
func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "study.json")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func command(t *testing.T, runs string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, append([]string{"-backend", "go"}, args...)...)
	cmd.Env = append(os.Environ(), places.RunsEnv+"="+runs, "GOMLX_BACKEND=go", "GOMLX_NO_AUTO_INSTALL=1")
	return cmd
}

// vaestudy gives what the program says, on both its outputs, and its exit code.
func vaestudy(t *testing.T, runs string, args ...string) (said string, code int) {
	t.Helper()
	cmd := command(t, runs, args...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// trained is the small study, and the folder in which its runs are finished. Training takes seconds.
func trained(t *testing.T) (study, runs string) {
	t.Helper()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	study, runs = file(t, small), t.TempDir()
	if said, code := vaestudy(t, runs, study); code != 0 {
		t.Fatal(said)
	}
	return study, runs
}

// states are the runs' weights and histories, by their folders' names.
func states(t *testing.T, runs string) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(runs, "*", "state.safetensors"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(filepath.Dir(name))] = text
	}
	return all
}

func says(t *testing.T, said string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(said, part) {
			t.Errorf("it doesn't say %q:\n%s", part, said)
		}
	}
}

// A study is trained, told, and made tables of; called again it trains nothing.
func TestAStudy(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	study, runs, out := file(t, small), t.TempDir(), filepath.Join(t.TempDir(), "new")
	said, code := vaestudy(t, runs, "-table", study)
	says(t, said, "kl_weight 0.5, seed 2  waiting  0 of 2 epochs", "small: 4 runs: 4 waiting")
	if code != 0 {
		t.Errorf("-table ends with code %d", code)
	}
	said, code = vaestudy(t, runs, "-out", out, study)
	says(t, said, "4 of 4: kl_weight", "kl_weight 2, seed 2    done  2 of 2 epochs", "small: 4 runs: 4 done", "Tables of 4 runs are in "+out)
	if code != 0 {
		t.Errorf("it ends with code %d", code)
	}
	for name, lines := range map[string]int{"epochs.csv": 1 + 4*2, "epochs.jsonl": 4 * 2, "measures.csv": 1 + 4*6, "measures.jsonl": 4 * 6} {
		text, err := os.ReadFile(filepath.Join(out, name))
		if err != nil || bytes.Count(text, []byte("\n")) != lines {
			t.Errorf("%s has %d lines, %v, want %d", name, bytes.Count(text, []byte("\n")), err, lines)
		}
	}
	for _, m := range measures(t, out) {
		if m.Measure == "active_units" && (m.Value < 0 || m.Value > float64(m.Latent) || m.Value != math.Trunc(m.Value)) {
			t.Errorf("%+v", m)
		}
	}
	picture, err := os.Open(filepath.Join(out, "rate-distortion.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer picture.Close()
	if img, err := png.Decode(picture); err != nil || img.Bounds().Dx() < 400 {
		t.Errorf("the figure: %v", err)
	}
	before := states(t, runs)
	if said, code = vaestudy(t, runs, study); code != 0 || strings.Contains(said, " of 4: ") {
		t.Errorf("the second time, with code %d, it says\n%s", code, said)
	}
	for key, text := range states(t, runs) {
		if !bytes.Equal(text, before[key]) {
			t.Errorf("%s has changed", key)
		}
	}
}

// measured is a line of measures.jsonl.
type measured struct {
	Measure string
	Value   float64
	Latent  int
}

func measures(t *testing.T, out string) (all []measured) {
	t.Helper()
	f, err := os.Open(filepath.Join(out, "measures.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := json.NewDecoder(f); ; {
		var m measured
		if err := lines.Decode(&m); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
}

// Two programs at once, as two tasks that a mistake has given the same runs, make what one makes.
func TestTwoAtOnce(t *testing.T) {
	study, one := trained(t)
	two := t.TempDir()
	first, second := command(t, two, study), command(t, two, study)
	for _, c := range []*exec.Cmd{first, second} {
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(first.Wait(), second.Wait()); err != nil {
		t.Fatal(err)
	}
	want, got := states(t, one), states(t, two)
	if len(want) != 4 || len(got) != 4 {
		t.Fatalf("%d and %d runs", len(want), len(got))
	}
	for key := range want {
		if weights(want[key]) != weights(got[key]) {
			t.Errorf("%s differs", key)
		}
	}
}

// weights are a state's bytes without its header, in which seconds stand.
func weights(state []byte) string {
	size := uint64(0)
	for i := range 8 {
		size |= uint64(state[i]) << (8 * i)
	}
	return string(state[8+size:])
}

// A run that fails doesn't stop the others; it is tried three times, and then when it is asked for.
func TestARunThatFails(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	study, runs := file(t, strings.Replace(small, `"kl_weight": [0.5, 2]`, `"learning_rate": [1e6, 0.001]`, 1)), t.TempDir()
	for try := 1; try <= 4; try++ {
		said, code := vaestudy(t, runs, study)
		if try < 4 {
			says(t, said, "2 runs have ended with an error", fmt.Sprintf("%d times, last on ", try), "small: 4 runs: 2 done, 2 failed")
			if code != 1 {
				t.Errorf("try %d ends with code %d", try, code)
			}
			continue
		}
		says(t, said, "learning_rate 1e6, seed 1 has failed 3 times and isn't tried again without -again")
		if !strings.Contains(said, "2 runs have ended with an error") || code != 1 {
			t.Errorf("with code %d it says\n%s", code, said)
		}
	}
	if said, _ := vaestudy(t, runs, "-again", study); !strings.Contains(said, "4 times, last on ") {
		t.Errorf("with -again it says\n%s", said)
	}
}

// Each task of an array trains its share, and together they train all.
func TestShares(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	study, runs := file(t, small), t.TempDir()
	for part := range 3 {
		if said, code := vaestudy(t, runs, "-job", fmt.Sprintf("%d/3", part), study); code != 0 || strings.Contains(said, "4 runs") {
			t.Errorf("with code %d it says\n%s", code, said)
		}
		if n := len(states(t, runs)); n != []int{2, 3, 4}[part] {
			t.Errorf("after part %d there are %d runs", part, n)
		}
	}
}

func TestWrongCalls(t *testing.T) {
	study, runs := file(t, small), t.TempDir()
	for args, want := range map[string]string{
		"":                       "name the study's file",
		"STUDY STUDY":            "is one file too many",
		"-nosuch STUDY":          "flag provided but not defined: -nosuch",
		"-job 3/3 STUDY":         "write 0/24 for the first of 24 parts",
		"-job x STUDY":           "write 0/24",
		"-job 0/24x STUDY":       "write 0/24",
		"-job 0/2/9 STUDY":       "write 0/24",
		"-job 0/2 -out x STUDY":  "tables are of the whole study",
		"-slurm -out x STUDY":    "tables are of the whole study",
		"-table -job 0/2 STUDY":  "tables are of the whole study",
		"-out STUDY/x STUDY":     "the folder for tables can't be made",
		"-tasks 3 STUDY":         "-tasks and -sbatch are about -slurm",
		"STUDY -sbatch --time=1": "-tasks and -sbatch are about -slurm",
		"-slurm -table STUDY":    "-slurm can't be together with -table or -job",
		"-slurm -tasks -1 STUDY": "-tasks is -1",
		"/nowhere.json":          "the study's file can't be read",
		"STUDY -backend abacus":  "abacus",
		"-lang xx STUDY":         "xx",
	} {
		said, code := vaestudy(t, runs, strings.Fields(strings.ReplaceAll(args, "STUDY", study))...)
		if code == 0 || !strings.Contains(said, want) {
			t.Errorf("%s ends with code %d and\n%s", args, code, said)
		}
	}
	for text, want := range map[string]string{
		strings.Replace(small, "1000", "20000", 1):                `the run kl_weight 0.5, seed 1: "batch" is 20000, but there are only 10000 training images`,
		strings.Replace(small, "fashion-mnist-sample", "cats", 1): `"cats"`,
		strings.Replace(small, `"hidden"`, `"hiden"`, 1):          `line 3: "hiden" is no setting`,
	} {
		if said, code := vaestudy(t, runs, file(t, text)); code != 1 || !strings.Contains(said, want) {
			t.Errorf("it ends with code %d and\n%s, want %s", code, said, want)
		}
	}
	if said, code := vaestudy(t, runs, "-h"); code != 0 || !strings.Contains(said, "-slurm") {
		t.Errorf("-h ends with code %d and\n%s", code, said)
	}
	if entries, err := os.ReadDir(runs); err != nil || len(entries) > 0 {
		t.Errorf("something was trained: %v, %v", entries, err)
	}
}
