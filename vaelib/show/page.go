package show

import (
	"errors"
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
)

// A page takes what is shown: the notebook, in a lab or in a browser's tab, or plain text on a terminal.
type page interface {
	// put shows a block, as HTML and as plain text. A block with an id replaces an earlier one with the same id.
	put(id, html, plain string)
	// markdown shows Markdown.
	markdown(text string)
	// sync waits until everything has arrived.
	sync()
	// live reports whether a block can be replaced.
	live() bool
	// lost is why a block hasn't arrived; nil where all have.
	lost() error
}

// InNotebook reports whether the kernel started this program, for a cell.
func InNotebook() bool { return notebookPage() != nil }

// Lost is why something that was shown hasn't arrived; nil where all has.
func Lost() error { return here.lost() }

// here is the page of this program. Tests put another in its place.
var here page = open()

func open() page {
	if page := notebookPage(); page != nil {
		return page
	}
	return &terminal{}
}

// uniqueID names a block of this page.
func uniqueID() string { return strconv.FormatUint(rand.Uint64(), 36) }

type terminal struct{ failed error }

func (t *terminal) put(_, _, plain string) {
	_, err := fmt.Fprintln(os.Stdout, strings.TrimRight(plain, "\n"))
	t.failed = errors.Join(t.failed, err)
}

func (t *terminal) markdown(text string) { t.put("", "", text) }

func (*terminal) sync()         {}
func (*terminal) live() bool    { return false }
func (t *terminal) lost() error { return t.failed }

// escape makes a text safe to stand in HTML, in an attribute too.
func escape(s string) string { return html.EscapeString(s) }
