// Package base tests sliders where a lab isn't at the root of the reader's own machine: below a hub's base address, under a name in
// the network, behind https, beside another notebook, and where something in between lets their line not through.
package base

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"vaelab/cmd/vaelab/internal/labtest"
	"vaelab/cmd/vaelab/internal/labtest/page"
)

// TestBelowABaseAddress has JupyterLab as a hub starts it. It is reached by plain http under a name, where browsers keep some of
// their functions from pages.
func TestBelowABaseAddress(t *testing.T) {
	lab := page.Start(t, page.Place{
		Server:  []string{"--ServerApp.base_url=/user/ann/", "--ServerApp.allow_remote_access=True", "--LabApp.expose_app_in_browser=True"},
		Browser: []chromedp.ExecAllocatorOption{chromedp.Flag("host-resolver-rules", "MAP hub.test 127.0.0.1")},
	})
	t.Run("moves", func(t *testing.T) { moves(t, lab.At("hub.test:"+lab.Server().Port())) })
	t.Run("stills", func(t *testing.T) { stills(t, lab.At(page.Dropping(t, lab.Server()))) })
}

// TestByHTTPS has JupyterLab serve by https, with a certificate of its own.
func TestByHTTPS(t *testing.T) {
	labtest.Long(t)
	key, certificate := page.Certificate(t)
	lab := page.Start(t, page.Place{
		Server:  []string{"--ServerApp.keyfile=" + key, "--ServerApp.certfile=" + certificate, "--LabApp.expose_app_in_browser=True"},
		Browser: []chromedp.ExecAllocatorOption{chromedp.Flag("ignore-certificate-errors", true)},
	})
	if lab.Server().Scheme != "https" {
		t.Fatalf("the lab is at %s", lab.Server())
	}
	moves(t, lab)
}

// moves moves sliders whenever a learner may do it.
func moves(t *testing.T, lab *page.Lab) {
	book := notebook{t, open(t, lab), 0}
	use := func(when string) {
		book.RunCell()
		book.move(when)
		book.done()
	}
	use("at first")
	use("run again")
	book.Restart()
	use("after the kernel's restart")
	file := book.Save("because Done was pressed")
	for _, left := range []string{"WebSocket", "<script", "type=\\\"range"} {
		if strings.Contains(file, left) {
			t.Errorf("the file still has %s", left)
		}
	}
	book.reload()
	use("after a reload")

	book.RunCell()
	book.move("beside a second notebook, before it")
	second := book.beside()
	second.move("in a second notebook")
	book.move("beside a second notebook")
	second.move("in the second notebook again")
	second.done()
	book.done()
	book.Clean()
}

// stills waits for pictures and a sentence, where sliders don't come.
func stills(t *testing.T, lab *page.Lab) {
	book := notebook{t, open(t, lab), 0}
	book.RunCell()
	book.Wait("the first picture", book.says("The μ part is 0.000 nats"))
	begin := time.Now()
	book.Wait("the sentence", book.says("These are stills, because this page doesn't answer."))
	took := time.Since(begin)
	t.Logf("from the first picture to stills %v", took.Round(time.Millisecond))
	book.Wait("stills", book.says("log σ² = −1.00"))
	book.Wait("the end", book.says("after the sliders"))
	t.Logf("to the cell's end %v", time.Since(begin).Round(time.Millisecond))
	book.Clean()
}

func open(t *testing.T, lab *page.Lab) *page.Page {
	return lab.Open(t, func(path string) { labtest.Write(t, path, labtest.SlidersCell) })
}
