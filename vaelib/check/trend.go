package check

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"vaelab/vaelib/words"
)

// Trend is a prediction of how quantities change from one setting to the next: each in a word of [Trends]. The zero Trend
// has no quantities, and takes no prediction.
type Trend struct {
	Exercise
	Quantities []string
	Why        string // what explains the measurement
}

// Trends are the words to predict with: "rises", "falls", "stays", "rises, then falls" and "falls, then rises".
func Trends() []string {
	return []string{"rises", "falls", "stays", "rises, then falls", "falls, then rises"}
}

// Predict records what the learner expects of each quantity, before it is measured. Without a word it is no attempt.
func (t *Trend) Predict(guesses ...string) {
	if r, ok := t.accept(guesses); !ok {
		t.refuse(r)
		return
	}
	t.record(guesses)
}

// accept says whether guesses are a prediction, and if not, why.
func (t *Trend) accept(guesses []string) (Report, bool) {
	choice := "Write one of “" + strings.Join(Trends(), "”, “") + "”"
	if len(guesses) == 0 || !slices.ContainsFunc(guesses, func(w string) bool { return w != "" }) {
		return Unwritten(fmt.Sprintf("%s for each of: %s.", choice, strings.Join(t.Quantities, "; "))), false
	}
	if len(guesses) != len(t.Quantities) {
		return Report{State: Wrong, Diagnosis: fmt.Sprintf("There are %d words for %d quantities: %s.", len(guesses), len(t.Quantities), strings.Join(t.Quantities, "; "))}, false
	}
	for i, w := range guesses {
		if !slices.Contains(Trends(), w) {
			return Report{State: Wrong, Diagnosis: fmt.Sprintf("“%s” can't be compared with a measurement. %s for %s.", w, choice, t.Quantities[i])}, false
		}
	}
	return Report{}, true
}

// Compare holds the recorded prediction against what was measured: for each quantity its values, one a setting. It is
// kind, and never fails a cell.
func (t *Trend) Compare(measured ...[]float64) {
	guesses, all := t.predicted()
	if len(guesses) == 0 {
		t.invite()
		return
	}
	card := t.compared(t.Judge(guesses, measured...), t.Why, all, "", "you expected", "measured", "values")
	for i := range min(len(guesses), len(measured), len(t.Quantities)) {
		card.Rows = append(card.Rows, []any{t.Quantities[i], guesses[i], shape(measured[i]), words.Numbers(measured[i])})
	}
	t.reveal(card)
}

// Judge compares a prediction with a measurement, and shows nothing. Wrong means that it was a surprise.
func (t *Trend) Judge(guesses []string, measured ...[]float64) Report {
	if r, ok := t.accept(guesses); !ok {
		return r
	}
	if len(measured) != len(t.Quantities) {
		return Report{State: Wrong, Diagnosis: fmt.Sprintf("%d quantities were measured, and %d predicted.", len(measured), len(t.Quantities))}
	}
	var surprises []string
	for i, w := range guesses {
		if now := shape(measured[i]); now != w {
			surprises = append(surprises, fmt.Sprintf("You expected that %s %s; measured, it %s.", t.Quantities[i], w, now))
		}
	}
	if len(surprises) > 0 {
		return Report{State: Wrong, Diagnosis: strings.Join(surprises, " ")}
	}
	return Report{State: Right, Diagnosis: "The measurement agrees with your prediction."}
}

// shape tells in a word how values go. What is less than 2% of the largest is no change at all, and a turn counts that
// is at least a tenth of the whole range: measured values waver.
func shape(values []float64) string {
	if len(values) < 2 || slices.ContainsFunc(values, func(x float64) bool { return !Finite(x) }) {
		return "can't be told"
	}
	low, high := slices.Min(values), slices.Max(values)
	if high-low <= 0.02*math.Max(math.Abs(low), math.Abs(high)) {
		return "stays"
	}
	first, last := values[0], values[len(values)-1]
	turn := 0.1 * (high - low)
	over, under := high-math.Max(first, last), math.Min(first, last)-low
	switch {
	case over > turn && under > turn:
		return "goes up and down"
	case over > turn:
		return "rises, then falls"
	case under > turn:
		return "falls, then rises"
	case last > first:
		return "rises"
	}
	return "falls"
}
