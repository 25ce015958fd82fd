package check

import (
	"strings"
	"testing"
)

// A quiz without questions, one whose author has marked no option, and letters of any kind: none of it panics.
func TestQuizOfNoKind(t *testing.T) {
	var none Quiz
	none.card()
	if _, card, answered := none.judge([]string{"a"}); answered || !strings.Contains(card.Foot[0], "1 letter for 0 questions") {
		t.Errorf("%v, %+v", answered, card)
	}
	unmarked := Quiz{Questions: []Question{{Options: []Option{{Text: "x"}, {Text: "y"}}}, {}}}
	if _, card, answered := unmarked.judge([]string{"A.", "b"}); !answered || len(card.Items) != 2 || len(card.Items[0].Below) != 1 {
		t.Errorf("%v, %+v", answered, card)
	}
	for _, l := range []string{"ab", "é", "0", "\x00", "{", "`"} {
		if letters, card, answered := unmarked.judge([]string{l}); answered || letters[0] != "" || !strings.Contains(card.Items[0].Text, "none of its letters") {
			t.Errorf("%q: %v, %+v", l, answered, card)
		}
	}
}

// An exercise of one's own, without hints and with a function, is offered its solution; a prediction has none.
func TestOfferWithoutHints(t *testing.T) {
	p := progress{"mine.Task": {Tries: 3}}
	function, prediction := &Exercise{ID: "mine.Task", Signature: "func F()"}, &Exercise{ID: "mine.Task"}
	if foot := function.offer(p, Wrong, nil); len(foot) != 1 || !strings.HasPrefix(foot[0], "Three tries, and no more hints. mine.Task.Solution()") {
		t.Errorf("%q", foot)
	}
	if foot := prediction.offer(p, Wrong, nil); foot != nil {
		t.Errorf("%q", foot)
	}
	p["mine.Task"].Tries = 12
	if foot := function.offer(p, TooSlow, nil); len(foot) != 1 || !strings.HasPrefix(foot[0], "12 tries") {
		t.Errorf("%q", foot)
	}
}

// In a course without quizzes a confusion is mastered by its exercises; one that only a prediction meets is met, and no more.
func TestStandingWithoutQuizzes(t *testing.T) {
	before := course
	defer func() { course = before }()
	course.quizzes = nil
	course.exercises = []*Exercise{{ID: "F", Signature: "func F()", Meets: []Confusion{LogStd}}, {ID: "P", Meets: []Confusion{KLRises, LogStd}}}
	for _, c := range []struct {
		p     progress
		about Confusion
		standing
	}{
		{progress{}, LogStd, notMet}, {progress{"F": nil}, LogStd, notMet}, {progress{"F": {Hints: 2}}, LogStd, notMet},
		{progress{"F": {Tries: 1}}, LogStd, met}, {progress{"P": {Prediction: []string{"falls"}}}, LogStd, met},
		{progress{"F": {Done: true}}, LogStd, mastered}, {progress{"P": {Done: true}}, KLRises, met}, {progress{"F": {Done: true}}, GreyPixels, notMet},
	} {
		if got := c.p.standing(c.about); got != c.standing {
			t.Errorf("%s: %v, want %v", c.about, got, c.standing)
		}
	}
}
