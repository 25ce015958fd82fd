package check

import (
	"fmt"
	"io"
	"strings"
)

// word is what a cell's program says of an exercise to the one that watches it.
type word string

const (
	taught  word = "taught"  // an exercise of the course, with its title
	asked   word = "asked"   // for a hint, a solution, a prediction: nothing is to come
	begun   word = "begun"   // an answer is run, or its verdict is on the way
	trying  word = "trying"  // it is run with this input
	judged  word = "judged"  // an answer has been run to its end
	right   word = "right"   // this verdict has been seen
	refused word = "refused" // another one has
)

// introduce tells the watcher which exercises there are: it watches before the course has said so, and knows none.
func introduce(exercises []*Exercise) {
	if testify != nil {
		testify(exercises)
	}
	if watcher != nil {
		fmt.Fprint(watcher, introduction(exercises))
	}
}

func introduction(exercises []*Exercise) string {
	var all strings.Builder
	for _, e := range exercises {
		fmt.Fprintln(&all, taught, e.name(), e.Title)
	}
	return all.String()
}

// watcher leads to what watches this program; nil where nothing does.
var watcher io.Writer

// testify, where it isn't nil, tells how another program of this cell ended: that is all that this one was started for.
var testify func(exercises []*Exercise)

// announce tells the watcher. Where it can't be told it believes that no verdict was given, and that is the safe side.
func announce(w word, e *Exercise) {
	if watcher != nil {
		fmt.Fprintln(watcher, w, e.name())
	}
}

// announceInput tells the watcher what the answer is given.
func announceInput(e *Exercise, input string) {
	if watcher != nil {
		fmt.Fprintln(watcher, trying, e.name(), strings.ReplaceAll(input, "\n", " "))
	}
}
