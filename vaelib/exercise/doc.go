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
// # Adding an exercise
//
// Write one file with a [check.Function]: question, hints, solution, truth, points, mistakes; and put it into the list in
// course.go, and its file among the solutions there. The tests then ask for other right answers and for mistakes of its own.
//
// The package imports no GoMLX, so that its cells build fast. The one exercise that needs it is in losses.
package exercise
