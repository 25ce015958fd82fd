package notebook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/vaelib/check"
)

// TestPair compares the pair in testdata, which a person has read, with what the source gives.
func TestPair(t *testing.T) {
	pairs, err := Pairs("testdata")
	if err != nil || len(pairs) != 1 {
		t.Fatalf("pairs %v, %v; want one", pairs, err)
	}
	if faults, err := pairs[0].Stale(); err != nil || len(faults) > 0 {
		t.Errorf("%v, %v", faults, err)
	}
	if orphans, err := Orphans("testdata"); err != nil || len(orphans) > 0 {
		t.Errorf("orphans %v, %v", orphans, err)
	}
	learner, err := Read(pairs[0].Learner)
	if err != nil {
		t.Fatal(err)
	}
	if n := learner.Exercises(); n != 2 {
		t.Errorf("%d exercises, want 2", n)
	}
	text := string(learner.Bytes())
	for _, want := range []string{`"func KL(mu, sigma float64) float64 {\n",` + "\n    " + `"\tpanic(\"write me\")\n",` + "\n    " + `"}"`, `& it goes on <here>`} {
		if !strings.Contains(text, want) {
			t.Errorf("the learner's notebook lacks %s", want)
		}
	}
	for _, left := range []string{"SOLUTION", `"\treturn mu\n"`, "variance"} {
		if strings.Contains(text, left) {
			t.Errorf("the learner's notebook still has %q", left)
		}
	}
}

// copyPair puts the source of testdata into a folder of the test's own.
func copyPair(t *testing.T) Pair {
	t.Helper()
	text, err := os.ReadFile("testdata/solutions/kl.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, Solutions), 0o755); err != nil {
		t.Fatal(err)
	}
	p := Pair{filepath.Join(dir, Solutions, "kl.ipynb"), filepath.Join(dir, "kl.ipynb")}
	if err := os.WriteFile(p.Source, text, 0o644); err != nil {
		t.Fatal(err)
	}
	return p
}

func edit(t *testing.T, path, old, new string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(text, []byte(old)) {
		t.Fatalf("%s has no %s", path, old)
	}
	if err := os.WriteFile(path, bytes.Replace(text, []byte(old), []byte(new), 1), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestStaleAndWrite(t *testing.T) {
	p := copyPair(t)
	stale := func(want ...string) {
		t.Helper()
		faults, err := p.Stale()
		if err != nil || len(faults) != len(want) {
			t.Fatalf("stale: %q, %v; want %q", faults, err, want)
		}
		for i := range want {
			if !strings.Contains(faults[i], want[i]) {
				t.Errorf("stale: %q; want %q in it", faults[i], want[i])
			}
		}
	}
	write := func(changes int) {
		t.Helper()
		changed, err := p.Write()
		if err != nil || len(changed) != changes {
			t.Fatalf("wrote %q, %v; want %d files", changed, err, changes)
		}
		stale()
	}
	stale("has not been made")
	write(1)
	write(0)
	edit(t, p.Learner, "By how much", "How much")
	stale("first difference is in cell slope-text")
	write(1)
	edit(t, p.Source, `"\treturn mu\n"`, `"\treturn 1 * mu\n"`) // an answer is the source's own
	stale()
	edit(t, p.Source, `"outputs": []`, `"outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}]`)
	edit(t, p.Source, `"points": 1`, `"points": 7`)
	stale("the first difference is in cell wire")
	write(1)
	edit(t, p.Learner, `"outputs": []`, `"outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}]`)
	if _, err := p.Write(); err == nil || !strings.Contains(err.Error(), "somebody works in it") {
		t.Errorf("over somebody's work: %v", err)
	}
	if err := os.Remove(p.Source); err != nil {
		t.Fatal(err)
	}
	if faults, err := Orphans(filepath.Dir(p.Learner)); err != nil || len(faults) != 1 || !strings.Contains(faults[0], "kl.ipynb has exercises") {
		t.Errorf("orphans %v, %v", faults, err)
	}
}

func TestFaultsAreSentences(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`"\t// BEGIN SOLUTION\n",`, ``, "cell kl, line 5: a solution ends that has not begun: put // BEGIN SOLUTION before it"},
		{`"\t// END SOLUTION\n",`, ``, "cell kl, line 3: a solution begins that doesn't end: put // END SOLUTION after it"},
		{`"\t// END SOLUTION\n",`, `"\t// BEGIN SOLUTION\n",`, "line 6: a solution begins inside the one that began in line 3"},
		{`// BEGIN SOLUTION\n`, `x := 1 // BEGIN SOLUTION\n`, "line 3: a marker stands alone in its line"},
		{`Write it for`, `END SOLUTION: write it for`, "cell kl-text, line 3: a marker stands alone"},
		{`"func KL(mu`, `"var _ = exercise.KL.Check(nil)\n", "func KL(mu`, "cell kl has a solution and its check"},
		{`"id": "kl-check"`, `"id": "kl"`, "two cells with the id kl"},
		{`"id": "kl-check"`, `"id": "kl.check"`, `cell 7 has the id "kl.check"`},
		{`"cells"`, `"sells"`, "no list of cells"},
		{`{`, `words`, "is not a notebook"},
	} {
		p := copyPair(t)
		edit(t, p.Source, c.old, c.new)
		_, err := p.Stale()
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("with %s: %v; want %q", c.new, err, c.want)
		}
		if _, again := p.Write(); err != nil && (again == nil || again.Error() != err.Error()) {
			t.Errorf("Write says %v, Stale %v", again, err)
		}
	}
}

// TestWhatIsAnExercise looks at cells that check an answer, and at some that only look so.
func TestWhatIsAnExercise(t *testing.T) {
	for source, want := range map[string]bool{
		"%%\nexercise.KL.Check(KL)":                  true,
		"%%\n\texercise.Loss(3).Check(f) // ok":      true,
		"%%\nlosses.WriteTheLoss.Check(loss)":        true,
		"%%\nshow.Check(err)":                        false,
		"%%\n// exercise.KL.Check(KL)":               false,
		"%%\nfmt.Println(\"exercise.KL.Check(KL)\")": false,
		"%%\nexercise.KL.Hint()":                     false,
		"%%\nexercise.Progress()":                    false,
	} {
		text, err := json.Marshal(map[string]any{"cells": []any{map[string]any{"cell_type": "code", "id": "c", "source": source}}})
		if err != nil {
			t.Fatal(err)
		}
		b, err := parse("one.ipynb", text)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.Exercises() == 1; got != want {
			t.Errorf("%q: an exercise: %t, want %t", source, got, want)
		}
	}
}

// TestNothingElseChanges reads the course's notebooks and writes them: Jupyter's own bytes come back.
func TestNothingElseChanges(t *testing.T) {
	books, err := filepath.Glob("../../../../notebooks/*.ipynb")
	if err != nil || len(books) == 0 {
		t.Fatalf("no notebooks: %v", err)
	}
	for _, path := range books {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		b, err := Read(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(b.Bytes(), text) {
			t.Errorf("%s comes back with other bytes", path)
		}
	}
}

// The stub that learners find is what a check takes for unwritten: the two words lie apart, since the command doesn't link checks.
func TestTheStubIsUnwritten(t *testing.T) {
	if Stub != fmt.Sprintf("panic(%q)", check.NotWritten) {
		t.Errorf("the stub is %s, and a check looks for %q", Stub, check.NotWritten)
	}
}
