package server

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestPort(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, text, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Port(port); err == nil || !strings.Contains(err.Error(), "another program uses it") {
		t.Errorf("a taken port: error %v", err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := Port(port); err != nil || got != port {
		t.Errorf("a free port: %d, %v; want %d", got, err, port)
	}
	for _, bad := range []int{-1, 70000} {
		if _, err := Port(bad); err == nil || !strings.Contains(err.Error(), "1 to 65535") {
			t.Errorf("port %d: error %v", bad, err)
		}
	}
}

func TestDefaultPortGivesWay(t *testing.T) {
	first, err := Port(0)
	if err != nil {
		t.Skip(err) // fifty programs serve here
	}
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(first)))
	if err != nil {
		t.Skip(err) // somebody was faster
	}
	defer l.Close()
	if next, err := Port(0); err != nil || next <= first {
		t.Errorf("with %d taken: %d, %v; want a higher one", first, next, err)
	}
}

// TestServerThatDies stands a program that ends at once in for JupyterLab.
func TestServerThatDies(t *testing.T) {
	dir := t.TempDir()
	python := filepath.Join(dir, "python")
	if err := os.WriteFile(python, []byte("#!/bin/sh\necho 'ModuleNotFoundError: No module named jupyterlab' >&2\nexit 1\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), Options{Python: python, Env: os.Environ(), Runtime: dir, Folder: dir, Log: filepath.Join(dir, "log")})
	if err == nil || !strings.Contains(err.Error(), "No module named jupyterlab") || !strings.Contains(err.Error(), "log") {
		t.Errorf("error %v; want one with the last words and the log's place", err)
	}
}

// Two labs that start at the same moment find the same port free: the one that comes too late takes the next.
func TestPortThatIsLost(t *testing.T) {
	dir := t.TempDir()
	port, err := Port(0)
	if err != nil {
		t.Fatal(err)
	}
	// In JupyterLab's place: it notes its arguments, and ends when its port has been taken.
	script := fmt.Sprintf("#!/bin/sh\necho \"$@\" >> %[1]s/asked\nwhile [ ! -e %[1]s/taken ]; do sleep 0.02; done\nexit 1\n", dir)
	python := standIn(t, dir, script)
	go func() {
		asked(dir)
		if l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			t.Cleanup(func() { l.Close() })
		}
		_ = os.WriteFile(filepath.Join(dir, "taken"), nil, 0o644)
	}()
	_, err = Start(t.Context(), Options{Python: python, Runtime: dir, Folder: dir, Log: filepath.Join(dir, "log")})
	asked, readErr := os.ReadFile(filepath.Join(dir, "asked"))
	if err == nil || readErr != nil {
		t.Fatal(err, readErr)
	}
	runs := strings.Split(strings.TrimSpace(string(asked)), "\n")
	if len(runs) != 2 || !strings.Contains(runs[0], fmt.Sprintf("port=%d ", port)) || strings.Contains(runs[1], fmt.Sprintf("port=%d ", port)) {
		t.Errorf("port %d was lost; asked for: %q", port, runs)
	}
}

// JupyterLab writes its address down before it takes its port. Where another server has just taken it, that one answers, and it isn't ours.
func TestAnotherServerAtThePort(t *testing.T) {
	dir := t.TempDir()
	port, err := Port(0)
	if err != nil {
		t.Fatal(err)
	}
	// In JupyterLab's place: it writes its address, and ends a while later.
	script := fmt.Sprintf("#!/bin/sh\necho \"$@\" >> %[1]s/asked\necho '{\"url\": \"http://localhost:%[2]d/\", \"token\": \"t\"}' > %[1]s/jpserver-$$.json\nsleep 0.5\nexit 1\n", dir, port)
	python := standIn(t, dir, script)
	go func() {
		asked(dir)
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			return
		}
		t.Cleanup(func() { l.Close() })
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Write([]byte("HTTP/1.1 403 Forbidden\r\n\r\n"))
			conn.Close()
		}
	}()
	s, err := Start(t.Context(), Options{Python: python, Runtime: dir, Folder: dir, Log: filepath.Join(dir, "log")})
	if err == nil {
		s.Stop()
		t.Fatal("another server is taken for JupyterLab")
	}
	asked, err := os.ReadFile(filepath.Join(dir, "asked"))
	if err != nil {
		t.Fatal(err)
	}
	if runs := strings.Split(strings.TrimSpace(string(asked)), "\n"); len(runs) < 2 || strings.Contains(runs[1], fmt.Sprintf("port=%d ", port)) {
		t.Errorf("port %d was lost; asked for: %q", port, runs)
	}
}

// standIn is a program in JupyterLab's place.
func standIn(t *testing.T, dir, script string) string {
	t.Helper()
	python := filepath.Join(dir, "python")
	if err := os.WriteFile(python, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	return python
}

// asked waits until the stand-in has noted what it was asked.
func asked(dir string) {
	for {
		if _, err := os.Stat(filepath.Join(dir, "asked")); err == nil {
			return
		}
		time.Sleep(time.Millisecond)
	}
}
