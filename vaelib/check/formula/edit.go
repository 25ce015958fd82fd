package formula

import (
	"strings"

	"vaelab/vaelib/words"
)

// Kind is what is done to a formula.
type Kind string

const (
	Drop    Kind = "drop"    // a term isn't there
	Rescale Kind = "rescale" // a term has another coefficient
	Replace Kind = "replace" // something else stands in its place
	Add     Kind = "add"     // a term is there that doesn't belong
)

// Edit is one change of the right formula. Its formulas are written in the language that was spoken when it was found.
type Edit struct {
	Kind     Kind
	Term     string  // the term of the right formula, or the one that is added, without its coefficient
	Called   string  // what people call it, in English, such as “the logarithm”; may be empty
	From, To string  // how it is written in the right formula, and in the answer; empty where it isn't there
	Factor   float64 // what its coefficient is multiplied by, where it has another one
}

// Explanation is a formula that has the values of an answer, and how it comes of the right one. The zero Explanation has no edits
// and explains nothing.
type Explanation struct {
	Formula string
	Above   string // what the names in it stand for, where it has any
	Edits   []Edit
	Values  func(in Inputs) []float64 // the formula's; nil where there are no edits
}

// Sentence says it to the learner. It speaks of values, not of code: those are what is known.
func (e Explanation) Sentence() string {
	has := e.Formula
	if e.Above != "" {
		has = words.Say("%s (with %s)", e.Formula, e.Above)
	}
	if len(e.Edits) == 1 && e.Edits[0].To == e.Formula {
		return words.Say("Your answer has the values of %s, where %s belongs.", has, e.Edits[0].From)
	}
	remarks := make([]string, len(e.Edits))
	for i, edit := range e.Edits {
		remarks[i] = edit.remark()
	}
	return words.Say("Your answer has the values of %s: %s.", has, strings.Join(remarks, words.Say("; ")))
}

func (e Edit) remark() string {
	called := words.Text(e.Called)
	if called == "" {
		called = words.Say("the part %s", e.Term)
	}
	switch {
	case e.Kind == Drop:
		return words.Say("%s is missing", called)
	case e.Kind == Add:
		return words.Say("%s doesn't belong there", e.To)
	case e.Kind == Replace:
		return words.Say("%s stands where %s belongs", e.To, e.From)
	case e.Term == "1":
		return words.Say("%s is %s and not %s", called, e.To, e.From)
	case e.Factor == -1:
		return words.Say("%s has its sign turned", called)
	case e.Factor == 0.5:
		return words.Say("%s has half its weight", called)
	case e.Factor == 2:
		return words.Say("%s has twice its weight", called)
	case e.Factor < 0:
		return words.Say("%s has its sign turned, and %s times its weight", called, Coefficient(-e.Factor))
	}
	return words.Say("%s has %s times its weight", called, words.Significant(e.Factor, 4))
}
