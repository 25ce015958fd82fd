// Package exercise is the course's exercise room: what a learner writes is checked at once, and a wrong answer is told
// what is wrong with it.
//
// In a notebook one cell declares the function that is asked for, and the next hands it over:
//
//	func KL(mu, sigma float64) float64 { panic("write me") }
//
//	%%
//	exercise.KLInOneDimension.Check(KL)
//
// The answer is a card: right, with what was tested; or not yet, with a diagnosis in a sentence and one input where
// your value and the true value stand side by side; or not attempted. A panic or an endless loop is caught and said.
// Hint opens the next hint and no more, Solution shows code that passes, folded, and Progress shows the whole course.
// A Trend or an Amount is asked before a cell measures it, and compared afterwards:
//
//	exercise.RecallAtWeight4.Predict("falls")
//
//	%%
//	exercise.RecallAtWeight4.Compare([]float64{recall1, recall4})
//
// # How a diagnosis is found
//
// Each exercise carries its truth, its test points, and a table of known mistakes: functions that make a mistake which
// people do make, with the sentence that helps. A wrong answer that has the values of a known mistake at every point
// gets its sentence. Otherwise its values are compared with the truth in general ways: a constant factor, a turned
// sign, a constant too much, right only where σ = 1. Judge does all that and shows nothing.
//
// # Adding an exercise
//
// Write one file with a Function: question, hints, solution, truth, points, mistakes; and put it into the list in
// course.go. The tests then ask for other right answers and for mistakes of its own.
//
// # Grading
//
// With nbgrader, whose autograder sets the environment variable NBGRADER_EXECUTION, an answer that isn't right fails its
// cell. In a learner's own run no wrong answer fails a cell, except one that Go ends the program for, such as a function
// that calls itself without end.
//
// # Silence
//
// An answer can end its program before its verdict is given. So in a notebook the program of a cell that links this
// package runs itself once more, before any line of the learner's, and watches (watch_unix.go). The exercises announce
// what is to come and what has been seen (announce.go). When the program has ended, a verdict that is missing is told on
// the page, and fails the cell where it is graded (ledger.go). An exercise is noted as done only after its verdict has
// arrived. Outside a notebook nothing of that happens.
//
// The package imports no GoMLX, so that its cells build fast. The one exercise that needs it is in losses.
package exercise
