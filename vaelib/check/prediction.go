package check

import (
	"slices"
	"strings"

	"vaelab/vaelib/show"
	"vaelab/vaelib/words"
)

// record keeps what the learner expects. Before the measurement it may be changed; afterwards the first one stands, since
// a prediction made in hindsight is none.
func (e *Exercise) record(answers []string) {
	announce(asked, e)
	said := func(answers []string) string { return strings.Join(words.Texts(answers), words.Say(", ")) }
	if show.Grading() {
		show.Note("%s", words.Say("%s: your prediction is %s.", e.title(), said(answers)))
		return
	}
	var says string
	_, err := change(func(p progress) {
		mine := p.of(e.ID)
		switch {
		case mine.Compared && !slices.Equal(mine.Prediction, answers):
			says = words.Say("You have seen the measurement already, so your first prediction stands: %s.", said(mine.Prediction))
		default:
			mine.Prediction = answers
			says = words.Say("Noted: %s. Now measure, and compare.", said(answers))
		}
	})
	show.Answer(show.Card{Title: words.Say("%s: your prediction", e.title()), Lines: []string{says}})
	tell(err)
}

// refuse says why an answer can't be taken as a prediction, or that there is none yet. It never fails a cell, not even
// while nbgrader grades: a prediction is there to be compared, and nobody loses a point by it.
func (e *Exercise) refuse(r Report) {
	announce(asked, e)
	show.Answer(e.card(r))
}

// predicted is the recorded prediction, and the progress as it will be once it has been compared.
func (e *Exercise) predicted() (answers []string, all progress) {
	announce(asked, e)
	all, err := preview(e.seen)
	tell(err)
	return all.of(e.ID).Prediction, all
}

// seen notes that the measurement has been seen: with a prediction, the exercise is done.
func (e *Exercise) seen(p progress) {
	if mine := p.of(e.ID); len(mine.Prediction) > 0 {
		mine.Compared, mine.Done = true, true
	}
}

// reveal shows a prediction beside its measurement, and notes that it has been seen.
func (e *Exercise) reveal(card show.Card) {
	show.Answer(card)
	if show.Lost() == nil {
		_, err := change(e.seen)
		tell(err)
	}
}

// compared is the card of a prediction beside its measurement; its rows are still to come.
func (e *Exercise) compared(r Report, why string, all progress, header ...string) show.Card {
	card := show.Card{Title: words.Say("%s: as you expected", e.title()), Tone: show.Good, Header: header,
		Lines: []string{r.Diagnosis, words.Text(why)}, Foot: []string{all.line()}}
	if r.State != Right {
		card.Title, card.Tone = words.Say("%s: a surprise", e.title()), show.Neutral
	}
	return card
}

// invite answers a comparison without a prediction.
func (e *Exercise) invite() {
	show.Answer(show.Card{Title: words.Say("%s: no prediction yet", e.title()), Lines: []string{
		words.Say("There is nothing to compare with. Next time, say first what you expect: %s", e.call("Predict(…)"))}})
}

// listed names things in a row, each of which may have commas in it.
func listed(things []string) string { return strings.Join(words.Texts(things), words.Say("; ")) }
