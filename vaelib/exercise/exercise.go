package exercise

import (
	"fmt"
	"os"
	"strings"

	"vaelab/vaelib/show"
)

// Exercise is what all exercises have in common.
type Exercise struct {
	// ID is the name of its variable, with its package where that isn't this one. It is the key in the progress file.
	ID         string
	Notebook   int
	Title      string
	Minutes    int
	Question   string
	Signature  string // of the function that is asked for; empty for a prediction
	Hints      []string
	FalseAlarm float64 // the chance that a right answer is refused; 0 where nothing is drawn
	Meets      []Confusion
}

// call is how a cell writes a method of the exercise.
func (e *Exercise) call(method string) string {
	if strings.Contains(e.ID, ".") {
		return e.ID + "." + method
	}
	return "exercise." + e.ID + "." + method
}

// grading says whether nbgrader executes the notebook: its autograder and its validator both set this variable.
func grading() bool { return os.Getenv("NBGRADER_EXECUTION") != "" }

// Settle tells the learner how the answer fared, and notes a right one. While nbgrader grades, an answer that isn't right
// ends the cell instead.
func (e *Exercise) Settle(r Report) {
	if grading() {
		if r.State != Right {
			show.Check(fmt.Errorf("“%s” is %v: %s", e.Title, r.State, r.Diagnosis))
		}
		show.Answer(e.card(r))
		return
	}
	card := e.card(r)
	all, err := change(func(p progress) {
		if r.State == Right {
			p.of(e.ID).Done = true
		}
	})
	card.Foot = append(card.Foot, all.line())
	show.Answer(card)
	tell(err)
}

// card is a report as it is shown.
func (e *Exercise) card(r Report) show.Card {
	c := show.Card{Title: fmt.Sprintf("%s: %v", e.Title, r.State)}
	switch r.State {
	case Right:
		c.Tone = show.Good
	case Wrong, Crashed, TooSlow:
		c.Tone = show.Bad
	}
	if r.Diagnosis != "" {
		c.Lines = append(c.Lines, r.Diagnosis)
	}
	if r.Tested != "" && r.State == Right {
		c.Lines = append(c.Lines, r.Tested)
	}
	if x := r.Example; x != nil && x.Want != "" {
		c.Header = []string{"input", "your value", "the true value"}
		c.Rows = [][]any{{x.Input, x.Got, x.Want}}
	}
	if r.State != Right && len(e.Hints) > 0 {
		c.Foot = append(c.Foot, "For a hint: "+e.call("Hint()"))
	}
	return c
}

// Hint shows the next hint and no more; which one is next is kept in the progress file.
func (e *Exercise) Hint() {
	if len(e.Hints) == 0 {
		show.Note("%s: there are no hints here.", e.Title)
		return
	}
	number := 0
	_, err := change(func(p progress) {
		p.of(e.ID).Hints++
		number = p.of(e.ID).Hints
	})
	number = max(number, 1)
	if number > len(e.Hints) {
		show.Answer(show.Card{Title: e.Title + ": there are no more hints", Lines: []string{
			fmt.Sprintf("You have opened all %d. Code that passes: %s", len(e.Hints), e.call("Solution()"))}})
	} else {
		show.Answer(show.Card{Title: fmt.Sprintf("%s: hint %d of %d", e.Title, number, len(e.Hints)), Lines: []string{e.Hints[number-1]}})
	}
	tell(err)
}

// tell shows what went wrong with the progress file. It never stands in an answer's way.
func tell(err error) {
	if err != nil {
		show.Note("%v.", err)
	}
}
