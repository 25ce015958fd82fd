package check

import (
	"fmt"
	"os"
	"strings"
)

// word is what a cell's program says of an exercise to the one that watches it.
type word string

const (
	taught  word = "taught"  // an exercise of the course, with its title
	asked   word = "asked"   // for a hint, a solution, a prediction: nothing is to come
	begun   word = "begun"   // an answer is run, or its verdict is on the way
	judged  word = "judged"  // an answer has been run to its end
	right   word = "right"   // this verdict has been seen
	refused word = "refused" // another one has
)

// introduce tells the watcher which exercises there are: it watches before the course has said so, and knows none.
func introduce(exercises []*Exercise) {
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

// watcher leads to the process that watches this one; nil where none does.
var watcher *os.File

// announce tells the watcher. Where it can't be told it believes that no verdict was given, and that is the safe side.
func announce(w word, e *Exercise) {
	if watcher != nil {
		fmt.Fprintln(watcher, w, e.name())
	}
}
