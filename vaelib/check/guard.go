package check

import (
	"fmt"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"vaelab/vaelib/words"
)

// Patience is how long an answer may take, all inputs together. A right one takes a few milliseconds.
var Patience = 5 * time.Second

// deepest is how many bytes of stack a function that calls itself without end may use. Go offers no way to catch that:
// it ends the program. This makes it come at once instead of after a gigabyte.
const deepest = 64 << 20

// Guard runs the judging of an answer in a goroutine of its own, so that a panic or an endless loop in the learner's code
// does no harm. judge calls at with each input before it tries it, so that the report can name the input. A loop that
// never ends can't be stopped from outside; its goroutine is left behind, and ends with the cell's program. An answer that
// ends the program ends this too: only whoever watches the program can tell.
func (e *Exercise) Guard(judge func(at func(input string)) Report) Report {
	announce(begun, e)
	defer announce(judged, e)
	debug.SetMaxStack(deepest)
	var now atomic.Value
	now.Store("")
	done := make(chan Report, 1)
	go func() {
		// What isn't replaced was ended by runtime.Goexit.
		r := Report{State: Crashed, Diagnosis: words.Say("Your function ended its goroutine instead of returning a value.")}
		defer func() {
			if p := recover(); p != nil {
				r = crashed(now.Load().(string), p)
			}
			done <- r
		}()
		r = judge(func(input string) {
			now.Store(input)
			announceInput(e, input)
		})
	}()
	select {
	case r := <-done:
		return r
	case <-time.After(Patience):
		return tooSlow(now.Load().(string))
	}
}

func tooSlow(input string) Report {
	says := words.Say("Your function hasn't answered after %v. Is there a loop that never ends?", Patience)
	if input != "" {
		says = words.Say("Your function hasn't answered after %v at %s. Is there a loop that never ends?", Patience, input)
	}
	return Report{State: TooSlow, Example: &Example{Input: input}, Diagnosis: says}
}

func crashed(input string, p any) Report {
	text := fmt.Sprint(p)
	if strings.Contains(text, NotWritten) {
		return Unwritten(words.Say("The function is still to be written."))
	}
	says := words.Say("Your function panicked: %s", text)
	if input != "" {
		says = words.Say("Your function panicked at %s: %s", input, text)
	}
	return Report{State: Crashed, Example: &Example{Input: input}, Diagnosis: says}
}
