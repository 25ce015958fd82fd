package check

import (
	"cmp"
	"os"
	"strings"

	"vaelab/vaelib/show"
	"vaelab/vaelib/words"
)

// Exercise is what all exercises have in common: [Function], [Trend] and [Amount] contain one. The zero Exercise has no ID:
// its progress is kept under an empty name.
type Exercise struct {
	// ID is the name of its variable, such as "KLGradient". A variable that isn't in package exercise has its package in
	// front: "losses.WriteTheLoss". ID is also the key in the progress file.
	ID         string
	Notebook   int
	Title      string
	Minutes    int
	Question   string
	Signature  string // of the function that is asked for; empty for a prediction
	Hints      []string
	FalseAlarm float64 // the chance that a right answer is refused; 0 where nothing is drawn
	Meets      []Confusion
	Another    string // another way to write the answer, in a line that a learner with a right one sees
}

// name is the exercise as a cell writes it, with its package.
func (e *Exercise) name() string {
	if strings.Contains(e.ID, ".") {
		return e.ID
	}
	return "exercise." + e.ID
}

// call is how a cell writes a method of the exercise.
func (e *Exercise) call(method string) string { return e.name() + "." + method }

// title is the exercise's, as it is shown.
func (e *Exercise) title() string { return words.Text(e.Title) }

// Answer judges an answer and settles it. Whoever watches this program knows from here on that a verdict is to come.
func (e *Exercise) Answer(judge func() Report) {
	announce(begun, e)
	e.Settle(judge())
}

// Settle tells the learner how the answer fared, and then notes that a right one is done and that another one was a try: what
// nobody has seen counts as nothing. While nbgrader grades, an answer that isn't right ends the cell instead, and nothing is
// noted.
func (e *Exercise) Settle(r Report) {
	announce(begun, e)
	card := e.card(r)
	if show.Grading() {
		if r.State != Right {
			show.Fail(words.Errorf("“%s” is %v: %s", e.title(), r.State, r.Diagnosis))
			announce(refused, e)
			os.Exit(1)
		}
		e.give(card, right)
		return
	}
	noted, verdict := func(p progress) { p.of(e.ID).Done = true }, right
	if r.State != Right {
		noted, verdict = func(p progress) { e.try(p, r.State) }, refused
	}
	all, err := preview(noted)
	card.Foot = append(e.offer(all, r.State, card.Foot), all.line())
	if e.give(card, verdict) && r.State != NotAttempted {
		_, unkept := change(noted)
		err = cmp.Or(err, unkept)
	}
	tell(err)
}

// give shows a verdict, and announces it once it has arrived.
func (e *Exercise) give(card show.Card, verdict word) (arrived bool) {
	show.Answer(card)
	if show.Lost() != nil {
		return false
	}
	announce(verdict, e)
	return true
}

// card is a report as it is shown.
func (e *Exercise) card(r Report) show.Card {
	c := show.Card{Title: words.Say("%s: %v", e.title(), r.State)}
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
	if e.Another != "" && r.State == Right {
		c.Lines = append(c.Lines, words.Say("Another way: %s", words.Text(e.Another)))
	}
	if x := r.Example; x != nil && x.Want != "" {
		c.Header = []string{words.Say("input"), words.Say("your value"), words.Say("the true value")}
		c.Rows = [][]any{{x.Input, x.Got, x.Want}}
	}
	if r.State != Right && len(e.Hints) > 0 {
		c.Foot = append(c.Foot, words.Say("For a hint: %s", e.call("Hint()")))
	}
	return c
}

// Hint shows the next hint and no more; which one is next is kept in the progress file.
func (e *Exercise) Hint() {
	announce(asked, e)
	if len(e.Hints) == 0 {
		show.Note("%s", words.Say("%s: there are no hints here.", e.title()))
		return
	}
	number := 0
	_, err := change(func(p progress) {
		mine := p.of(e.ID)
		mine.Hints++
		number, mine.HintAt = mine.Hints, mine.Tries
	})
	number = max(number, 1)
	if number > len(e.Hints) {
		show.Answer(show.Card{Title: words.Say("%s: there are no more hints", e.title()), Lines: []string{
			words.Say("You have opened all %d. Code that passes: %s", len(e.Hints), e.call("Solution()"))}})
	} else {
		show.Answer(show.Card{Title: words.Say("%s: hint %d of %d", e.title(), number, len(e.Hints)), Lines: []string{words.Text(e.Hints[number-1])}})
	}
	tell(err)
}

// tell shows what went wrong with the progress file. It never stands in an answer's way.
func tell(err error) {
	if err != nil {
		show.Note("%s", words.Say("%v.", err))
	}
}
