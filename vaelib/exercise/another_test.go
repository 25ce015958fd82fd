package exercise

import (
	"slices"
	"strings"
	"testing"

	"vaelab/vaelib/check"
	"vaelab/vaelib/words/wordstest"
)

// Whoever has written a function learns of another way to write it, and that way is among the right answers of the matrix.
func TestEveryOtherWayIsRight(t *testing.T) {
	matrix = nil
	for _, e := range list {
		if e.Signature == "" {
			if e.Another != "" {
				t.Errorf("%s asks for no function, and has another way to write it", e.ID)
			}
			continue
		}
		if n := len([]rune(e.Another)); n < 40 || n > 240 || !strings.HasSuffix(e.Another, ".") {
			t.Errorf("%s: another way is a line of %d characters: %q", e.ID, n, e.Another)
		}
		if e == &writeTheLoss { // its trials are with it, in losses
			continue
		}
		trials[e.ID](t)
		if !slices.ContainsFunc(matrix, func(r row) bool {
			return r.exercise == e.ID && strings.HasPrefix(r.answer, "another way: ") && r.kind == "right" && r.state == check.Right.String()
		}) {
			t.Errorf("%s: no right answer is written the other way: %s", e.ID, e.Another)
		}
	}
}

// The line stands on the card of a right answer, and on no other.
func TestAnotherWayIsShownToWhoIsRight(t *testing.T) {
	own(t)
	const line = "Another way: with s = log σ²"
	mustContain(t, wordstest.Printed(t, func() { KLInOneDimension.Check(solveKLInOneDimension) }), "Tested with", line, "1 of ")
	for _, f := range []func(mu, sigma float64) float64{
		func(mu, sigma float64) float64 { return 1 }, func(mu, sigma float64) float64 { panic(check.NotWritten) },
	} {
		if text := wordstest.Printed(t, func() { KLInOneDimension.Check(f) }); strings.Contains(text, "Another way") {
			t.Error(text)
		}
	}
}
