package command

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
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

	"vaelab/cmd/vaelab/internal/labtest"
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

// lab is a lab that is open.
type lab struct {
	cmd     *exec.Cmd
	address *url.URL // with the token
	said    string   // until the address was there
	rest    chan string
}

// startLab starts a lab and waits for its address.
func startLab(t *testing.T, cmd *exec.Cmd) *lab {
	t.Helper()
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	l := &lab{cmd: cmd, rest: make(chan string, 1)}
	scan := bufio.NewScanner(said)
	for l.address == nil && scan.Scan() {
		l.said += scan.Text() + "\n"
		if u := regexp.MustCompile(`http://\S+token=\S+`).FindString(scan.Text()); u != "" {
			if l.address, err = url.Parse(u); err != nil {
				t.Fatal(err)
			}
		}
	}
	if l.address == nil {
		t.Fatalf("the lab gave no address:\n%s", l.said)
	}
	go func() {
		text, _ := io.ReadAll(said)
		l.rest <- string(text)
	}()
	return l
}

// api asks the lab's server, with its token.
func (l *lab) api(t *testing.T, method, path, body string) (int, string) {
	t.Helper()
	return get(t, method, "http://"+l.address.Host+"/api/"+path+"?token="+l.address.Query().Get("token"), body)
}

// kernel starts a kernel and gives its id.
func (l *lab) kernel(t *testing.T) string {
	t.Helper()
	status, started := l.api(t, "POST", "kernels", `{"name":"gonb"}`)
	var kernel struct{ ID string }
	if err := json.Unmarshal([]byte(started), &kernel); err != nil || status != 201 {
		t.Fatalf("starting a kernel answers %d: %s", status, started)
	}
	return kernel.ID
}

// TestLab opens the lab, looks at it as a browser and as a stranger, and leaves it with Ctrl-C.
func TestLab(t *testing.T) {
	labtest.Lab(t)
	port := freePort(t)
	cmd := labtest.Command(t, "-no-browser", "-port", port)
	homeDir := home(t, cmd)
	begin := time.Now()
	lab := startLab(t, cmd)
	address := lab.address
	t.Logf("page after %.1f s\n%s", time.Since(begin).Seconds(), lab.said)

	if !strings.Contains(lab.said, "Backend: ") {
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
	if !strings.Contains(specs, `"default": "gonb"`) || !strings.Contains(specs, labtest.Layout(t).Bin()) {
		t.Errorf("the kernels are %s", specs)
	}

	// The port is taken now, and a second lab says so at once.
	_, second, code := labtest.Outcome(t, labtest.Command(t, "-no-browser", "-port", port))
	if code != 1 || !strings.Contains(second, "another program uses it") || !strings.Contains(second, "-port") {
		t.Errorf("a second lab on the port: code %d, %s", code, second)
	}

	kernel := lab.kernel(t)
	if runtime.GOOS == "linux" && processes(kernel) == "" {
		t.Error("no process of the kernel is found while it runs: nor could one be found afterwards")
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	last := <-lab.rest
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
	if left := processes(kernel); left != "" {
		t.Errorf("after Ctrl-C a kernel still runs: %s", left)
	}
	if left := written(t, homeDir); len(left) > 0 {
		t.Errorf("the lab has written into the home folder: %q", left)
	}
}

// written are the files in a home folder, without those that every go command keeps for itself.
func written(t *testing.T, home string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(home, path)
		if err == nil && !d.IsDir() && !strings.HasPrefix(name, filepath.Join(".config", "go")) {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
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
