package site

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// past is the time that all files are said to be of: the same sources give the same site.
const past = "2026-01-01T00:00:00Z"

// contents puts the notebooks where JupyterLite looks for them, and lists them as a Jupyter server would.
func (b *build) contents(context.Context) error {
	solutions, err := b.folder("notebooks/solutions", "solutions")
	if err != nil {
		return err
	}
	if err := b.list("solutions", solutions); err != nil {
		return err
	}
	learners, err := b.folder("notebooks", "")
	if err != nil {
		return err
	}
	learners = append(learners, entry("solutions", "directory", 0))
	for _, l := range b.languages() {
		if err := b.contentsIn(l.Code); err != nil {
			return err
		}
		learners = append(learners, entry(l.Code, "directory", 0))
	}
	return b.list("", learners)
}

// contentsIn puts the notebooks in another language into a folder of their own.
func (b *build) contentsIn(code string) error {
	within := path.Join(code, "solutions")
	solutions, err := b.folder("notebooks/"+within, within)
	if err != nil {
		return err
	}
	if err := b.list(within, solutions); err != nil {
		return err
	}
	learners, err := b.folder("notebooks/"+code, code)
	if err != nil {
		return err
	}
	return b.list(code, append(learners, entry(within, "directory", 0)))
}

// folder copies a folder's notebooks and describes them.
func (b *build) folder(from, to string) (entries []map[string]any, err error) {
	folder := filepath.Join(b.Root, filepath.FromSlash(from))
	books, err := fs.Glob(os.DirFS(folder), "*.ipynb") // the clone's own path is no pattern
	if err != nil || len(books) == 0 {
		return nil, fmt.Errorf("there are no notebooks in %s: %w", from, err)
	}
	for _, book := range books {
		text, err := os.ReadFile(filepath.Join(folder, book))
		if err != nil {
			return nil, err
		}
		name := path.Join(to, book)
		if err := b.write("files/"+name, text); err != nil {
			return nil, err
		}
		entries = append(entries, entry(name, "notebook", len(text)))
	}
	return entries, nil
}

func entry(name, kind string, size int) map[string]any {
	e := map[string]any{
		"content": nil, "created": past, "format": nil, "hash": nil, "hash_algorithm": nil, "last_modified": past, "mimetype": nil,
		"name": path.Base(name), "path": name, "size": size, "type": kind, "writable": true,
	}
	return e
}

func (b *build) list(folder string, entries []map[string]any) error {
	e := entry(folder, "directory", 0)
	e["content"], e["format"] = entries, "json"
	if folder == "" {
		e["name"] = ""
	}
	text, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return err
	}
	return b.write(path.Join("api/contents", folder, "all.json"), append(text, '\n'))
}
