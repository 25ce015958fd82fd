package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestMain lets the test's own program be the one that the go command starts.
func TestMain(m *testing.M) {
	if os.Getenv("TWOCACHES_TEST") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// build has the go command compile a package with both caches, and gives the file that came of it.
func build(t *testing.T, module, shared, own string) (path, compiled string) {
	t.Helper()
	cmd := exec.Command("go", "list", "-export", "-f", "{{.Export}}", "./lib") // a package of no imports, quick to compile
	cmd.Dir = module
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off", "GOCACHE="+own)
	if shared != "" {
		self, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		cmd.Env = append(cmd.Env, "TWOCACHES_TEST=1", fmt.Sprintf("GOCACHEPROG='%s' '%s' '%s'", self, shared, own))
	}
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v %s", err, out)
	}
	path = strings.TrimSpace(string(out))
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, string(text)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// files are the names, sizes and times of all files in a folder.
func files(t *testing.T, dir string) (all string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		all += fmt.Sprintln(path, info.Size(), info.ModTime().UnixNano())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A learner compiles what the class has compiled, changes it, and compiles again: what is right comes out each time, nothing is written
// to the shared folder, and his own holds what only he has compiled.
func TestWithTheGoCommand(t *testing.T) {
	module, shared, own := t.TempDir(), filepath.Join(t.TempDir(), "a class"), t.TempDir()
	write(t, filepath.Join(module, "go.mod"), "module m\n\ngo 1.26\n")
	write(t, filepath.Join(module, "lib", "lib.go"), "package lib\n\nconst Word = \"the class's\"\n")
	if path, compiled := build(t, module, "", shared); !strings.HasPrefix(path, shared) || !strings.Contains(compiled, "the class's") {
		t.Fatalf("%s", path)
	}
	before := files(t, shared)
	if path, compiled := build(t, module, shared, own); !strings.HasPrefix(path, shared) || !strings.Contains(compiled, "the class's") {
		t.Errorf("what the class has compiled is at %s", path)
	}
	write(t, filepath.Join(module, "lib", "lib.go"), "package lib\n\nconst Word = \"the learner's\"\n")
	for range 2 {
		if path, compiled := build(t, module, shared, own); !strings.HasPrefix(path, own) || !strings.Contains(compiled, "the learner's") {
			t.Errorf("what a learner has compiled is at %s", path)
		}
	}
	if files(t, shared) != before {
		t.Error("the shared folder has been written")
	}
	if err := os.RemoveAll(shared); err != nil {
		t.Fatal(err)
	}
	if path, compiled := build(t, module, shared, own); !strings.HasPrefix(path, own) || !strings.Contains(compiled, "the learner's") {
		t.Errorf("without the shared folder it is at %s", path)
	}
}

type question struct {
	request
	body []byte
}

func get(action []byte) question { return question{request{Command: "get", ActionID: action}, nil} }

func put(action, output []byte, body string) question {
	return question{request{Command: "put", ActionID: action, OutputID: output}, []byte(body)}
}

var closing = question{request{Command: "close"}, nil}

// ask has the program answer questions, each with a body or none.
func ask(t *testing.T, shared, own string, questions ...question) (answers []response) {
	t.Helper()
	var in, out bytes.Buffer
	for i, q := range questions {
		q.ID, q.BodySize = int64(i+1), int64(len(q.body))
		text, err := json.Marshal(q.request)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&in, "%s\n\n", text)
		if len(q.body) > 0 {
			fmt.Fprintf(&in, "%q\n", base64.StdEncoding.EncodeToString(q.body))
		}
	}
	if err := serve(&in, &out, folder(shared), folder(own)); err != nil {
		t.Fatal(err)
	}
	for lines := json.NewDecoder(&out); lines.More(); {
		var a response
		if err := lines.Decode(&a); err != nil {
			t.Fatal(err)
		}
		answers = append(answers, a)
	}
	return answers[1:]
}

// What is cut, names another action or has lost its output isn't there; an empty output is.
func TestDamage(t *testing.T) {
	own := t.TempDir()
	action, output := bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 32)
	asked, text := get(action), put(action, output, "text")
	if a := ask(t, "", own, asked, text, asked); !a[0].Miss || a[1].DiskPath == "" || a[2].Miss || a[2].Size != 4 || !bytes.Equal(a[2].OutputID, output) {
		t.Errorf("%+v", a)
	}
	note, kept := folder(own).file(action, "a"), folder(own).file(output, "d")
	whole, err := os.ReadFile(note)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func(){
		"a cut note":     func() { write(t, note, string(whole[:len(whole)/2])) },
		"an empty note":  func() { write(t, note, "") },
		"another's note": func() { write(t, note, strings.Replace(string(whole), "01", "03", 1)) },
		"a cut output":   func() { write(t, kept, "te") },
		"no output":      func() { _ = os.Remove(kept) },
	} {
		write(t, note, string(whole))
		write(t, kept, "text")
		damage()
		if a := ask(t, own, t.TempDir(), asked); !a[0].Miss {
			t.Errorf("%s: %+v", name, a[0])
		}
		if a := ask(t, "", own, text, asked); a[1].Miss {
			t.Errorf("%s: it isn't mended: %+v", name, a)
		}
	}
	if a := ask(t, "", own, put(output, action, ""), get(output)); a[1].Miss || a[1].Size != 0 {
		t.Errorf("%+v", a)
	}
	if a := ask(t, "", own, get(nil), put(nil, nil, ""), question{request{Command: "turn"}, nil}); !a[0].Miss || a[1].Err == "" || a[2].Err == "" {
		t.Errorf("%+v", a)
	}
}

// What nobody uses goes after some days; what is used stays.
func TestSweep(t *testing.T) {
	own := t.TempDir()
	action, output, other := bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 32), bytes.Repeat([]byte{3}, 32)
	ask(t, "", own, put(action, output, "used"), put(other, other, "not used"), closing)
	old := time.Now().Add(-2 * unused)
	all, _ := filepath.Glob(filepath.Join(own, "*", "*"))
	for _, path := range append(all, filepath.Join(own, "swept")) {
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	ask(t, "", own, get(action), closing)
	if a := ask(t, "", own, get(action), get(other)); a[0].Miss || !a[1].Miss {
		t.Errorf("%+v", a)
	}
}
