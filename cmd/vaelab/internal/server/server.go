// Package server runs JupyterLab as a child of the lab: finds it a port, waits until its page answers, and takes it
// down with all its kernels.
package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"vaelab/cmd/vaelab/internal/child"
	"vaelab/vaelib/words"
)

// DefaultPort is JupyterLab's own; where it is taken, the next free one is used.
const DefaultPort = 8888

// Options says what to start.
type Options struct {
	Python  string   // interpreter of the environment with JupyterLab
	Env     []string // with JUPYTER_RUNTIME_DIR set to Runtime
	Runtime string   // where JupyterLab says which port and token it has taken
	Folder  string   // what the page shows
	Log     string   // file for JupyterLab's own output
	Port    int      // 0: DefaultPort or the next free one
	Browser bool     // open the browser
	More    []string // arguments of JupyterLab, after those that every lab gets
}

// Server is a running JupyterLab.
type Server struct {
	URL  string // with the token
	Took time.Duration

	cmd    *exec.Cmd
	log    string
	exited chan struct{} // closed when JupyterLab has ended
	err    error         // how it ended; set before
}

// Port settles which port to take: the one asked for if it is free, else an error that says what to do.
func Port(asked int) (int, error) {
	if asked != 0 {
		if err := free(asked); err != nil {
			return 0, words.Errorf("port %d can't be used (%v): stop what uses it, give another with -port, or leave -port out to take the next free one", asked, err)
		}
		return asked, nil
	}
	const tries = 50
	for port := DefaultPort; port < DefaultPort+tries; port++ {
		if free(port) == nil {
			return port, nil
		}
	}
	return 0, words.Errorf("all ports from %d to %d are taken: give another with -port", DefaultPort, DefaultPort+tries-1)
}

func free(port int) error {
	if port < 1 || port > 65535 {
		return words.Errorf("ports go from 1 to 65535")
	}
	err := loopback(port, syscall.Bind)
	if errors.Is(err, syscall.EADDRINUSE) {
		return words.Errorf("another program uses it")
	}
	return err
}

// loopback tries a system call on a socket at a port of the loopback interface. These lines spare a newcomer the seconds
// that compiling the packages net and net/http takes before this command can say its first word.
func loopback(port int, call func(int, syscall.Sockaddr) error) error {
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(socket)
	// As servers do: a port counts as free though connections of an earlier server are still being forgotten.
	if err := syscall.SetsockoptInt(socket, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1); err != nil {
		return err
	}
	return call(socket, &syscall.SockaddrInet4{Port: port, Addr: [4]byte{127, 0, 0, 1}})
}

// Start starts JupyterLab and returns when its page answers. JupyterLab's token and its binding to the loopback
// interface are left as they are.
func Start(ctx context.Context, opt Options) (*Server, error) {
	for tries := 5; ; tries-- {
		port, err := Port(opt.Port)
		if err != nil {
			return nil, err
		}
		s, err := startAt(ctx, opt, port)
		// Between looking and taking, another lab that starts at the same moment may have taken the port.
		if err != nil && opt.Port == 0 && tries > 1 && ctx.Err() == nil && free(port) != nil {
			continue
		}
		return s, err
	}
}

func startAt(ctx context.Context, opt Options, port int) (*Server, error) {
	log, err := os.Create(opt.Log)
	if err != nil {
		return nil, words.Errorf("JupyterLab's log can't be written: %w", err)
	}
	defer log.Close() // the child has its own

	begin := time.Now()
	args := []string{"-I", "-m", "jupyterlab", // no notebook folder's json.py stands in for Python's own
		"--ServerApp.root_dir=" + opt.Folder,
		"--ServerApp.port=" + strconv.Itoa(port),
		"--ServerApp.port_retries=0", // a port in between would be a surprise; see Port
		"--MultiKernelManager.default_kernel_name=gonb",
		"--LabApp.extension_manager=readonly",
		"--LabApp.news_url=None",
	}
	if !opt.Browser {
		args = append(args, "--no-browser")
	}
	if os.Geteuid() == 0 {
		args = append(args, "--allow-root") // as in containers
	}
	args = append(args, opt.More...)
	s := &Server{log: opt.Log, exited: make(chan struct{})}
	s.cmd = exec.Command(opt.Python, args...)
	s.cmd.Dir, s.cmd.Env = opt.Folder, opt.Env
	s.cmd.Stdout, s.cmd.Stderr = log, log
	// The thread is kept for good: a lab has one server, and lives as long as it does.
	if _, err := child.Start(s.cmd); err != nil {
		return nil, words.Errorf("JupyterLab can't be started: %w", err)
	}
	go func() {
		s.err = s.cmd.Wait()
		close(s.exited)
	}()

	if s.URL, err = s.await(ctx, opt.Runtime); err != nil {
		s.Stop()
		return nil, err
	}
	s.Took = time.Since(begin)
	return s, nil
}

// await polls until the page can be opened. JupyterLab writes its address and token to a file named after its process.
func (s *Server) await(ctx context.Context, runtime string) (string, error) {
	info := filepath.Join(runtime, fmt.Sprintf("jpserver-%d.json", s.cmd.Process.Pid))
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	late := time.After(2 * time.Minute)
	for {
		if page := pageURL(info); page != "" && answers(page) {
			return page, nil
		}
		select {
		case <-ctx.Done():
			return "", context.Cause(ctx)
		case <-s.exited:
			return "", words.Errorf("JupyterLab ended as soon as it was started (%v): %s", s.err, lastLine(s.log))
		case <-late:
			return "", words.Errorf("JupyterLab's page doesn't answer after two minutes: see %s", s.log)
		case <-tick.C:
		}
	}
}

func pageURL(info string) string {
	text, err := os.ReadFile(info)
	var at struct{ URL, Token string }
	if err != nil || json.Unmarshal(text, &at) != nil || at.URL == "" {
		return ""
	}
	return at.URL + "lab?token=" + at.Token
}

// answers reports whether the server at the page's address is this one: it knows the token. JupyterLab writes its address down before it
// takes the port, where another lab may already listen, and then it ends. The page can be opened then: all that it serves was
// loaded before. Of a server by https it is asked only that it listens.
func answers(page string) bool {
	u, err := url.Parse(page)
	if err != nil {
		return false
	}
	port, err := strconv.Atoi(u.Port())
	if err != nil {
		return false
	}
	if u.Scheme == "https" {
		return loopback(port, syscall.Connect) == nil
	}
	question := fmt.Sprintf("GET %sapi/status?%s HTTP/1.0\r\nHost: %s\r\n\r\n", strings.TrimSuffix(u.Path, "lab"), u.RawQuery, u.Host)
	return loopback(port, func(socket int, at syscall.Sockaddr) error {
		if err := syscall.Connect(socket, at); err != nil {
			return err
		}
		patience := syscall.NsecToTimeval(int64(2 * time.Second))
		if err := syscall.SetsockoptTimeval(socket, syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &patience); err != nil {
			return err
		}
		if _, err := syscall.Write(socket, []byte(question)); err != nil {
			return err
		}
		answer := make([]byte, len("HTTP/1.1 200"))
		if n, err := syscall.Read(socket, answer); err != nil || !strings.HasSuffix(string(answer[:n]), " 200") {
			return errors.New("that is another server")
		}
		return nil
	}) == nil
}

// Exited is closed when JupyterLab has ended.
func (s *Server) Exited() <-chan struct{} { return s.exited }

// Stop asks JupyterLab to end its kernels and itself, and kills what is left after a while.
func (s *Server) Stop() {
	_ = syscall.Kill(s.cmd.Process.Pid, syscall.SIGTERM)
	select {
	case <-s.exited:
	case <-time.After(15 * time.Second):
	}
	_ = child.Signal(s.cmd, syscall.SIGKILL)
}

// lastLine is the last line of JupyterLab's log that says what went wrong.
func lastLine(path string) string {
	text, err := os.ReadFile(path)
	if err != nil || len(strings.TrimSpace(string(text))) == 0 {
		return words.Say("it said nothing in %s", path)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return words.Say("%s (see %s)", strings.TrimSpace(lines[len(lines)-1]), path)
}

// Err says, once Exited is closed, how JupyterLab ended; nil if in order, as by the "Shut Down" in its own menu.
func (s *Server) Err() error { return s.err }
