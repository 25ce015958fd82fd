package exercise

import "vaelab/vaelib/check"

// quizzes are those at the notebooks' ends, in their order. What their questions are about comes from the confusions that the
// notebook shows; each of the twelve is asked about somewhere.
var quizzes = []*check.Quiz{Quiz1, Quiz2, Quiz3, Quiz4, Quiz5}

// Quizzes describes the quizzes, in the order of the notebooks.
func Quizzes() []*check.Quiz { return quizzes }

func right(text, explains string) check.Option {
	return check.Option{Text: text, Explains: explains, Right: true}
}

func wrong(text, explains string) check.Option { return check.Option{Text: text, Explains: explains} }
