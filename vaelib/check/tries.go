package check

import "fmt"

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
	since := fmt.Sprintf("%s tries", inWords(tries))
	if mine.Hints > 0 {
		since += " since the last hint"
	}
	switch {
	case mine.Hints < len(e.Hints):
		return []string{fmt.Sprintf("%s: the next hint may help. %s opens hint %d of %d.", since, e.call("Hint()"), mine.Hints+1, len(e.Hints))}
	case e.predicts(): // there is no code to show
		return foot
	}
	return []string{fmt.Sprintf("%s, and no more hints. %s shows code that passes: read it, close it, and write it your own way.", since, e.call("Solution()"))}
}

// predicts says whether the exercise asks for a prediction, and not for a function.
func (e *Exercise) predicts() bool { return e.Signature == "" }

func inWords(n int) string {
	if small := []string{3: "Three", 6: "Six", 9: "Nine"}; n < len(small) && small[n] != "" {
		return small[n]
	}
	return fmt.Sprint(n)
}
