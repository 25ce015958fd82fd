// Package exercise holds the exercises of this course, a file each. What an exercise is, and how an answer is judged, is package
// [check]'s thought; what it says of several goroutines holds for all of these.
//
// In a notebook one cell declares the function that is asked for, and the next hands it over:
//
//	func KL(mu, sigma float64) float64 { panic("write me") }
//
//	%%
//	exercise.KLInOneDimension.Check(KL)
//
// A [check.Trend] or a [check.Amount] is asked before a cell measures it, and compared afterwards:
//
//	exercise.RecallAtWeight4.Predict("falls")
//
//	%%
//	exercise.RecallAtWeight4.Compare([]float64{recall1, recall4})
//
// At each notebook's end five questions are asked, a [check.Quiz], and answered with letters:
//
//	exercise.Quiz2.Ask()
//
//	%%
//	exercise.Quiz2.Answer("c", "", "", "", "")
//
// # Adding an exercise
//
// Write one file with a [check.Function]: question, hints, solution, truth, points, mistakes; and put it into the list in
// course.go, and its file among the solutions there. The tests then ask for other right answers, one of them written the other
// way that who is right is told of, and for mistakes of its own. A quiz is in quizNN.go.
//
// The package imports no GoMLX, so that its cells build fast. The one exercise that needs it is in losses.
package exercise
