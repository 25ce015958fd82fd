package check

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"vaelab/vaelib/show"
	"vaelab/vaelib/words"
)

// course is what is taught: its exercises, in the order in which the notebooks meet them, and the files in which their
// solutions are.
var course struct {
	exercises []*Exercise
	quizzes   []*Quiz
	sources   fs.FS
}

// Teach registers the exercises that make up the course, in the order in which the notebooks meet them: progress is counted
// over them. Their solutions are shown from the files. A course calls it once, from an init function.
func Teach(solutions fs.FS, exercises ...*Exercise) {
	course.exercises, course.sources = exercises, solutions
	introduce(exercises)
}

// TeachQuizzes registers the quizzes of the course. They count for no exercise; Progress tells from them, too, which confusions a
// learner has met and mastered. A course calls it once, from an init function.
func TeachQuizzes(quizzes ...*Quiz) { course.quizzes = quizzes }

// Progress shows how far the learner has come, by notebook, and which confusions are met and mastered.
func Progress() {
	announce(asked, &Exercise{ID: "Progress"})
	p, err := change(func(progress) {})
	card := show.Card{Title: p.count(), Lines: []string{p.dots()}, Header: []string{words.Say("notebook"), words.Say("done"), words.Say("next")}}
	for _, notebook := range notebooks() {
		done, all := 0, 0
		next := words.Say("all done")
		for _, e := range slices.Backward(course.exercises) {
			if e.Notebook != notebook {
				continue
			}
			all++
			if p.done(e) {
				done++
			} else {
				next = words.Say("%s (about %d minutes)", e.title(), e.Minutes)
			}
		}
		card.Rows = append(card.Rows, []any{fmt.Sprintf("%02d", notebook) + " ", words.Say("%d of %d", done, all), next})
	}
	more := p.confusions(&card)
	show.Answer(card)
	if more != nil {
		show.Answer(*more)
	}
	tell(err)
}

func notebooks() (list []int) {
	for _, e := range course.exercises {
		if !slices.Contains(list, e.Notebook) {
			list = append(list, e.Notebook)
		}
	}
	return list
}

func (p progress) done(e *Exercise) bool { return p[e.ID] != nil && p[e.ID].Done }

// line says in one line how much of the course is done.
func (p progress) line() string { return p.count() + "  " + p.dots() }

func (p progress) count() string {
	done := 0
	for _, e := range course.exercises {
		if p.done(e) {
			done++
		}
	}
	return words.Say("%d of %d exercises done", done, len(course.exercises))
}

// dots are one for each exercise, with a gap between notebooks.
func (p progress) dots() string {
	var dots strings.Builder
	before := 0
	for _, e := range course.exercises {
		if e.Notebook != before && before != 0 {
			dots.WriteByte(' ')
		}
		before = e.Notebook
		if p.done(e) {
			dots.WriteRune('●')
		} else {
			dots.WriteRune('○')
		}
	}
	return dots.String()
}
