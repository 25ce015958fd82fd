package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// kernel talks to a session as GoNB does.
type kernel struct {
	t    *testing.T
	conn net.Conn
	from *bufio.Reader
	last int
}

// talk begins a session and greets it.
func talk(t *testing.T, idle, patience time.Duration, dir string, command ...string) *kernel {
	t.Helper()
	ours, theirs := net.Pipe()
	over := make(chan struct{})
	go func() {
		defer close(over)
		(&session{command: command, idle: idle, patience: patience}).serve(theirs)
	}()
	t.Cleanup(func() {
		ours.Close()
		<-over
	})
	k := &kernel{t: t, conn: ours, from: bufio.NewReader(ours)}
	if got := k.ask("initialize", map[string]any{"workspaceFolders": []any{map[string]any{"uri": "file://" + dir, "name": "cells"}}}); got != `{"capabilities":{}}` {
		t.Errorf("the greeting is answered by %s", got)
	}
	k.say("initialized", map[string]any{})
	return k
}

func (k *kernel) say(method string, params any) {
	k.t.Helper()
	if err := write(k.conn, compose(map[string]any{"method": method, "params": params})); err != nil {
		k.t.Fatal(err)
	}
}

// ask gives the result of a request. What gopls says meanwhile is passed over, as GoNB does.
func (k *kernel) ask(method string, params any) string {
	k.t.Helper()
	k.last++
	if err := write(k.conn, compose(map[string]any{"id": k.last, "method": method, "params": params})); err != nil {
		k.t.Fatal(err)
	}
	for {
		m, err := read(k.from)
		if err != nil {
			k.t.Fatal(err)
		}
		if m.answer() && string(m.ID) == fmt.Sprint(k.last) {
			var said struct{ Result json.RawMessage }
			if err := json.Unmarshal(m.text, &said); err != nil {
				k.t.Fatal(err)
			}
			return string(said.Result)
		}
	}
}

// place is where the cursor stands in a document.
func place(uri string, line, column int) map[string]any {
	return map[string]any{"textDocument": map[string]any{"uri": uri}, "position": map[string]any{"line": line, "character": column}}
}

// real is the gopls that the set-up has built, and what it leaves a note in when it is started.
func real(t *testing.T) (command []string, starts func() int) {
	t.Helper()
	path, err := filepath.Abs("../../../../.vaelab/gopls/gopls")
	if err == nil {
		_, err = os.Stat(path)
	}
	if err != nil {
		if path, err = exec.LookPath("gopls"); err != nil {
			t.Skip("gopls isn't built: go run ./cmd/vaelab setup builds it")
		}
	}
	notes := filepath.Join(t.TempDir(), "notes")
	script := filepath.Join(t.TempDir(), "gopls")
	if err := os.WriteFile(script, fmt.Appendf(nil, "#!/bin/sh\necho $$ >> '%s'\nexec '%s'\n", notes, path), 0o755); err != nil {
		t.Fatal(err)
	}
	return []string{script}, func() int {
		text, err := os.ReadFile(notes)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		return strings.Count(string(text), "\n")
	}
}

// cells is a module with a program, and the address of the program's file. What stands in the file isn't what is open.
func cells(t *testing.T) (dir, uri string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"go.mod": "module cells\n\ngo 1.26\n", "main.go": "package main\n\nfunc main() {}\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir, "file://" + filepath.Join(dir, "main.go")
}

// None runs until something is asked for. Then it knows what is open, as changed; and again after it was ended for want of
// messages, and after it was killed.
func TestGoplsIsStartedWhenItIsNeeded(t *testing.T) {
	command, starts := real(t)
	dir, uri := cells(t)
	t.Setenv("GOFLAGS", "")
	t.Setenv("GOWORK", "off")
	const idle = time.Second
	k := talk(t, idle, time.Minute, dir, command...)
	if n := starts(); n != 0 {
		t.Fatalf("%d gopls run after the greeting", n)
	}
	k.say("textDocument/didOpen", map[string]any{"textDocument": document{URI: uri, Language: "go", Version: 1, Text: "package main\n"}})
	k.say("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": uri, "version": 2},
		"contentChanges": []any{map[string]any{"text": "package main\n\nfunc divergence() {}\n\nfunc main() { diver }\n"}}})
	begun := 0
	for turn := 1; turn <= 3; turn++ {
		if got := k.ask("textDocument/completion", place(uri, 4, 19)); !strings.Contains(got, "divergence") {
			t.Fatalf("turn %d completes with %s", turn, got)
		}
		if n := starts(); n <= begun {
			t.Fatalf("turn %d: gopls was not started again", turn)
		} else {
			begun = n
		}
		if turn == 1 {
			awaitEnd(t, lastStart(t, command[0]))
			continue
		}
		process, err := os.FindProcess(lastStart(t, command[0]))
		if err != nil {
			t.Fatal(err)
		}
		if err := process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) { // the span may have ended it
			t.Fatal(err)
		}
		awaitEnd(t, process.Pid)
	}
}

// lastStart is the process that noted last that it starts.
func lastStart(t *testing.T, script string) (pid int) {
	t.Helper()
	text, err := os.ReadFile(script)
	if err != nil {
		t.Fatal(err)
	}
	notes, err := os.ReadFile(strings.Split(string(text), "'")[1])
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Fields(string(notes))
	if _, err := fmt.Sscan(lines[len(lines)-1], &pid); err != nil {
		t.Fatal(err)
	}
	return pid
}

// awaitEnd waits until a process is gone and waited for, as long as Go lets the test.
func awaitEnd(t *testing.T, pid int) {
	t.Helper()
	for {
		if exec.Command("kill", "-0", fmt.Sprint(pid)).Run() != nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// A gopls that says nothing, ends at once or isn't there leaves nobody waiting: the kernel gets what it can show.
func TestWithoutAnAnswer(t *testing.T) {
	for name, command := range map[string][]string{
		"silent": {"/bin/sh", "-c", "exec sleep 600"}, "ends at once": {"/bin/sh", "-c", "exit 1"},
		"is none": {"/nowhere/gopls"}, "babbles": {"/bin/sh", "-c", "echo 'Content-Length: much'; echo; cat"},
	} {
		t.Run(name, func(t *testing.T) {
			k := talk(t, time.Minute, 100*time.Millisecond, "/cells", command...)
			k.say("textDocument/didOpen", map[string]any{"textDocument": document{URI: "file:///cells/main.go", Text: "package main"}})
			for method, want := range map[string]string{"textDocument/completion": `{"isIncomplete":true,"items":[]}`,
				"textDocument/definition": "[]", "textDocument/hover": "ask again in a moment", "shutdown": "null"} {
				if got := k.ask(method, place("file:///cells/main.go", 0, 0)); !strings.Contains(got, want) {
					t.Errorf("%s is answered by %s", method, got)
				}
			}
		})
	}
}

// Only a call to listen is this program's; the others are gopls's own.
func TestAddress(t *testing.T) {
	for args, want := range map[string]string{"-listen unix;/tmp/s": "/tmp/s", "version": "", "-listen": "", "-listen :8080": ""} {
		if got, listens := address(strings.Fields(args)); listens != (want != "") || listens && got != want {
			t.Errorf("%q: %q, %v", args, got, listens)
		}
	}
}

// The kept documents are those that are open, with their last text.
func TestDocuments(t *testing.T) {
	d := documents{}
	note := func(method, params string) bool {
		t.Helper()
		return d.note(message{Method: method, Params: json.RawMessage(params)})
	}
	for _, m := range [][2]string{
		{"textDocument/didOpen", `{"textDocument":{"uri":"a","languageId":"go","version":1,"text":"one"}}`},
		{"textDocument/didOpen", `{"textDocument":{"uri":"b","languageId":"go","version":1,"text":"two"}}`},
		{"textDocument/didChange", `{"textDocument":{"uri":"a","version":2},"contentChanges":[{"text":"three"}]}`},
		{"textDocument/didClose", `{"textDocument":{"uri":"b"}}`},
	} {
		if !note(m[0], m[1]) {
			t.Errorf("%s is not about a document", m[0])
		}
	}
	if note("textDocument/hover", `{"textDocument":{"uri":"c"}}`) || note("textDocument/didOpen", `[]`) {
		t.Error("what opens nothing is noted")
	}
	if want := (document{"a", "go", 2, "three"}); len(d) != 1 || d["a"] != want {
		t.Errorf("%+v, want %+v", d, want)
	}
	if texts := d.opened(); len(texts) != 1 || !strings.Contains(string(texts[0]), `"text":"three"`) {
		t.Errorf("%s", texts)
	}
}
