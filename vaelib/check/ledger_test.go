package check

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is announced, and what the cell's main part asks for, decide whether a verdict is missing.
func TestMissingVerdicts(t *testing.T) {
	const kl, slope = "exercise.KLInOneDimension", "exercise.KLGradient"
	check, both := kl+".Check(KL)", kl+".Check(KL)\n"+slope+".Check(Gradient)"
	for _, c := range []struct {
		name, announced, main string
		failed                bool
		want                  string // the titles
	}{
		{"a verdict", "begun K\nbegun K\njudged K\nbegun K\nright K\n", check, false, ""},
		{"another verdict", "begun K\nbegun K\njudged K\nbegun K\nrefused K\n", check, false, ""},
		{"ended while it was judged", "begun K\nbegun K\n", check, false, "KL in one dimension: no verdict"},
		{"ended with an error while it was judged", "begun K\nbegun K\n", check, true, "KL in one dimension: no verdict"},
		{"ended before the verdict was shown", "begun K\nbegun K\njudged K\nbegun K\n", check, false, "KL in one dimension: no verdict"},
		{"ended between two checks", "begun K\nright K\n", both, false, "The gradient by hand: no verdict"},
		{"ended in the second check", "begun K\nright K\nbegun " + slope + "\n", both, false, "The gradient by hand: no verdict"},
		{"checked once more", "begun K\nright K\nbegun K\n", check, false, "KL in one dimension: no verdict"},
		{"only judged", "begun K\njudged K\n", "if " + kl + ".Judge(KL).State == exercise.Right {\n}", false, ""},
		{"ended while only judged", "begun K\n", "", false, "KL in one dimension: no verdict"},
		{"ended before main", "", check, false, "KL in one dimension: no verdict"},
		{"failed before it came to the check, and said why", "", check, true, ""},
		{"a hint", "asked K\n", kl + ".Hint()", false, ""},
		{"ended before the hint", "", kl + ".Hint()", false, "The program ended before it came to the exercise"},
		{"nothing of the room in main", "", "fmt.Println(1)", false, ""},
		{"an exercise of somebody's own", "begun mine.Task\n", "", false, "mine.Task: no verdict"},
	} {
		var titles []string
		for _, card := range read(introduction(course.exercises)+strings.ReplaceAll(c.announced, " K\n", " "+kl+"\n")).missing(c.main, c.failed) {
			titles = append(titles, card.Title)
		}
		if got := strings.Join(titles, "; "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// The main part is what runs, without what is commented out and what stands beside it.
func TestMainPart(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("GONB_TMP_DIR", dir)
	if got := mainPart(); got != "" {
		t.Errorf("without a file: %q", got)
	}
	const source = "package main\n\nfunc again() {\n\texercise.KLGradient.Check(Gradient)\n}\n\nfunc main() {\n\texercise.SignError.Check(Corrected)\n\t// exercise.ELBO.Check(Loss)\n}\n"
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(checksIn(mainPart())); got != "[exercise.SignError]" {
		t.Errorf("it checks %s", got)
	}
}
