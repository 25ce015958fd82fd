package check

import (
	"slices"

	"vaelab/vaelib/show"
	"vaelab/vaelib/words"
)

// standing says how a learner stands with a confusion.
type standing int

const (
	notMet standing = iota
	met
	mastered
)

func (s standing) String() string {
	switch s {
	case met:
		return words.Say("◐ met")
	case mastered:
		return words.Say("● mastered")
	}
	return words.Say("○ not met yet")
}

// standing is how the learner stands with a confusion. It is met once an exercise or a question of a quiz that is about it has
// been attempted: by an answer, right or not, or by a prediction. It is mastered when each exercise of the course that meets it
// is done, predictions aside, and the latest answer to each question about it is right.
func (p progress) standing(c Confusion) standing {
	attempted, lacking, asked := false, false, false
	for _, e := range course.exercises {
		if !slices.Contains(e.Meets, c) {
			continue
		}
		attempted = attempted || p.attempted(e)
		if !e.predicts() {
			asked, lacking = true, lacking || !p.done(e)
		}
	}
	for _, q := range course.quizzes {
		for i, question := range q.Questions {
			if question.About == c {
				r := q.reply(p, i)
				attempted = attempted || r.First != ""
				asked, lacking = true, lacking || !r.Right
			}
		}
	}
	switch {
	case !attempted:
		return notMet
	case asked && !lacking:
		return mastered
	}
	return met
}

func (p progress) attempted(e *Exercise) bool {
	mine := p[e.ID]
	return mine != nil && (mine.Done || mine.Tries > 0 || len(mine.Prediction) > 0)
}

// confusions tells on the card of progress which confusions the learner has met and mastered. Where there are none yet, a line
// at its foot is enough, and there is no other card.
func (p progress) confusions(card *show.Card) (more *show.Card) {
	count := map[standing]int{}
	var rows [][]any
	for _, c := range Confusions() {
		now := p.standing(c)
		count[now]++
		rows = append(rows, []any{words.Text(string(c)), now.String()})
	}
	if count[notMet] == len(rows) {
		card.Foot = append(card.Foot, words.Say("Of the %d things that people get wrong again and again you have met none yet.", len(rows)))
		return nil
	}
	return &show.Card{
		Title:  words.Say("%d of %d confusions mastered, %d more met", count[mastered], len(rows), count[met]),
		Header: []string{words.Say("what people get wrong again and again"), words.Say("you")}, Rows: rows,
		Foot: []string{words.Say("Mastered: its exercises are done, predictions aside, and your latest answers to the questions about it are right.")},
	}
}
