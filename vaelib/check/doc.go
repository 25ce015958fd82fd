// Package check is what every exercise is made with. It judges what a learner writes, says what is wrong with it, and
// remembers how far the learner has come. The exercises of this course are in package exercise.
//
//	Function   asks for a function: Check, Judge, Hint, Solution
//	Trend      asks, before a cell measures it, whether a curve rises or falls: Predict, Compare
//	Amount     asks for a number, in the same way
//	Quiz       asks a few questions with options, and explains what is chosen: Ask, Answer
//	Teach      registers the exercises that make up a course, and TeachQuizzes its quizzes; Progress shows how much of it is done
//
// What the learner writes is an answer. What the learner is shown is a verdict, on a card: right, with what was tested;
// or not yet right, with a diagnosis in a sentence and one input where the learner's value and the true value stand side
// by side; or not attempted yet. A panic or an endless loop is caught and said. [Exercise.Hint] opens the next hint and
// no more, [Function.Solution] shows code that passes, folded.
//
// Answers that are run and aren't right are counted as tries. After each third one since the last hint, the verdict's card offers
// the next hint by its name, or the solution where all hints are open. Who is right sees another way to write it.
//
// # Confusions
//
// A [Confusion] is what people get wrong again and again. Exercises and questions say which they are about, and [Progress] tells
// of each whether it is met or mastered. It is met once something about it has been attempted: an answer, right or not, a
// prediction, a letter. It is mastered when all exercises of the course that meet it are done, predictions aside, and the
// latest answers to all questions about it are right.
//
// # How a diagnosis is found
//
// Each exercise carries its truth, its test points, and a table of known mistakes: functions that make a mistake which
// people do make, with the sentence that helps. A wrong answer that has the values of a known mistake at every point
// gets its sentence. Otherwise its values are a multiple of the true ones, or one number; or they are those of the right
// formula after one change or two ([Formula], and package formula below this one); or they are compared with the truth in
// general ways: a constant too much, right only where σ = 1, a property broken that every right answer has. At the least the
// simplest input that fails is shown. [Function.Judge] does all that and shows nothing. [Function.Faults], for an author's
// tests, says where an exercise contradicts itself.
//
// # Languages
//
// An author writes an exercise's texts in English: its title, question, hints, the sentences of its mistakes, the names of its
// outputs, what its terms are called. They are translated here when they are shown. What an author composes is said where it is
// composed, with package words: by a [Symptom], a Format, a [Point]'s Say. What is kept and announced is the same in every edition,
// so that progress made in one is read in another; and a prediction may be typed in the words of any.
//
// # Grading
//
// With nbgrader, whose autograder sets the environment variable NBGRADER_EXECUTION, an answer that isn't right fails its
// cell. Predictions and quizzes never do. In a learner's own run no wrong answer fails a cell, except one that Go ends the
// program for, such as a function that calls itself without end.
//
// # When an answer ends the program
//
// An answer can end its program before its verdict is given. So in a notebook a cell's program that links this package
// starts itself a second time, before any line of the learner's has run: the second one runs the cell, and the first one
// watches it. The exercises announce to it which verdicts are to come and which have been seen. When the cell's program
// has ended, a verdict that is missing is told on the page, and fails the cell where it is graded. Outside a notebook
// none of that happens. Everywhere, an exercise is noted as done only after its verdict has arrived.
//
// # Several goroutines
//
// All types here are plain values, and no method changes its exercise. So several goroutines may judge with the same one at
// once, as far as the functions that it holds may be called so: those of the course may. What shows something or keeps
// progress (Check, Ask, Answer, Settle, Hint, Solution, Fold, Predict, Compare, [Progress]) is for one goroutine at a
// time, as package show is. [Teach] and [TeachQuizzes] are called, and [Patience] set, before any of that.
//
// The package imports no GoMLX, so that cells build fast.
//
// # For readers of the source
//
// A cell's program starts itself a second time in watch_unix.go, and only on Unix-like systems. The exercises announce in
// announce.go; ledger.go works out which verdicts are missing.
package check
