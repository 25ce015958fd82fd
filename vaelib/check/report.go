package check

import (
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/words"
)

// Outcome says how an answer fared. The zero Outcome is NotAttempted.
type Outcome int

const (
	NotAttempted Outcome = iota // the stub is still there
	Right
	Wrong
	Crashed // the learner's code panicked
	TooSlow // it didn't answer in time
)

func (s Outcome) String() string {
	switch s {
	case NotAttempted:
		return words.Say("not attempted yet")
	case Right:
		return words.Say("right")
	case Wrong:
		return words.Say("not yet right")
	case Crashed:
		return words.Say("stopped by a panic")
	case TooSlow:
		return words.Say("no answer in time")
	}
	return words.Say("unknown")
}

// NotWritten is what the stub of an unwritten function panics with, or a part of it.
const NotWritten = "write me"

// Report is what is found out about an answer. The zero Report is that of one not attempted, without a word on what is
// missing; [Unwritten] makes one with it.
type Report struct {
	State     Outcome
	Diagnosis string   // in a sentence or two, for the learner; empty where the answer is right
	Example   *Example // one input where it went wrong, if there is such
	Tested    string   // what the answer was held against
	// Explanation has the changes of the right formula that give the answer's values, where the diagnosis was made of them.
	Explanation formula.Explanation
}

// Example is one input with what came out and what should have. One without Want, such as the zero Example, isn't shown.
type Example struct{ Input, Got, Want string }

// Unwritten is the report on an answer that is still to be given; it says what, in a sentence of [words.Say].
func Unwritten(what string) Report { return Report{State: NotAttempted, Diagnosis: what} }
