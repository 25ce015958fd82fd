package worker

import (
	"io"

	"vaelab/vaelib/internal/tab"
)

// Own is where this program, started by [Start], finds its questions, and where its answers go: the port that the page has
// laid to the cell's program.
func Own() (questions io.Reader, answers io.Writer) {
	host, ok := tab.Host()
	if !ok {
		panic("this program runs in no browser's tab")
	}
	p := tab.Port(host.Get("port"))
	return p, p
}
