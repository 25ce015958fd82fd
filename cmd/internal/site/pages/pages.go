package pages

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// Options say what pages are made of.
type Options struct {
	Root     string // the clone
	Executed string // a folder of executed notebooks; "": a front page and nothing to read
	Version  string // of the course
	Live     Live   // what can be touched
	LabBytes int64  // that a first visit to the lab fetches, but for models; 0: not said
}

// Code is where the course's sources are; "" while they have no public address.
const Code = ""

//go:embed assets
var assets embed.FS

//go:embed katex/katex.css
var katexStyle string

//go:embed katex/fonts
var katexFonts embed.FS

// writer is what is being written.
type writer struct {
	Options
	files    map[string][]byte
	style    string // name of the stylesheet, in the folder read
	code     string // name of the script
	liveCode string // name of the script that makes pages alive, or ""
	set      *typesetter
	glossed  *terms

	shows   string               // the cell whose outputs are being made
	shownBy map[string][]picture // by a cell's id, for the front page
}

// picture is one as an <img> needs it.
type picture struct{ File, Width, Height, Alt string }

// Write makes the pages: files by their paths below the site's folder.
func Write(o Options) (map[string][]byte, error) {
	set, err := newTypesetter()
	if err != nil {
		return nil, err
	}
	w := &writer{Options: o, files: map[string][]byte{}, set: set, glossed: newTerms(), shownBy: map[string][]picture{}}
	if err := w.touch(); err != nil {
		return nil, err
	}
	var books []*book
	if o.Executed != "" {
		if books, err = w.read(); err != nil {
			return nil, err
		}
	}
	if err := w.shared(); err != nil {
		return nil, err
	}
	if err := w.pages(books); err != nil {
		return nil, err
	}
	if err := w.front(books); err != nil {
		return nil, err
	}
	return w.files, nil
}

// read reads the executed notebooks.
func (w *writer) read() ([]*book, error) {
	list, err := booksIn(w.Executed, w.book)
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("there are no executed notebooks in %s: execute them with vaelab exec", w.Executed)
	}
	return list, err
}

// booksIn makes a book of each notebook in a folder, in the order of their names.
func booksIn(folder string, of func(*notebook) (*book, error)) (books []*book, err error) {
	names, err := fs.Glob(os.DirFS(folder), "*.ipynb") // the folder's own path is no pattern
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		n, err := readNotebook(filepath.Join(folder, name))
		if err != nil {
			return nil, err
		}
		b, err := of(n)
		if err != nil {
			return nil, err
		}
		books = append(books, b)
	}
	return books, nil
}

// pages writes the pages to read.
func (w *writer) pages(books []*book) error {
	for i, b := range books {
		if err := w.page(books, i); err != nil {
			return fmt.Errorf("the page of %s: %w", b.File, err)
		}
	}
	if len(books) == 0 {
		return nil
	}
	return w.glossary(books)
}

// shared writes what all pages have in common, once all formulas are set.
func (w *writer) shared() error {
	style, err := assets.ReadFile("assets/style.css")
	if err != nil {
		return err
	}
	script, err := assets.ReadFile("assets/page.js")
	if err != nil {
		return err
	}
	part, fonts := w.set.look(katexStyle)
	for _, name := range fonts {
		if w.files["read/fonts/"+name], err = katexFonts.ReadFile("katex/fonts/" + name); err != nil {
			return err
		}
	}
	w.style, w.code = w.keep("style", ".css", append(style, part...)), w.keep("page", ".js", script)
	return nil
}

// keep puts a file into the folder read, under a name that says its contents, and gives that name.
func (w *writer) keep(name, ending string, data []byte) string {
	name = keptName(name, ending, data)
	w.files[path.Join("read", name)] = data
	return name
}
