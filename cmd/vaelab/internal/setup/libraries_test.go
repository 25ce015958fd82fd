package setup

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The course's own go.mod names the modules by which a cleaned cache is noticed.
func TestModuleFolders(t *testing.T) {
	l, err := FindRoot(".")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(l.Root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	files := moduleFolders("/cache", string(text))
	if len(files) != 2 || !strings.HasPrefix(files[0], "/cache/github.com/gomlx/gomlx@v") || !strings.HasPrefix(files[1], "/cache/github.com/janpfeifer/gonb@v") {
		t.Errorf("the files are %q", files)
	}
	want := []string{"/m/github.com/gomlx/gomlx@v1.2.3/go.mod"}
	if got := moduleFolders("/m", "require (\n\tgithub.com/gomlx/gomlx v1.2.3\n\tgithub.com/gomlx/other v1\n)\ngithub.com/janpfeifer/gonb\n"); !slices.Equal(got, want) {
		t.Errorf("the files are %q, want %q", got, want)
	}
}

// The end of what a tool prints is kept for its sentence, all of it in the file.
func TestLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	log, err := openLog(path)
	if err != nil {
		t.Fatal(err)
	}
	line := strings.Repeat("x", 99) + "\n"
	for range 4000 {
		if _, err := log.Write([]byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := log.Write([]byte("the end\n")); err != nil {
		t.Fatal(err)
	}
	if tail := log.Tail(); len(tail) != tailSize || !strings.HasSuffix(tail, line+"the end\n") {
		t.Errorf("of %d bytes %d are kept, ending with %q", 4000*len(line)+8, len(tail), tail[len(tail)-20:])
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path); err != nil || len(text) != 4000*len(line)+8 {
		t.Errorf("the file holds %d bytes, %v", len(text), err)
	}
}
