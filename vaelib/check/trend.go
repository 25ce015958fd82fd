package check

import (
	"math"
	"slices"
	"strings"

	"vaelab/vaelib/words"
)

// Trend is a prediction of how quantities change from one setting to the next: each in a word of [Trends], of any edition. The zero Trend
// has no quantities, and takes no prediction.
type Trend struct {
	Exercise
	Quantities []string
	Why        string // what explains the measurement
}

// Predict records what the learner expects of each quantity, before it is measured. Without a word it is no attempt.
func (t *Trend) Predict(guesses ...string) {
	trends, r, ok := t.accept(guesses)
	if !ok {
		t.refuse(r)
		return
	}
	t.record(trends)
}

// accept says whether guesses are a prediction, and of which trends; and if not, why.
func (t *Trend) accept(guesses []string) (trends []string, r Report, ok bool) {
	choices := "“" + strings.Join(Trends(), "”"+words.Say(", ")+"“") + "”"
	if len(guesses) == 0 || !slices.ContainsFunc(guesses, func(w string) bool { return w != "" }) {
		return nil, Unwritten(words.Say("Write one of %s for each of: %s.", choices, listed(t.Quantities))), false
	}
	if len(guesses) != len(t.Quantities) {
		return nil, Report{State: Wrong, Diagnosis: words.Say("There are %d words for %d quantities: %s.",
			len(guesses), len(t.Quantities), listed(t.Quantities))}, false
	}
	for i, w := range guesses {
		trend, known := trendOf(w)
		if !known {
			return nil, Report{State: Wrong, Diagnosis: words.Say("“%s” can't be compared with a measurement. Write one of %s for %s.",
				w, choices, words.Text(t.Quantities[i]))}, false
		}
		trends = append(trends, trend)
	}
	return trends, Report{}, true
}

// Compare holds the recorded prediction against what was measured: for each quantity its values, one a setting. It is
// kind, and never fails a cell.
func (t *Trend) Compare(measured ...[]float64) {
	guesses, all := t.predicted()
	if len(guesses) == 0 {
		t.invite()
		return
	}
	card := t.compared(t.Judge(guesses, measured...), t.Why, all, "", words.Say("you expected"), words.Say("measured"), words.Say("values"))
	for i := range min(len(guesses), len(measured), len(t.Quantities)) {
		card.Rows = append(card.Rows, []any{words.Text(t.Quantities[i]), words.Text(guesses[i]), words.Text(shape(measured[i])), words.Numbers(measured[i])})
	}
	t.reveal(card)
}

// Judge compares a prediction with a measurement, and shows nothing. Wrong means that it was a surprise.
func (t *Trend) Judge(guesses []string, measured ...[]float64) Report {
	trends, r, ok := t.accept(guesses)
	if !ok {
		return r
	}
	if len(measured) != len(t.Quantities) {
		return Report{State: Wrong, Diagnosis: words.Say("%d quantities were measured, and %d predicted.", len(measured), len(t.Quantities))}
	}
	var surprises []string
	for i, expected := range trends {
		if now := shape(measured[i]); now != expected {
			surprises = append(surprises, words.Say("You expected that %s %s; measured, it %s.",
				words.Text(t.Quantities[i]), words.Text(expected), words.Text(now)))
		}
	}
	if len(surprises) > 0 {
		return Report{State: Wrong, Diagnosis: words.Sentences(surprises...)}
	}
	return Report{State: Right, Diagnosis: words.Say("The measurement agrees with your prediction.")}
}

// shape tells in a word how values go, as it is kept. What is less than 2% of the largest is no change at all, and a turn counts that
// is at least a tenth of the whole range: measured values waver.
func shape(values []float64) string {
	if len(values) < 2 || slices.ContainsFunc(values, func(x float64) bool { return !Finite(x) }) {
		return words.Mark("can't be told")
	}
	low, high := slices.Min(values), slices.Max(values)
	if high-low <= 0.02*math.Max(math.Abs(low), math.Abs(high)) {
		return stays
	}
	first, last := values[0], values[len(values)-1]
	turn := 0.1 * (high - low)
	over, under := high-math.Max(first, last), math.Min(first, last)-low
	switch {
	case over > turn && under > turn:
		return words.Mark("goes up and down")
	case over > turn:
		return risesThenFalls
	case under > turn:
		return fallsThenRises
	case last > first:
		return rises
	}
	return falls
}
