package check

import (
	"math"
	"strconv"

	"vaelab/vaelib/words"
)

// Amount is a prediction of numbers above 0. The zero Amount has no quantities, and takes no prediction.
type Amount struct {
	Exercise
	Quantities []string
	Why        string // what explains the measurement
}

// Near is the factor within which a predicted amount counts as expected.
const Near = 1.5

// Predict records what the learner expects of each quantity, before it is measured. Without a number it is no attempt.
func (a *Amount) Predict(values ...float64) {
	if r, ok := a.accept(values); !ok {
		a.refuse(r)
		return
	}
	guesses := make([]string, len(values))
	for i, x := range values {
		guesses[i] = strconv.FormatFloat(x, 'g', -1, 64)
	}
	a.record(guesses)
}

func (a *Amount) accept(values []float64) (Report, bool) {
	if len(values) == 0 {
		return Unwritten(words.Say("Write a number for each of: %s.", listed(a.Quantities))), false
	}
	if len(values) != len(a.Quantities) {
		return Report{State: Wrong, Diagnosis: words.Say("There are %d numbers for %d quantities: %s.",
			len(values), len(a.Quantities), listed(a.Quantities))}, false
	}
	for i, x := range values {
		if !Finite(x) || x <= 0 {
			return Report{State: Wrong, Diagnosis: words.Say("%s can't be %s: it is a number above 0.", words.Text(a.Quantities[i]), words.Number(x))}, false
		}
	}
	return Report{}, true
}

// Compare holds the recorded prediction against what was measured. It is kind, and never fails a cell.
func (a *Amount) Compare(measured ...float64) {
	guesses, all := a.predicted()
	values := make([]float64, len(guesses))
	for i, w := range guesses {
		values[i], _ = strconv.ParseFloat(w, 64) // a file changed by hand gives 0, which Judge refuses
	}
	if len(guesses) == 0 {
		a.invite()
		return
	}
	card := a.compared(a.Judge(values, measured...), a.Why, all, "", words.Say("you expected"), words.Say("measured"))
	for i := range min(len(values), len(measured), len(a.Quantities)) {
		card.Rows = append(card.Rows, []any{words.Text(a.Quantities[i]), words.Number(values[i]), words.Number(measured[i])})
	}
	a.reveal(card)
}

// Judge compares a prediction with a measurement, and shows nothing. Wrong means that it was a surprise.
func (a *Amount) Judge(values []float64, measured ...float64) Report {
	if r, ok := a.accept(values); !ok {
		return r
	}
	if len(measured) != len(a.Quantities) {
		return Report{State: Wrong, Diagnosis: words.Say("%d quantities were measured, and %d predicted.", len(measured), len(a.Quantities))}
	}
	var surprises []string
	for i, x := range values {
		m, name := measured[i], words.Text(a.Quantities[i])
		switch off := math.Abs(math.Log(x / m)); {
		case !(off <= math.Log(Near)) && (x-1)*(m-1) < 0:
			surprises = append(surprises, words.Say("%s lies on the other side of 1: you expected %s, and it is %s.", name, words.Number(x), words.Number(m)))
		case !(off <= math.Log(Near)) && x > m:
			surprises = append(surprises, words.Say("%s is smaller than you expected: %s, not %s.", name, words.Number(m), words.Number(x)))
		case !(off <= math.Log(Near)):
			surprises = append(surprises, words.Say("%s is larger than you expected: %s, not %s.", name, words.Number(m), words.Number(x)))
		}
	}
	if len(surprises) > 0 {
		return Report{State: Wrong, Diagnosis: words.Sentences(surprises...)}
	}
	return Report{State: Right, Diagnosis: words.Say("Within a factor of %g of the measurement.", Near)}
}
