// Package check is what an exercise is, whatever it asks: it judges what a learner writes, says what is wrong with it, and
// remembers how far the learner is. The exercises of this course are in package exercise.
//
//	Function   asks for a function: Check, Judge, Hint, Solution
//	Trend      asks, before a cell measures it, whether a curve rises or falls: Predict, Compare
//	Amount     asks for a number, in the same way
//	Teach      says which exercises make up a course; Progress shows how much of it is done
//
// The answer is a card: right, with what was tested; or not yet, with a diagnosis in a sentence and one input where
// your value and the true value stand side by side; or not attempted. A panic or an endless loop is caught and said.
// [Exercise.Hint] opens the next hint and no more, [Function.Solution] shows code that passes, folded.
//
// # How a diagnosis is found
//
// Each exercise carries its truth, its test points, and a table of known mistakes: functions that make a mistake which
// people do make, with the sentence that helps. A wrong answer that has the values of a known mistake at every point
// gets its sentence. Otherwise its values are compared with the truth in general ways: a constant factor, a turned
// sign, a constant too much, right only where σ = 1. [Function.Judge] does all that and shows nothing. [Function.Faults],
// for an author's tests, says where an exercise contradicts itself.
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
// # Several goroutines
//
// All types here are plain values, and no method changes its exercise. So several goroutines may judge with the same one at
// once, as far as the functions that it holds may be called so: those of the course may. What shows something or keeps
// progress (Check, Answer, Settle, Hint, Solution, Fold, Predict, Compare, [Progress]) is for one goroutine at a time, as
// package show is. [Teach] is called, and [Patience] set, before any of that.
//
// The package imports no GoMLX, so that cells build fast.
package check
