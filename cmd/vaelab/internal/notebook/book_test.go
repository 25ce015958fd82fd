package notebook

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// cellOf is a cell as JSON holds it.
func cellOf(kind, id, source string, more map[string]any) map[string]any {
	c := map[string]any{"cell_type": kind, "id": id, "source": source, "metadata": map[string]any{}}
	for key, value := range more {
		c[key] = value
	}
	return c
}

// bookWith is a notebook of these cells.
func bookWith(t *testing.T, cells ...any) *Book {
	t.Helper()
	text, err := json.Marshal(map[string]any{"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": map[string]any{"level": 12345678901234567}})
	if err != nil {
		t.Fatal(err)
	}
	b, err := parse("a.ipynb", text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The first difference between two notebooks is named, be it a cell that differs, lacks or is too much.
func TestFirstDifference(t *testing.T) {
	one, two := cellOf("markdown", "one", "1", nil), cellOf("code", "two", "2", nil)
	for want, have := range map[string]*Book{
		"":                                      bookWith(t, one, two),
		": cell two is missing":                 bookWith(t, one),
		": cell three is too much":              bookWith(t, one, two, cellOf("code", "three", "3", nil)),
		": the first difference is in cell two": bookWith(t, one, cellOf("code", "two", "3", nil)),
		": the first difference is in cell one": bookWith(t, two, one),
	} {
		if got := firstDifference(have.Bytes(), bookWith(t, one, two)); got != want {
			t.Errorf("the difference is %q, want %q", got, want)
		}
	}
	if got := firstDifference([]byte("words"), bookWith(t, one)); got != ": it is not a notebook" {
		t.Errorf("the difference from words is %q", got)
	}
}

// Tidying keeps a cell's tags and its text, and throws away all else that a page leaves behind; large numbers stay whole.
func TestTidy(t *testing.T) {
	b := bookWith(t, cellOf("markdown", "text", "words", map[string]any{"metadata": map[string]any{"tags": []any{"hide"}, "collapsed": true}}),
		cellOf("code", "run", "1+1", map[string]any{"execution_count": 7, "outputs": []any{map[string]any{}}}))
	if !b.hasOutputs() {
		t.Error("its outputs aren't seen")
	}
	if err := b.Tidy(); err != nil {
		t.Fatal(err)
	}
	text := string(b.Bytes())
	for _, want := range []string{`"hide"`, `"words"`, `"execution_count": null`, `"level": 12345678901234567`} {
		if !strings.Contains(text, want) {
			t.Errorf("the tidy notebook lacks %s:\n%s", want, text)
		}
	}
	if strings.Contains(text, "collapsed") || b.hasOutputs() {
		t.Errorf("the tidy notebook is\n%s", text)
	}
}

// What can't be an exercise is a fault that names its place.
func TestFaultsOfCells(t *testing.T) {
	text := bookWith(t, cellOf("markdown", "text", "// BEGIN SOLUTION\n42\n// END SOLUTION", nil))
	if _, err := text.Learner(); err == nil || !strings.Contains(err.Error(), "a.ipynb, cell text has a solution, but is not a code cell") {
		t.Errorf("a solution among words gives %v", err)
	}
	open := bookWith(t, cellOf("code", "open", "// BEGIN SOLUTION\n42", nil))
	if err := open.Tidy(); err == nil || !strings.Contains(err.Error(), "a.ipynb, cell open, line 1: a solution begins that doesn't end") {
		t.Errorf("a solution without an end gives %v", err)
	}
	words := bookWith(t, cellOf("markdown", "text", "exercise.KL.Check(KL)", nil))
	if n := words.Exercises(); n != 0 {
		t.Errorf("words are %d exercises", n)
	}
	if _, err := parse("a.ipynb", []byte(`{"cells": [{}, 7]}`)); err == nil || !strings.Contains(err.Error(), "a.ipynb is not a notebook: cell 2 is not an object") {
		t.Errorf("a number for a cell gives %v", err)
	}
	if _, err := Read(filepath.Join(t.TempDir(), "none.ipynb")); err == nil || !strings.Contains(err.Error(), "the notebook can't be read") {
		t.Errorf("a notebook that isn't there gives %v", err)
	}
}

// A learner's notebook has its quizzes still to be answered; words about them stay, and a quiz is no exercise.
func TestQuizzesLoseTheirLetters(t *testing.T) {
	const answer = "%%\nexercise.Quiz2.Answer(\"c\", \"\", \"b\") // ← a letter for each\nfmt.Println(\"c\")"
	b := bookWith(t, cellOf("code", "quiz-answer", answer, nil), cellOf("markdown", "text", answer, nil))
	learner, err := b.Learner()
	if err != nil {
		t.Fatal(err)
	}
	want := "%%\nexercise.Quiz2.Answer(\"\", \"\", \"\") // ← a letter for each\nfmt.Println(\"c\")"
	for name, open := range map[string]*Book{"the learner's": learner, "nbgrader's": b.WithoutLetters()} {
		if got := strings.Join(open.cells[0].lines(), "\n"); got != want {
			t.Errorf("%s is\n%s", name, got)
		}
		if got := strings.Join(open.cells[1].lines(), "\n"); got != answer {
			t.Errorf("words of %s are\n%s", name, got)
		}
	}
	if b.Code()[0].Text != answer || b.Exercises() != 0 || len(b.ExerciseNames()) != 0 {
		t.Errorf("the notebook itself has %q, %d exercises, %q", b.Code()[0].Text, b.Exercises(), b.ExerciseNames())
	}
	if err := b.Tidy(); err != nil || strings.Contains(string(b.Bytes()), "nbgrader") {
		t.Errorf("a quiz is marked for nbgrader, %v", err)
	}
}

// Only a notebook with exercises, or with a solution left in it, needs a source.
func TestOrphans(t *testing.T) {
	dir := t.TempDir()
	for name, source := range map[string]string{"plain": "1+1", "exercise": "exercise.KL.Check(KL)", "solution": "// BEGIN SOLUTION\n1\n// END SOLUTION"} {
		b := bookWith(t, cellOf("code", "c", source, nil))
		if err := os.WriteFile(filepath.Join(dir, name+".ipynb"), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	faults, err := Orphans(dir)
	if err != nil || len(faults) != 2 || !strings.Contains(faults[0], "exercise.ipynb") || !strings.Contains(faults[1], "solution.ipynb") {
		t.Errorf("the orphans are %q, %v", faults, err)
	}
}

// A cell's first line is the first that says something.
func TestFirstLine(t *testing.T) {
	for source, want := range map[string]string{"": "", "%%\n": "", "\n  %%\n\n\tfmt.Println(1)\n2": "fmt.Println(1)", "// a comment\n%%": "// a comment"} {
		if got := (Cell{Source: source}).FirstLine(); got != want {
			t.Errorf("the first line of %q is %q, want %q", source, got, want)
		}
	}
}
