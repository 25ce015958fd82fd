package exercise

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vaelab/vaelib/check"
	"vaelab/vaelib/words/wordstest"
)

// letters are right ones for all questions of a quiz.
func letters(q *check.Quiz) (list []string) {
	for _, question := range q.Questions {
		list = append(list, question.Right())
	}
	return list
}

func TestQuizOnATerminal(t *testing.T) {
	own(t)
	text := wordstest.Printed(t, Quiz1.Ask)
	mustContain(t, text, "○ Five questions on points and clouds", "1. An AE and a VAE", "a) Its KL term", "d) It needs more passes", "2. Few pictures",
		"5. An encoder gives", "exercise.Quiz1.Answer")
	for _, q := range Quiz1.Questions {
		for _, o := range q.Options {
			if strings.Contains(text, o.Explains) {
				t.Errorf("explained before it is answered: %s", o.Explains)
			}
		}
	}
	mustContain(t, wordstest.Printed(t, func() { Quiz1.Answer("", "", "", "", "") }), "○ Five questions on points and clouds: not attempted yet", "such as “b”")
	mustContain(t, wordstest.Printed(t, func() { Quiz1.Answer() }), "not attempted yet")

	// Right and wrong are explained; what is blank isn't told.
	text = wordstest.Printed(t, func() { Quiz1.Answer("b", "", " C) ") })
	mustContain(t, text, "1 of 5 right", "✓ 1. Right: b) Nothing", Quiz1.Questions[0].Options[1].Explains,
		"✗ 3. Not so: c) 0.44", Quiz1.Questions[2].Options[2].Explains, "Right is a) 0.2", Quiz1.Questions[2].Options[0].Explains, "2 of 5 answered")
	if strings.Contains(text, Quiz1.Questions[0].Options[0].Explains) || strings.Contains(text, "230 nats") {
		t.Errorf("more is told than was asked:\n%s", text)
	}
	// A letter of no option, and too many letters, are told in a sentence.
	mustContain(t, wordstest.Printed(t, func() { Quiz1.Answer("e", "D", "0.2") }), "– 1. “e” is none of its letters: write one from a to d.", "✓ 2. Right: d) The AE", "– 3. “0.2” is none")
	mustContain(t, wordstest.Printed(t, func() { Quiz1.Answer(append(letters(Quiz1), "a")...) }), "5 of 5 right", "6 letters for 5 questions")
	mustContain(t, wordstest.Printed(t, func() { Quiz1.Answer(letters(Quiz1)...) }), "✓ Five questions on points and clouds: 5 of 5 right")
	mustContain(t, wordstest.Printed(t, Progress), fmt.Sprintf("0 of %d exercises done", len(list))) // it counts for none
}

// The first answer and the best are kept, and the latest decides.
func TestQuizIsKept(t *testing.T) {
	root := own(t)
	for _, answer := range []string{"a", "", "b", "c", "x"} {
		wordstest.Printed(t, func() { Quiz1.Answer(answer) })
	}
	text, err := os.ReadFile(filepath.Join(root, "progress.json"))
	kept := strings.Join(strings.Fields(string(text)), "")
	if want := `{"Quiz1":{"quiz":[{"first":"a","latest":"c","best":true},{},{},{},{}]}}`; err != nil || kept != want {
		t.Errorf("%s, %v, want %s", kept, err, want)
	}
}

// While nbgrader grades no answer fails a cell, and none is kept.
func TestQuizIsNotGraded(t *testing.T) {
	root := own(t)
	t.Setenv("NBGRADER_EXECUTION", "autograde")
	mustContain(t, wordstest.Printed(t, func() { Quiz1.Answer("a") }), "✗ 1.")
	mustContain(t, wordstest.Printed(t, func() { Quiz1.Answer() }), "not attempted yet")
	if files, _ := os.ReadDir(root); len(files) > 0 {
		t.Error("grading wrote into the grader's own progress")
	}
}

// stands are the marks of the twelve confusions, as Progress shows them.
func stands(t *testing.T) map[check.Confusion]string {
	t.Helper()
	text := wordstest.Printed(t, Progress)
	marks := map[check.Confusion]string{}
	for _, c := range check.Confusions() {
		for line := range strings.Lines(text) {
			if _, after, ok := strings.Cut(line, string(c)); ok {
				marks[c] = strings.TrimSpace(after)
			}
		}
	}
	return marks
}

func TestConfusionsMetAndMastered(t *testing.T) {
	own(t)
	text := wordstest.Printed(t, Progress)
	mustContain(t, text, "Of the 12 things that people get wrong again and again you have met none yet.")
	if strings.Contains(text, "not met yet") {
		t.Errorf("a table of nothing:\n%s", text)
	}
	expect := func(c check.Confusion, want string) {
		t.Helper()
		if got := stands(t)[c]; got != want {
			t.Errorf("%s: %q, want %q", c, got, want)
		}
	}
	// A wrong verdict, a prediction and an answer to a question each meet; an answer that isn't written doesn't.
	wordstest.Printed(t, func() { GreyFloor.Check(func([]float64) float64 { panic("write me") }) })
	mustContain(t, wordstest.Printed(t, Progress), "met none yet")
	wordstest.Printed(t, func() { GreyFloor.Check(func([]float64) float64 { return 0 }) })
	expect(check.GreyPixels, "◐ met")
	expect(check.NotANumber, "◐ met")
	expect(check.KLRises, "○ not met yet")
	wordstest.Printed(t, func() { TermsInTraining.Predict("falls", "rises") })
	expect(check.KLRises, "◐ met")
	wordstest.Printed(t, func() { Quiz3.Answer("", "", "", "", "b") })
	expect(check.FixedSigma, "◐ met")
	mustContain(t, wordstest.Printed(t, Progress), "0 of 12 confusions mastered, 4 more met")

	// Where only a prediction meets it, the question alone decides; the latest answer counts.
	wordstest.Printed(t, func() { Quiz3.Answer("d", "b") })
	expect(check.KLRises, "● mastered")
	wordstest.Printed(t, func() { Quiz3.Answer("a") })
	expect(check.KLRises, "◐ met")
	wordstest.Printed(t, func() { Quiz3.Answer("", "b") }) // what is left blank stays as it was
	expect(check.KLRises, "◐ met")
	expect(check.GreyPixels, "◐ met") // its exercise isn't done
	wordstest.Printed(t, func() { GreyFloor.Check(solveGreyFloor) })
	expect(check.GreyPixels, "● mastered")

	// Everything done and answered masters everything.
	wordstest.Printed(t, func() {
		for _, e := range list {
			e.Settle(check.Report{State: check.Right})
		}
		for _, q := range quizzes {
			q.Answer(letters(q)...)
		}
	})
	mustContain(t, wordstest.Printed(t, Progress), "12 of 12 confusions mastered, 0 more met")
}

// Every exercise and question counts for its confusion: with one of them wrong or open it isn't mastered.
func TestMasteryNeedsAll(t *testing.T) {
	for _, open := range list {
		if open.Signature == "" || len(open.Meets) == 0 {
			continue
		}
		own(t)
		wordstest.Printed(t, func() {
			for _, e := range slices.DeleteFunc(slices.Clone(list), func(e *check.Exercise) bool { return e == open }) {
				e.Settle(check.Report{State: check.Right})
			}
			for _, q := range quizzes {
				q.Answer(letters(q)...)
			}
		})
		marks := stands(t)
		for _, c := range check.Confusions() {
			if want := map[bool]string{true: "◐ met", false: "● mastered"}[slices.Contains(open.Meets, c)]; marks[c] != want {
				t.Errorf("without %s: %s is %q", open.ID, c, marks[c])
			}
		}
	}
}
