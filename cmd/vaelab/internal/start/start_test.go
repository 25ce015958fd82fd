package start

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"vaelab/cmd/vaelab/internal/document"
	"vaelab/cmd/vaelab/internal/setup"
	"vaelab/vaelib/exercise"
	"vaelab/vaelib/words"
)

// root is the clone under test.
func root(t *testing.T) string {
	t.Helper()
	l, err := setup.FindRoot(".")
	if err != nil {
		t.Fatal(err)
	}
	return l.Root
}

// heads finds what the first cell of a notebook says of itself.
var heads = regexp.MustCompile(`"# \d · ([^"]*?)(?:\\n)?"[\s\S]*?\*\*(?:Time|时间)\*\* \| ([^|]*)\|`)

// TestPageOfTheCourse holds the page against the notebooks themselves, and against the exercises of the library, in each language.
func TestPageOfTheCourse(t *testing.T) {
	p, err := Of(root(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Editions) != len(words.Languages) {
		t.Fatalf("the page has %d editions, the course %d languages", len(p.Editions), len(words.Languages))
	}
	for i, l := range words.Languages {
		t.Run(l.Code, func(t *testing.T) { pageIn(t, l, p.Editions[i]) })
	}
}

func pageIn(t *testing.T, l words.Language, p Edition) {
	folder := ""
	if l.Code != "en" {
		folder = l.Code + "/"
	}
	books, err := filepath.Glob(filepath.Join(root(t), "notebooks", folder, "*.ipynb"))
	if err != nil || len(p.Notebooks) != len(books) {
		t.Fatalf("the page has %d notebooks, the course %d (%v): is one missing in %s?", len(p.Notebooks), len(books), err, document.Readme.In(l))
	}
	for i, n := range p.Notebooks {
		text, err := os.ReadFile(filepath.Join(root(t), "notebooks", n.Path))
		if err != nil {
			t.Fatal(err)
		}
		head := heads.FindStringSubmatch(string(text))
		if head == nil || head[1] != n.Title {
			t.Errorf("%s is titled %q on the page, and %q itself", n.Path, n.Title, head)
			continue
		}
		minutes := 0 // "about 25 minutes, and 40 more for the exercises"
		for _, number := range regexp.MustCompile(`\d+`).FindAllString(head[2], -1) {
			m, _ := strconv.Atoi(number)
			minutes += m
		}
		if minutes != n.Minutes {
			t.Errorf("%s takes %d minutes on the page, and %q itself", n.Path, n.Minutes, head[2])
		}
		var want []string
		for _, e := range exercise.Course() {
			if e.Notebook == i+1 {
				want = append(want, e.ID)
			}
		}
		slices.Sort(want)
		if got := slices.Sorted(slices.Values(n.Exercises)); !slices.Equal(got, want) {
			t.Errorf("%s has the exercises %q, want %q", n.Path, got, want)
		}
		if solution := folder + "solutions/" + filepath.Base(n.Path); n.Number != "0"+strconv.Itoa(i+1) || n.Shows == "" || n.Solution != solution {
			t.Errorf("notebook %d: %+v", i+1, n)
		}
	}
}

// TestNotebookMovedAway has no card, and a notebook without its solution is one without a link.
func TestNotebookMovedAway(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "notebooks"), os.DirFS(filepath.Join(root(t), "notebooks"))); err != nil {
		t.Fatal(err)
	}
	if _, err := Of(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a README: %v", err)
	}
	for _, l := range words.Languages {
		readme, err := os.ReadFile(filepath.Join(root(t), document.Readme.In(l)))
		if err := errors.Join(err, os.WriteFile(filepath.Join(dir, document.Readme.In(l)), readme, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	err := errors.Join(os.Remove(filepath.Join(dir, "notebooks", "02_kl_divergence.ipynb")),
		os.Remove(filepath.Join(dir, "notebooks", "solutions", "03_train_vae.ipynb")))
	if err != nil {
		t.Fatal(err)
	}
	p, err := Of(dir)
	if err != nil || len(p.Editions[0].Notebooks) != 4 || len(p.Editions[1].Notebooks) != 5 {
		t.Fatalf("%+v, %v; want 4 notebooks", p.Editions, err)
	}
	if n := p.Editions[0].Notebooks[1]; n.Number != "03" || n.Solution != "" || len(n.Exercises) == 0 {
		t.Errorf("the notebook without its solution: %+v", n)
	}
}

// TestEveryWordIsThere finds the words that the extension asks for among those that it gets, and no others.
func TestEveryWordIsThere(t *testing.T) {
	p, err := Of(root(t))
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for name, words := range map[string]string{"page.js": `\bw\.(\w+)`, "lab.js": `\bdata\.words\.(\w+)`} {
		text, err := extension.ReadFile("extension/static/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(words).FindAllStringSubmatch(string(text), -1) {
			asked[m[1]] = true
		}
	}
	for _, stage := range setup.Stages {
		asked["waiting-"+string(stage)] = true
	}
	asked["sentence"] = true // by Go
	for _, e := range p.Editions {
		want, got := slices.Sorted(maps.Keys(asked)), slices.Sorted(maps.Keys(e.Words))
		if !slices.Equal(want, got) {
			t.Errorf("the extension asks for %q\nand gets %q", want, got)
		}
	}
}

// read is what the page gets when it asks for a file.
func read(t *testing.T, dir, name string) map[string]any {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, Name, "static", name))
	if err != nil {
		t.Fatal(err)
	}
	var v map[string]any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v
}

func TestWriteAndStatus(t *testing.T) {
	dir := t.TempDir()
	s, err := Write(root(t), dir, filepath.Join(dir, "none", "progress.json"))
	if err != nil {
		t.Fatal(err)
	}
	load := read(t, dir, filepath.Join("..", "package.json"))["jupyterlab"].(map[string]any)["_build"].(map[string]any)["load"].(string)
	files := []string{load, "static/lab.js", "static/page.js", "static/style.css"}
	for _, e := range read(t, dir, "page.json")["editions"].([]any) {
		files = append(files, "static/"+e.(map[string]any)["picture"].(string))
	}
	for _, name := range files {
		if info, err := os.Stat(filepath.Join(dir, Name, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := errors.Join(s.Over(setup.Kernel, nil), s.Over(setup.Trainer, errors.New("no room"))); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"kernel": "done", "first-cells": "waiting", "trainer": "failed", "everything": "waiting"}
	if got := read(t, dir, "status.json"); !maps.Equal(got, want) {
		t.Errorf("the status is %v, want %v", got, want)
	}
	if _, err := Write(root(t), dir, ""); err != nil { // a later start
		t.Fatal(err)
	}
	if got := read(t, dir, "status.json"); got["kernel"] != "waiting" {
		t.Errorf("the status of a new start is %v", got)
	}
}

// TestFollow sees what is done, again when more is, and nothing of another folder of runs.
func TestFollow(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "progress.json")
	for _, runs := range []string{"first", "second"} {
		s, err := Write(root(t), dir, file)
		if err != nil {
			t.Fatal(err)
		}
		if got := read(t, dir, "progress.json"); len(got) != 0 {
			t.Fatalf("%s: at first %v is done", runs, got)
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { s.Follow(ctx); close(ended) }()
		for _, id := range []string{"GreyFloor", "ELBO"} {
			new := filepath.Join(dir, "new")
			if err := errors.Join(os.WriteFile(new, []byte(`{"`+id+`": {"done": true}}`), 0o644), os.Rename(new, file)); err != nil {
				t.Fatal(err)
			}
			for !strings.Contains(strings.Join(slices.Collect(maps.Keys(read(t, dir, "progress.json"))), " "), id) {
				time.Sleep(10 * time.Millisecond)
			}
		}
		stop()
		<-ended
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
}
