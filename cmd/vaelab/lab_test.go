package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// freePort asks the system for a port that nothing uses.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// home gives a command a home folder of its own, with the caches of Go where they were.
func home(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	dir := t.TempDir()
	cmd.Env = append(cmd.Env, "HOME="+dir)
	for _, key := range []string{"GOCACHE", "GOMODCACHE", "GOPATH", "GOFLAGS"} {
		out, err := exec.Command("go", "env", key).Output()
		if err != nil {
			t.Fatal(err)
		}
		cmd.Env = append(cmd.Env, key+"="+strings.TrimSpace(string(out)))
	}
	return dir
}

func get(t *testing.T, method, address, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

// TestLab opens the lab, looks at it as a browser and as a stranger, and leaves it with Ctrl-C.
func TestLab(t *testing.T) {
	needLab(t)
	port := freePort(t)
	cmd := vaelab(t, "-no-browser", "-port", port)
	homeDir := home(t, cmd)
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	var address *url.URL
	var lines strings.Builder
	scan := bufio.NewScanner(said)
	for address == nil && scan.Scan() {
		lines.WriteString(scan.Text() + "\n")
		if u := regexp.MustCompile(`http://\S+token=\S+`).FindString(scan.Text()); u != "" {
			if address, err = url.Parse(u); err != nil {
				t.Fatal(err)
			}
		}
	}
	if address == nil {
		t.Fatalf("the lab gave no address:\n%s", lines.String())
	}
	t.Logf("page after %.1f s\n%s", time.Since(begin).Seconds(), lines.String())
	rest := make(chan string)
	go func() {
		text, _ := io.ReadAll(said)
		rest <- string(text)
	}()

	if !strings.Contains(lines.String(), "Backend: ") {
		t.Error("the lab doesn't say which backend it uses")
	}
	if host := address.Hostname(); host != "localhost" && host != "127.0.0.1" {
		t.Errorf("the page is at %s, not on the loopback", host)
	}
	if address.Port() != port {
		t.Errorf("the page is at port %s, not %s", address.Port(), port)
	}
	if status, page := get(t, "GET", address.String(), ""); status != 200 || !strings.Contains(page, "JupyterLab") {
		t.Errorf("the page answers %d", status)
	}
	base, token := "http://"+address.Host, "?token="+address.Query().Get("token")
	if len(token) < 30 {
		t.Errorf("the token is %q", token)
	}
	for _, path := range []string{"/api/contents", "/api/kernelspecs"} {
		if status, _ := get(t, "GET", base+path, ""); status != 403 {
			t.Errorf("%s without the token answers %d, want 403", path, status)
		}
	}
	_, specs := get(t, "GET", base+"/api/kernelspecs"+token, "")
	if !strings.Contains(specs, `"default": "gonb"`) || !strings.Contains(specs, clone(t).Bin()) {
		t.Errorf("the kernels are %s", specs)
	}

	// The port is taken now, and a second lab says so at once.
	_, second, code := outcome(t, vaelab(t, "-no-browser", "-port", port))
	if code != exitFailed || !strings.Contains(second, "another program uses it") || !strings.Contains(second, "-port") {
		t.Errorf("a second lab on the port: code %d, %s", code, second)
	}

	status, started := get(t, "POST", base+"/api/kernels"+token, `{"name":"gonb"}`)
	var kernel struct{ ID string }
	if err := json.Unmarshal([]byte(started), &kernel); err != nil || status != 201 {
		t.Fatalf("starting a kernel answers %d: %s", status, started)
	}
	if runtime.GOOS == "linux" && processes(kernel.ID) == "" {
		t.Error("no process of the kernel is found while it runs: nor could one be found afterwards")
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	last := <-rest
	if err := cmd.Wait(); err != nil {
		t.Errorf("after Ctrl-C the lab ends with %v:\n%s", err, last)
	}
	if strings.Contains(last, "goroutine") || !strings.Contains(last, "The lab is closed.") {
		t.Errorf("after Ctrl-C the lab says %q", last)
	}
	if conn, err := net.Dial("tcp", address.Host); err == nil {
		conn.Close()
		t.Error("after Ctrl-C the server still listens")
	}
	if left := processes(kernel.ID); left != "" {
		t.Errorf("after Ctrl-C a kernel still runs: %s", left)
	}
	for _, name := range []string{".jupyter", ".ipython", ".local"} {
		if _, err := os.Stat(filepath.Join(homeDir, name)); err == nil {
			t.Errorf("the lab made %s in the home folder", name)
		}
	}
}

// processes are the command lines that contain a text, where the system lists them under /proc.
func processes(text string) string {
	var found []string
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, f := range files {
		line, err := os.ReadFile(f)
		if err == nil && strings.Contains(string(line), text) {
			found = append(found, fmt.Sprint(f, " ", strings.ReplaceAll(string(line), "\x00", " ")))
		}
	}
	return strings.Join(found, "\n")
}
