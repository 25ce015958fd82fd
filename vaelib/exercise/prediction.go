package exercise

import (
	"fmt"
	"slices"
	"strings"

	"vaelab/vaelib/show"
)

// record keeps what the learner expects. Before the measurement it may be changed; afterwards the first one stands, since
// a prediction made in hindsight is none.
func (e *Exercise) record(answers []string) {
	if grading() {
		show.Note("%s: your prediction is %s.", e.Title, strings.Join(answers, ", "))
		return
	}
	var says string
	_, err := change(func(p progress) {
		mine := p.of(e.ID)
		switch {
		case mine.Compared && !slices.Equal(mine.Prediction, answers):
			says = fmt.Sprintf("You have seen the measurement already, so your first prediction stands: %s.", strings.Join(mine.Prediction, ", "))
		default:
			mine.Prediction = answers
			says = fmt.Sprintf("Noted: %s. Now measure, and compare.", strings.Join(answers, ", "))
		}
	})
	show.Answer(show.Card{Title: e.Title + ": your prediction", Lines: []string{says}})
	tell(err)
}

// refuse says why an answer can't be taken as a prediction, or that there is none yet. It never fails a cell, not even
// while nbgrader grades: a prediction is there to be compared, and nobody loses a point by it.
func (e *Exercise) refuse(r Report) { show.Answer(e.card(r)) }

// predicted is the recorded prediction. Seeing the measurement is noted, and with a prediction the exercise is done.
func (e *Exercise) predicted() (answers []string, all progress) {
	all, err := change(func(p progress) {
		mine := p.of(e.ID)
		if len(mine.Prediction) > 0 {
			mine.Compared, mine.Done = true, true
			answers = mine.Prediction
		}
	})
	tell(err)
	return answers, all
}

// compared is the card of a prediction beside its measurement; its rows are still to come.
func (e *Exercise) compared(r Report, why string, all progress, header ...string) show.Card {
	card := show.Card{Title: e.Title + ": as you expected", Tone: show.Good, Header: header,
		Lines: []string{r.Diagnosis, why}, Foot: []string{all.line()}}
	if r.State != Right {
		card.Title, card.Tone = e.Title+": a surprise", show.Neutral
	}
	return card
}

// invite answers a comparison without a prediction.
func (e *Exercise) invite() {
	show.Answer(show.Card{Title: e.Title + ": no prediction yet", Lines: []string{
		fmt.Sprintf("There is nothing to compare with. Next time, say first what you expect: %s", e.call("Predict(…)"))}})
}
