package show

import (
	"syscall/js"

	"vaelab/vaelib/internal/tab"
)

// notebookPage is the notebook in the browser's tab that runs this program; nil where none does.
func notebookPage() page {
	host, ok := tab.Host()
	if !ok {
		return nil
	}
	return inTab{host}
}

// inTab is a notebook whose page runs the program itself: nothing that is shown can be lost on its way, and the page answers.
type inTab struct{ host js.Value }

func (p inTab) put(id, html, plain string) { p.host.Call("display", id, html, plain) }
func (p inTab) markdown(text string)       { p.host.Call("markdown", text) }
func (inTab) sync()                        {}
func (inTab) live() bool                   { return true }
func (inTab) lost() error                  { return nil }
func (inTab) mayAnswer() bool              { return true }
func (inTab) ask()                         {}

func (p inTab) listen(_, address string, hear func(message string)) (kernel string) {
	p.host.Call("listen", address, js.FuncOf(func(_ js.Value, args []js.Value) any {
		hear(args[0].String())
		return nil
	}))
	return "" // the page has one line to all of its kernels
}
