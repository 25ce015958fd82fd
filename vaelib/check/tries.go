package check

import (
	"fmt"

	"vaelab/vaelib/words"
)

// enough is how many answers that aren't right a learner gives before the next hint is offered, and then again before it is
// offered once more. It is offered, never opened: whoever is on the track of something may go on.
const enough = 3

// try counts an answer that was run and isn't right. The same one, checked again, counts again.
func (e *Exercise) try(p progress, state Outcome) {
	switch state {
	case Wrong, Crashed, TooSlow:
		p.of(e.ID).Tries++
	}
}

// offer names the next hint, or the solution where all hints are open, in the place of the foot that says how to get hints.
func (e *Exercise) offer(p progress, state Outcome, foot []string) []string {
	if state == Right || state == NotAttempted {
		return foot
	}
	mine := p.of(e.ID)
	tries := mine.Tries - mine.HintAt
	if tries <= 0 || tries%enough != 0 {
		return foot
	}
	counted, hint, solution := inWords(tries), e.call("Hint()"), e.call("Solution()")
	switch left := len(e.Hints) - mine.Hints; {
	case left > 0 && mine.Hints == 0:
		return []string{words.Say("%s tries: the next hint may help. %s opens hint %d of %d.",
			counted, hint, mine.Hints+1, len(e.Hints))}
	case left > 0:
		return []string{words.Say("%s tries since the last hint: the next hint may help. %s opens hint %d of %d.",
			counted, hint, mine.Hints+1, len(e.Hints))}
	case e.predicts(): // there is no code to show
		return foot
	case mine.Hints == 0:
		return []string{words.Say("%s tries, and no more hints. %s shows code that passes: read it, close it, and write it your own way.",
			counted, solution)}
	}
	return []string{words.Say("%s tries since the last hint, and no more hints. %s shows code that passes: read it, close it, and write it your own way.",
		counted, solution)}
}

// predicts says whether the exercise asks for a prediction, and not for a function.
func (e *Exercise) predicts() bool { return e.Signature == "" }

func inWords(n int) string {
	switch n {
	case 3:
		return words.Say("Three")
	case 6:
		return words.Say("Six")
	case 9:
		return words.Say("Nine")
	}
	return fmt.Sprint(n)
}
