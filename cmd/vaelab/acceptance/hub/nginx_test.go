package hub

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest"
)

// nginx starts nginx, with the settings that docs/hub.md has for it, before a hub, and gives its address.
func nginx(t *testing.T, hub *url.URL) *url.URL {
	t.Helper()
	program, err := exec.LookPath("nginx")
	if err != nil {
		t.Skipf("%v: it is a package of Debian's", err)
	}
	front := *hub
	front.Host = fmt.Sprintf("127.0.0.1:%d", freePort(t))
	of, site := forNginx(t)
	if at := strings.Count(site, "127.0.0.1:8000"); at != 1 {
		t.Fatalf("docs/hub.md tells nginx %d times where the hub is", at)
	}
	dir := t.TempDir()
	settings := filepath.Join(dir, "nginx.conf")
	text := fmt.Sprintf("pid %s/pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n%s\nserver {\nlisten %s;\n%s}\n}\n",
		dir, of, front.Host, strings.ReplaceAll(site, "127.0.0.1:8000", hub.Host))
	if err := os.WriteFile(settings, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(program, "-t", "-c", settings).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s\n%s", err, out, text)
	}
	cmd := exec.Command(program, "-c", settings, "-g", "daemon off;")
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("nginx says\n%s", said.String())
		}
	})
	return &front
}

// forNginx are the page's two blocks: what stands in nginx's http, and in a site's server.
func forNginx(t *testing.T) (of, site string) {
	t.Helper()
	text := labtest.Read(t, filepath.Join(labtest.Layout(t).Root, "docs", "hub.md"))
	blocks := regexp.MustCompile("(?ms)^ *```nginx\n(.*?)^ *```$").FindAllStringSubmatch(text, -1)
	if len(blocks) != 2 || !strings.Contains(blocks[0][1], "map ") || !strings.Contains(blocks[1][1], "location ") {
		t.Fatalf("docs/hub.md has other blocks for nginx than a map and a location: %q", blocks)
	}
	return blocks[0][1], blocks[1][1]
}
