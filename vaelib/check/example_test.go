package check_test

import (
	"fmt"
	"math"
	"os"

	"vaelab/vaelib/check"
	"vaelab/vaelib/places"
)

// An exercise of one's own: the truth, the points at which answers are tried, and a mistake that people make, with the sentence
// that helps.
func ExampleFunction() {
	folder, err := os.MkdirTemp("", "runs") // for the learner's progress
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	os.Setenv(places.RunsEnv, folder)

	type answer = func(sigma float64) float64
	entropy := check.Function[answer]{
		Exercise: check.Exercise{ID: "mine.Entropy", Title: "The entropy of a bell", Hints: []string{"It grows with log σ."}},
		Truth:    func(sigma float64) float64 { return 0.5*math.Log(2*math.Pi*math.E) + math.Log(sigma) },
		Mistakes: []check.Mistake[answer]{
			{F: func(sigma float64) float64 { return 0.5 * math.Log(2*math.Pi*math.E*sigma) }, Says: "Under the root stands σ², not σ."},
		},
	}
	for _, sigma := range []float64{0.5, 2, 3} {
		entropy.Points = append(entropy.Points, check.Point[answer]{
			Input: fmt.Sprint("σ = ", sigma),
			Call:  func(f answer) []float64 { return []float64{f(sigma)} },
		})
	}
	fmt.Println("faults of the exercise:", len(entropy.Faults()))

	report := entropy.Judge(func(sigma float64) float64 { return (1 + math.Log(2*math.Pi*sigma)) / 2 })
	fmt.Println(report.State, "·", report.Diagnosis)
	// Output:
	// faults of the exercise: 0
	// not yet right · Under the root stands σ², not σ.
}

// A quiz of one's own: each option has its explanation, and the right one's is told only to who has answered.
func ExampleQuiz() {
	folder, err := os.MkdirTemp("", "runs") // for the learner's answers
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	os.Setenv(places.RunsEnv, folder)

	quiz := check.Quiz{Exercise: check.Exercise{ID: "mine.Quiz", Title: "A question"}, Questions: []check.Question{{
		About: check.LogStd,
		Text:  "s = log σ² is 0. What is σ?",
		Options: []check.Option{
			{Text: "0", Explains: "That is s itself. A bell without width has no density."},
			{Text: "1", Explains: "σ = e^(s/2), and e⁰ is 1.", Right: true},
		},
	}}}
	quiz.Ask()
	quiz.Answer("a")
	// Output:
	// ○ A question
	//
	//   1. s = log σ² is 0. What is σ?
	//      a) 0
	//      b) 1
	//
	//   Write a letter for each into the cell below, between the quotes of mine.Quiz.Answer, and run it. Blank ones can wait.
	// ○ A question: 0 of 1 right
	//
	//   ✗ 1. Not so: a) 0
	//      That is s itself. A bell without width has no density.
	//      Right is b) 1
	//      σ = e^(s/2), and e⁰ is 1.
	//
	//   You may change your letters and run the cell again.
}
