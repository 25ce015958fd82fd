//go:build !js

package show

import (
	_ "embed"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/comms"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// notebookPage is the notebook whose kernel, GoNB, started this program; nil where none did.
func notebookPage() page {
	if !gonbui.IsNotebook {
		return nil
	}
	return notebook{}
}

type notebook struct{}

func (notebook) put(id, html, plain string) {
	gonbui.SendData(&protocol.DisplayData{
		Data:      map[protocol.MIMEType]any{protocol.MIMETextHTML: html, protocol.MIMETextPlain: plain},
		DisplayID: id,
	})
}

func (notebook) markdown(text string) {
	gonbui.SendData(&protocol.DisplayData{Data: map[protocol.MIMEType]any{protocol.MIMETextMarkdown: text, protocol.MIMETextPlain: text}})
}

func (notebook) sync()       { gonbui.Sync() }
func (notebook) live() bool  { return true }
func (notebook) lost() error { return gonbui.Error() }

// mayAnswer goes by a variable that Jupyter's server sets for the kernels of its pages: the notebook's path. A program that executes
// notebooks, or an editor with kernels of its own, sets none; there, asking would cost 3 s, in which the kernel waits
// for a page, and would leave the kernel's script in the file.
func (notebook) mayAnswer() bool {
	name := os.Getenv("JPY_SESSION_NAME")
	return name != "" && !ofVSCode(name)
}

// ofVSCode says whether a session is VS Code's, whose page has no way to the server of a kernel. For a notebook of its own it makes a name
// up, NOTEBOOK-UUID.ipynb (createNewSession in vscode-jupyter's jupyterKernelSessionFactory.ts), and no file is there by it.
func ofVSCode(session string) bool {
	if !madeUp.MatchString(session) {
		return false
	}
	_, err := os.Stat(session)
	return os.IsNotExist(err)
}

var madeUp = regexp.MustCompile(`-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.[a-z]+)?$`)

// lineJS leads GoNB's line to the page to where Jupyter's server is.
//
//go:embed line.js
var lineJS string

// listen subscribes for as long as the program runs: in gonbui v0.11.4, a message for an address without a subscriber
// leaves a lock behind that the next subscriber waits for. Subscribing has the kernel lay its line if there is none, for which it
// waits; so what leads the line goes to the page first.
func (n notebook) listen(block, address string, hear func(message string)) (kernel string) {
	kernel = os.Getenv(protocol.GONB_JUPYTER_KERNEL_ID_ENV)
	n.put(block, fmt.Sprintf("<script>(%s)(%q)</script>", strings.TrimSpace(lineJS), kernel), "")
	comms.Subscribe(address, func(_ string, message string) { hear(message) })
	return kernel
}

// ask makes the kernel try its line to the page and lay a new one if that is dead. A page that is busy for half a
// second while the line is laid, as on a slow machine, hangs up without telling the kernel.
func (notebook) ask() { comms.Start() }
