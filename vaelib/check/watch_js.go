package check

import (
	"os"
	"slices"
	"syscall/js"

	"vaelab/vaelib/internal/tab"
	"vaelab/vaelib/show"
)

// What the page's kernel says to the program that it starts to tell of another.
const (
	announcedEnv = "VAELAB_ANNOUNCED" // what that one had announced
	endedEnv     = "VAELAB_ENDED"     // how it ended: "late", when it was ended, since an answer took too long; "failed"; else ""
)

// In a browser's tab a program has one thread: while an answer runs, nothing else does, and one that never ends can't be
// noticed from inside. So the kernel of the page listens to what is announced, and ends the program where an answer takes too
// long. Where a verdict is missing then, it starts the cell's program once more, which tells of it before a line of the
// learner's runs.
func init() {
	host, ok := tab.Host()
	if !ok {
		return
	}
	announced, tells := os.LookupEnv(announcedEnv)
	if !tells {
		watcher = kernel{host}
		return
	}
	testify = func(exercises []*Exercise) {
		testifyTo(announced, os.Getenv(endedEnv), exercises)
		os.Exit(0)
	}
}

func testifyTo(announced, ended string, exercises []*Exercise) {
	heard := read(introduction(exercises) + announced)
	if ended == "late" {
		i := slices.IndexFunc(exercises, func(e *Exercise) bool { return e.name() == heard.running })
		if i >= 0 {
			exercises[i].Settle(tooSlow(heard.inputs[heard.running]))
			return
		}
	}
	for _, card := range heard.missing(mainPart(), ended == "failed") {
		_ = show.Print(card) // in a tab nothing is lost
	}
}

// kernel hears what is announced.
type kernel struct{ host js.Value }

func (k kernel) Write(text []byte) (int, error) {
	k.host.Call("announce", string(text))
	return len(text), nil
}
