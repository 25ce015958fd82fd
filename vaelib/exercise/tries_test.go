package exercise

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vaelab/vaelib/words/wordstest"
)

func wrongKL(mu, sigma float64) float64 { return 2 * solveKLInOneDimension(mu, sigma) }

// After three tries the next hint is offered by its name, and after each third one since; it isn't opened. When all are open it is
// the solution.
func TestTriesOfferTheNextHint(t *testing.T) {
	root := own(t)
	unoffered := func(times int) {
		t.Helper()
		for range times {
			text := wordstest.Printed(t, func() { KLInOneDimension.Check(wrongKL) })
			mustContain(t, text, "✗", "For a hint: exercise.KLInOneDimension.Hint()")
			if strings.Contains(text, "tries") {
				t.Fatalf("too early:\n%s", text)
			}
		}
	}
	offered := func(says string) {
		t.Helper()
		text := wordstest.Printed(t, func() { KLInOneDimension.Check(wrongKL) })
		mustContain(t, text, "✗", says, "0 of ")
		for _, hint := range KLInOneDimension.Hints {
			if strings.Contains(text, hint) || strings.Contains(text, "For a hint:") {
				t.Errorf("more than an offer:\n%s", text)
			}
		}
	}
	unoffered(2)
	offered("Three tries: the next hint may help. exercise.KLInOneDimension.Hint() opens hint 1 of 3.")
	unoffered(2)
	offered("Six tries: the next hint may help. exercise.KLInOneDimension.Hint() opens hint 1 of 3.")
	unoffered(1)
	wordstest.Printed(t, KLInOneDimension.Hint) // from here on it counts anew
	unoffered(2)
	offered("Three tries since the last hint: the next hint may help. exercise.KLInOneDimension.Hint() opens hint 2 of 3.")
	for range 2 {
		wordstest.Printed(t, KLInOneDimension.Hint)
	}
	unoffered(2)
	offered("Three tries since the last hint, and no more hints. exercise.KLInOneDimension.Solution() shows code that passes")

	var kept map[string]map[string]any
	text, err := os.ReadFile(filepath.Join(root, "progress.json"))
	if err == nil {
		err = json.Unmarshal(text, &kept)
	}
	if err != nil || kept["KLInOneDimension"]["tries"] != 13.0 || kept["KLInOneDimension"]["done"] != nil {
		t.Errorf("%s, %v", text, err)
	}
	wordstest.Printed(t, func() { KLInOneDimension.Check(func(mu, sigma float64) float64 { panic("no") }) })
	wordstest.Printed(t, func() { KLInOneDimension.Check(func(mu, sigma float64) float64 { panic("write me") }) }) // no try
	wordstest.Printed(t, func() { KLInOneDimension.Check(nil) })                                                   // nor this
	offeredAt15 := wordstest.Printed(t, func() { KLInOneDimension.Check(wrongKL) })
	if strings.Contains(offeredAt15, "tries") { // 5 since the last hint
		t.Errorf("an answer that isn't written is counted:\n%s", offeredAt15)
	}
	offered("Six tries since the last hint, and no more hints.")
	if text := wordstest.Printed(t, func() { KLInOneDimension.Check(solveKLInOneDimension) }); strings.Contains(text, "tries") {
		t.Error(text)
	}
}

// Another exercise has its own count, and one without a folder to count in is judged all the same.
func TestTriesAreAnExercisesOwn(t *testing.T) {
	own(t)
	for range 2 {
		wordstest.Printed(t, func() { KLInOneDimension.Check(wrongKL) })
	}
	text := wordstest.Printed(t, func() { SignError.Check(func(mu, logVar []float64) float64 { return 1 }) })
	if strings.Contains(text, "tries") {
		t.Error(text)
	}
}
