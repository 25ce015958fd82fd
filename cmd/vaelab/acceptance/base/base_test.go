// Package base tests sliders where a lab isn't at the root of the reader's own machine: below a hub's base address, under a name in
// the network, behind https, and beside another notebook.
package base

import (
	"crypto/x509"
	"encoding/pem"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
	moves(t, lab.At("hub.test:"+lab.Server().Port()))
}

// TestByHTTPS has JupyterLab serve by https, with a certificate of its own.
func TestByHTTPS(t *testing.T) {
	labtest.Long(t)
	key, certificate := certificate(t)
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
	book.Load()
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

func open(t *testing.T, lab *page.Lab) *page.Page {
	return lab.Open(t, func(path string) { labtest.Write(t, path, labtest.SlidersCell) })
}

// certificate writes a key and a certificate that nobody has signed but itself: that of Go's own test servers.
func certificate(t *testing.T) (key, certificate string) {
	server := httptest.NewTLSServer(nil)
	defer server.Close()
	pair := server.TLS.Certificates[0]
	secret, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, kind string, bytes []byte) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: bytes}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return write("key.pem", "PRIVATE KEY", secret), write("certificate.pem", "CERTIFICATE", pair.Certificate[0])
}
