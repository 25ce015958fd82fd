package exercise

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/vaelib/check"
	"vaelab/vaelib/places"
	"vaelab/vaelib/words/wordstest"
)

func TestProgressOverTheCourse(t *testing.T) {
	root := own(t)
	mustContain(t, wordstest.Printed(t, check.Progress), fmt.Sprintf("0 of %d exercises done", len(list)), "notebook", "PCA against AE (about 4 minutes)")
	wordstest.Printed(t, func() {
		KLInOneDimension.Settle(check.Report{State: check.Right})
		KLInOneDimension.Settle(check.Report{State: check.Wrong}) // once done stays done
	})
	text := wordstest.Printed(t, check.Progress)
	mustContain(t, text, fmt.Sprintf("1 of %d exercises done", len(list)), "○○○○ ●○", "1 of 7", "KL by sampling")
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "progress.json" && e.Name() != "progress.lock" {
			t.Errorf("%s is left in the run folder", e.Name())
		}
	}
}

// Everything done is told so.
func TestAllDone(t *testing.T) {
	own(t)
	wordstest.Printed(t, func() {
		for _, e := range list {
			e.Settle(check.Report{State: check.Right})
		}
	})
	mustContain(t, wordstest.Printed(t, check.Progress), fmt.Sprintf("%d of %d exercises done", len(list), len(list)), "all done")
}

func TestADamagedFileIsKeptAside(t *testing.T) {
	for _, damage := range []string{"{", "", "null", "[1]", `{"KLInOneDimension": 3}`, "\x00\x01"} {
		root := own(t)
		path := filepath.Join(root, "progress.json")
		if err := os.WriteFile(path, []byte(damage), 0o644); err != nil {
			t.Fatal(err)
		}
		text := wordstest.Printed(t, func() { KLInOneDimension.Check(solveKLInOneDimension) })
		mustContain(t, text, "✓", "1 of ", "damaged", "starts anew", "progress.json.damaged-1")
		if kept, err := os.ReadFile(path + ".damaged-1"); err != nil || string(kept) != damage {
			t.Errorf("%q is kept as %q, %v", damage, kept, err)
		}
		if err := os.WriteFile(path, []byte(damage), 0o644); err != nil {
			t.Fatal(err)
		}
		mustContain(t, wordstest.Printed(t, check.Progress), "progress.json.damaged-2")
	}
	// A file with an empty entry, or one of an exercise or with a field that this version doesn't know, is no damage, and nothing is
	// lost.
	root := own(t)
	path := filepath.Join(root, "progress.json")
	if err := os.WriteFile(path, []byte(`{"KLInOneDimension": null, "SignError": {"hints": 1, "mood": {"good": 2}}, "OfAnotherVersion": {"done": true}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if text := wordstest.Printed(t, func() { KLInOneDimension.Check(solveKLInOneDimension) }); strings.Contains(text, "damaged") {
		t.Error(text)
	}
	wordstest.Printed(t, SignError.Hint)
	kept, err := os.ReadFile(path)
	if text := strings.Join(strings.Fields(string(kept)), ""); err != nil || !strings.Contains(text, `"OfAnotherVersion":{"done":true}`) ||
		!strings.Contains(text, `"SignError":{"hints":2,"mood":{"good":2}}`) {
		t.Errorf("%s, %v", kept, err)
	}
}

// Where nothing can be written the answer is shown all the same, and a sentence says what to do.
func TestWithoutAFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	own(t)
	t.Setenv(places.RunsEnv, file)
	mustContain(t, wordstest.Printed(t, func() { KLInOneDimension.Check(solveKLInOneDimension) }), "✓ KL in one dimension: right", "can't be kept", places.RunsEnv)
	mustContain(t, wordstest.Printed(t, KLInOneDimension.Hint), "hint 1 of 3")
}

// asCell names the environment variable under which TestAsCell plays a notebook's cell in a process of its own.
const asCell = "EXERCISE_TEST_CELL"

func TestAsCell(t *testing.T) {
	switch os.Getenv(asCell) {
	case "":
		t.Skip("only in a process that TestGrading starts")
	case "right":
		KLInOneDimension.Check(solveKLInOneDimension)
	case "wrong":
		KLInOneDimension.Check(func(mu, sigma float64) float64 { return 2 * solveKLInOneDimension(mu, sigma) })
	case "stub":
		KLInOneDimension.Check(func(mu, sigma float64) float64 { panic("write me") })
	case "crash":
		KLInOneDimension.Check(func(mu, sigma float64) float64 { panic("no") })
	case "recursion":
		var again func(mu, sigma float64) float64
		again = func(mu, sigma float64) float64 { return 1 + again(mu, sigma) }
		KLInOneDimension.Check(again)
	case "prediction":
		RecallAtWeight4.Predict("rises")
		RecallAtWeight4.Compare([]float64{0.4, 0.1})
	case "no prediction":
		RecallAtWeight4.Predict("")
	case "no numbers":
		PCAAgainstAE.Predict()
	}
	os.Exit(0) // without the test's own words
}

// While nbgrader grades, an answer that isn't right ends its cell with a sentence and exit code 1; in a learner's own run
// none does. Nothing is ever written to standard error, which nbgrader would take for a failure.
func TestGrading(t *testing.T) {
	for cell, sentence := range map[string]string{
		"right": "", "prediction": "", "no prediction": "", "no numbers": "",
		"wrong": "“KL in one dimension” is not yet right: Your value is twice",
		"stub":  "“KL in one dimension” is not attempted yet",
		"crash": "“KL in one dimension” is stopped by a panic: Your function panicked at μ = 0, σ = 1: no.",
	} {
		for _, mode := range []string{"", "autograde", "validate"} {
			root := t.TempDir()
			cmd := exec.Command(os.Args[0], "-test.run=^TestAsCell$")
			cmd.Env = append(os.Environ(), asCell+"="+cell, "NBGRADER_EXECUTION="+mode, places.RunsEnv+"="+root)
			var complaints strings.Builder
			cmd.Stderr = &complaints
			out, err := cmd.Output()
			if fails := mode != "" && sentence != ""; (err != nil) != fails || fails && cmd.ProcessState.ExitCode() != 1 {
				t.Errorf("%s, graded %q: %v\n%s", cell, mode, err, out)
			} else if fails && !strings.Contains(string(out), "Error: "+sentence) {
				t.Errorf("%s, graded %q: the sentence is\n%s", cell, mode, out)
			}
			if complaints.Len() > 0 {
				t.Errorf("%s, graded %q: standard error says\n%s", cell, mode, complaints.String())
			}
			if files, _ := os.ReadDir(root); mode == "autograde" && (cell == "right" || cell == "wrong") && len(files) > 0 {
				t.Errorf("%s: grading wrote into the grader's own progress", cell)
			}
		}
	}
}

// A function that calls itself without end can't be caught, but it ends the cell early, and says why.
func TestEndlessRecursion(t *testing.T) {
	cmd := exec.Command(os.Args[0], "-test.run=^TestAsCell$")
	cmd.Env = append(os.Environ(), asCell+"=recursion", places.RunsEnv+"="+t.TempDir())
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), fmt.Sprintf("exceeds %d-byte limit", 64<<20)) || !strings.Contains(string(out), "stack overflow") {
		t.Errorf("%v\n%.500s", err, out)
	}
}

func TestStateOfNoKind(t *testing.T) {
	for _, s := range []check.Outcome{-1, check.TooSlow + 1} {
		if s.String() != "unknown" {
			t.Errorf("state %d is %q", int(s), s)
		}
	}
}
