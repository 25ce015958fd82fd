package course

import (
	"testing"

	"vaelab/cmd/vaelab/internal/labtest/tab"
)

// WithoutANetwork: what was opened once works when the host is gone, after a reload too.
func WithoutANetwork(t *testing.T, folder string, open tab.Browser) {
	site := tab.Serve(t, folder)
	v := tab.VisitWith(t, site, open)
	v.Write("offline.ipynb", "%%\nfmt.Println(6 * 7)")
	v.Run(0, 1)
	v.Wait("the service worker", `navigator.serviceWorker.controller`)
	v.Write("offline.ipynb", "%%\nfmt.Println(6 * 7)") // now that it rules, it sees what is asked for
	v.Run(0, 1)
	site.Gone()
	v.Write("offline.ipynb", "%%\nfmt.Println(6 * 8)")
	if got := tab.Text(v.Run(0, 1)[0]); got != "48\n" {
		t.Errorf("without a network: %q", got)
	}
	v.Clean()
}
