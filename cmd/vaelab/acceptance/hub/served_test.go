package hub

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/labtest"
)

// served is a hub that runs.
type served struct {
	t       *testing.T
	address *url.URL
	token   string // of the test, which may ask every server
	log     string
	command *exec.Cmd
	ended   chan struct{}
}

// serve starts the hub as the recipe does, with more lines in its settings, and waits until it answers.
func (c *class) serve(t *testing.T, more ...string) *served {
	t.Helper()
	address, err := url.Parse(c.places["ADDRESS"])
	if err != nil {
		t.Fatal(err)
	}
	s := &served{t: t, address: address, token: rand.Text(), log: filepath.Join(t.TempDir(), "hub.log"), ended: make(chan struct{})}
	settings := filepath.Join(c.places["HUB"], "jupyterhub_config.py")
	before := labtest.Read(t, settings)
	t.Cleanup(func() { _ = os.WriteFile(settings, []byte(before), 0o644) })
	text := before + fmt.Sprintf(`c.JupyterHub.hub_port = %d  # other hubs of this machine
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:%d"
c.JupyterHub.services = [{"name": "test", "api_token": "%s"}]
c.JupyterHub.load_roles.append({"name": "test", "services": ["test"], "scopes": ["access:servers", "read:users", "read:servers"]})
`, freePort(t), freePort(t), s.token)
	for _, line := range more {
		text += line + "\n"
	}
	if err := os.WriteFile(settings, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	log, err := os.Create(s.log)
	if err != nil {
		t.Fatal(err)
	}
	s.command = exec.Command("bash", "-euo", "pipefail", "-c", only(t, "start"))
	s.command.Env, s.command.Stdout, s.command.Stderr = c.env(), log, log
	s.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // the shell, the hub and the proxy
	if err := s.command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = s.command.Wait()
		log.Close()
		close(s.ended)
	}()
	t.Cleanup(s.stop)
	return s
}

// answers waits for the hub. The address is another where the settings say so.
func (s *served) answers(address *url.URL) {
	s.t.Helper()
	s.address = address
	ctx, stop := labtest.Until(s.t.Context(), s.t)
	defer stop()
	for {
		if status := s.get(ctx, "hub/health"); status == http.StatusOK {
			return
		}
		select {
		case <-time.After(200 * time.Millisecond):
		case <-s.ended:
			s.t.Fatalf("the hub has ended:\n%s", labtest.Read(s.t, s.log))
		case <-ctx.Done():
			s.t.Fatalf("the hub doesn't answer:\n%s", labtest.Read(s.t, s.log))
		}
	}
}

// stop ends the hub, which ends the servers.
func (s *served) stop() {
	group := -s.command.Process.Pid
	_ = syscall.Kill(group, syscall.SIGTERM)
	<-s.ended // the shell; the hub takes longer
	for begin := time.Now(); syscall.Kill(group, 0) == nil; time.Sleep(100 * time.Millisecond) {
		if time.Since(begin) > 2*time.Minute {
			s.t.Errorf("the hub doesn't end:\n%s", labtest.Read(s.t, s.log))
			_ = syscall.Kill(group, syscall.SIGKILL)
			return
		}
	}
}

// anybody is a client that trusts every certificate, follows nothing and is logged in nowhere.
var anybody = &http.Client{
	Transport:     &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// get asks the hub or a server for a page, and gives the answer's status; 0 without one.
func (s *served) get(ctx context.Context, path string) (status int) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address.String()+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	resp, err := anybody.Do(req)
	if err != nil {
		return 0
	}
	resp.Body.Close()
	return resp.StatusCode
}

// servers are the names of a person's servers, that without a name "".
func (s *served) servers(name string) (names []string) {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.address.String()+"hub/api/users/"+url.PathEscape(name), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Authorization", "token "+s.token)
	resp, err := anybody.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	var u struct {
		Servers map[string]struct{ Ready bool }
	}
	if err := json.NewDecoder(resp.Body).Decode(&u); err != nil {
		s.t.Fatal(err)
	}
	for name, server := range u.Servers {
		if server.Ready {
			names = append(names, name)
		}
	}
	return names
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
