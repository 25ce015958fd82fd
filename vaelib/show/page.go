package show

import (
	"errors"
	"fmt"
	"html"
	"os"
	"strings"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/comms"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// A page takes what is shown: the notebook, or plain text on a terminal.
type page interface {
	// put shows a block, as HTML and as plain text. A block with an id replaces an earlier one with the same id.
	put(id, html, plain string)
	// sync waits until everything has arrived.
	sync()
	// live reports whether a block can be replaced.
	live() bool
	// lost is why a block hasn't arrived; nil where all have.
	lost() error
}

// InNotebook reports whether the kernel started this program, for a cell.
func InNotebook() bool { return gonbui.IsNotebook }

// Lost is why something that was shown hasn't arrived; nil where all has.
func Lost() error { return here.lost() }

// here is the page of this program. Tests put another in its place.
var here page = open()

func open() page {
	if gonbui.IsNotebook {
		return notebook{}
	}
	return &terminal{}
}

type notebook struct{}

func (notebook) put(id, html, plain string) {
	gonbui.SendData(&protocol.DisplayData{
		Data:      map[protocol.MIMEType]any{protocol.MIMETextHTML: html, protocol.MIMETextPlain: plain},
		DisplayID: id,
	})
}

func (notebook) sync()       { gonbui.Sync() }
func (notebook) live() bool  { return true }
func (notebook) lost() error { return gonbui.Error() }

// mayAnswer goes by a variable that Jupyter's server sets for the kernels of its pages. A program that executes
// notebooks, or an editor with kernels of its own, sets none; there, asking would cost 3 s, in which the kernel waits
// for a page, and would leave the kernel's script in the file.
func (notebook) mayAnswer() bool { return os.Getenv("JPY_SESSION_NAME") != "" }

// listen subscribes for as long as the program runs: in gonbui v0.11.4, a message for an address without a subscriber
// leaves a lock behind that the next subscriber waits for.
func (notebook) listen(address string, hear func(message string)) {
	comms.Subscribe(address, func(_ string, message string) { hear(message) })
}

// ask makes the kernel try its line to the page and lay a new one if that is dead. A page that is busy for half a
// second while the line is laid, as on a slow machine, hangs up without telling the kernel.
func (notebook) ask() { comms.Start() }

type terminal struct{ failed error }

func (t *terminal) put(_, _, plain string) {
	_, err := fmt.Fprintln(os.Stdout, strings.TrimRight(plain, "\n"))
	t.failed = errors.Join(t.failed, err)
}

func (*terminal) sync()         {}
func (*terminal) live() bool    { return false }
func (t *terminal) lost() error { return t.failed }

// escape makes a text safe to stand in HTML, in an attribute too.
func escape(s string) string { return html.EscapeString(s) }
