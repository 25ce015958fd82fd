package check

import (
	"fmt"
	"strings"

	"vaelab/vaelib/show"
	"vaelab/vaelib/words"
)

// Quiz is a few questions with options to choose from, at a notebook's end: each is about a [Confusion], and whatever is
// chosen is explained at once. It is there to find out, not to be graded: it counts for none of the exercises done, gives no
// points, and no answer fails a cell, also while nbgrader grades. The zero Quiz has no questions.
type Quiz struct {
	Exercise
	Questions []Question
}

// Question is one of a quiz. An author must give an explanation with every option, and one of them must be right.
type Question struct {
	About   Confusion
	Text    string
	Options []Option
}

// Option is something to choose. Explains says what is true of it: of a wrong one also why it is tempting.
type Option struct {
	Text     string
	Right    bool
	Explains string
}

// Right is the letter of the right option; empty where there is none.
func (q Question) Right() string {
	for i, o := range q.Options {
		if o.Right {
			return letter(i)
		}
	}
	return ""
}

func letter(i int) string { return string(rune('a' + i)) }

// typed is a letter as a question knows it, whatever stands round it, and as wide as an input method has made it.
func typed(text string) string {
	return strings.ToLower(strings.Trim(strings.Map(narrow, text), " \t.)(。、"))
}

// narrow is a full-width letter, bracket or space in its usual width.
func narrow(r rune) rune {
	switch {
	case '！' <= r && r <= '～':
		return r - '！' + '!'
	case r == '\u3000':
		return ' '
	}
	return r
}

// chosen is the option that a letter stands for, and its number; −1 for a letter of none.
func (q Question) chosen(l string) int {
	for i := range q.Options {
		if letter(i) == l {
			return i
		}
	}
	return -1
}

// reply is what is kept of a question's answers.
type reply struct {
	First  string `json:"first,omitempty"`  // the letter that was chosen first
	Latest string `json:"latest,omitempty"` // and last
	Right  bool   `json:"right,omitempty"`  // the latest is right
	Best   bool   `json:"best,omitempty"`   // some answer was
}

// Ask shows the questions and their options.
func (q *Quiz) Ask() {
	announce(asked, &q.Exercise)
	show.Answer(q.card())
}

func (q *Quiz) card() show.Card {
	card := show.Card{Title: q.title()}
	if q.Question != "" {
		card.Lines = append(card.Lines, words.Text(q.Question))
	}
	for i, question := range q.Questions {
		item := show.Item{Text: fmt.Sprintf("%d. %s", i+1, words.Text(question.Text))}
		for k, o := range question.Options {
			item.Below = append(item.Below, letter(k)+") "+words.Text(o.Text))
		}
		card.Items = append(card.Items, item)
	}
	card.Foot = append(card.Foot, words.Say("Write a letter for each into the cell below, between the quotes of %s, and run it. Blank ones can wait.",
		q.call("Answer")))
	return card
}

// Answer takes a letter for each question, in their order, and explains at once. A blank one is no answer yet. The first answer to
// each question and the latest are kept.
func (q *Quiz) Answer(letters ...string) {
	announce(asked, &q.Exercise)
	letters, card, answered := q.judge(letters)
	show.Answer(card)
	if !answered || show.Grading() || show.Lost() != nil {
		return
	}
	_, err := change(func(p progress) { q.note(p, letters) })
	tell(err)
}

// judge makes the card for an answer, and shows nothing. answered says whether any question got a letter that is one of its own.
func (q *Quiz) judge(given []string) (letters []string, card show.Card, answered bool) {
	letters = make([]string, len(q.Questions))
	for i := range min(len(given), len(letters)) {
		letters[i] = typed(given[i])
	}
	right, replied := 0, 0
	for i, question := range q.Questions {
		k := question.chosen(letters[i])
		switch {
		case letters[i] == "":
			continue
		case k < 0:
			card.Items = append(card.Items, show.Item{Text: words.Say("– %d. “%s” is none of its letters: write one from a to %s.",
				i+1, given[i], letter(len(question.Options)-1))})
			letters[i] = ""
			continue
		}
		replied++
		if question.Options[k].Right {
			right++
		}
		card.Items = append(card.Items, question.verdict(i+1, k))
	}
	card.Title = words.Say("%s: %d of %d right", q.title(), right, len(q.Questions))
	switch {
	case len(given) > len(q.Questions):
		card.Foot = append(card.Foot, words.Say("%s for %s: what is too much is left out.",
			words.Count(len(given), "letter", "letters"), words.Count(len(q.Questions), "question", "questions")))
	case replied == 0:
		card.Title = words.Say("%s: %v", q.title(), NotAttempted)
		card.Foot = append(card.Foot,
			words.Say("Write a letter between the quotes, such as “b”, for each question that you have an answer to, and run the cell again."))
	case replied < len(q.Questions):
		card.Foot = append(card.Foot, words.Say("%d of %d answered. The others can wait.", replied, len(q.Questions)))
	case right == len(q.Questions):
		card.Tone = show.Good
	default:
		card.Foot = append(card.Foot, words.Say("You may change your letters and run the cell again."))
	}
	return letters, card, replied > 0
}

// verdict explains the option that was chosen, and the right one where that is another.
func (q Question) verdict(number, chosen int) show.Item {
	o := q.Options[chosen]
	if o.Right {
		return show.Item{Text: words.Say("✓ %d. Right: %s) %s", number, letter(chosen), words.Text(o.Text)), Below: []string{words.Text(o.Explains)}}
	}
	item := show.Item{Text: words.Say("✗ %d. Not so: %s) %s", number, letter(chosen), words.Text(o.Text)), Below: []string{words.Text(o.Explains)}}
	if k := q.chosen(q.Right()); k >= 0 {
		item.Below = append(item.Below, words.Say("Right is %s) %s", letter(k), words.Text(q.Options[k].Text)), words.Text(q.Options[k].Explains))
	}
	return item
}

// note keeps what was answered; a question left blank this time keeps what it had.
func (q *Quiz) note(p progress, letters []string) {
	mine := p.of(q.ID)
	for len(mine.Quiz) < len(letters) {
		mine.Quiz = append(mine.Quiz, reply{})
	}
	for i, l := range letters {
		if l == "" {
			continue
		}
		r := &mine.Quiz[i]
		if r.First == "" {
			r.First = l
		}
		r.Latest, r.Right = l, l == q.Questions[i].Right()
		r.Best = r.Best || r.Right
	}
}

// reply is what is kept of a question's answers.
func (q *Quiz) reply(p progress, question int) reply {
	if mine := p[q.ID]; mine != nil && question < len(mine.Quiz) {
		return mine.Quiz[question]
	}
	return reply{}
}
