package pages

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"vaelab/vaelib/words"
)

// Options say what pages are made of.
type Options struct {
	Root     string           // the clone
	Executed string           // a folder of executed notebooks, those of another language in a folder with its code; "": a front page and nothing to read
	Others   []words.Language // besides English
	Version  string           // of the course
	Live     Live             // what can be touched
	LabBytes int64            // that a first visit to the lab fetches, but for models; 0: not said
}

// Code is where the course's sources are; "" while they have no public address.
const Code = ""

//go:embed assets
var assets embed.FS

//go:embed katex/katex.css
var katexStyle string

//go:embed katex/fonts
var katexFonts embed.FS

// common is what the editions of all languages have in common.
type common struct {
	Options
	files     map[string][]byte
	editions  []*writer // English first
	scripts   []byte    // what page.js says
	style     string    // name of the stylesheet, in the folder read
	code      string    // name of the script
	turn      string    // and of the one that goes from one language to another
	liveCode  string    // name of the script that makes pages alive, or ""
	liveTexts []string  // and all that it consists of
	set       *typesetter
}

// picture is one as an <img> needs it.
type picture struct{ File, Width, Height, Alt string }

// Write makes the pages: files by their paths below the site's folder.
func Write(o Options) (map[string][]byte, error) {
	set, err := newTypesetter()
	if err != nil {
		return nil, err
	}
	c := &common{Options: o, files: map[string][]byte{}, set: set}
	if err := c.touch(); err != nil {
		return nil, err
	}
	for _, l := range append(words.Languages[:1:1], o.Others...) {
		w, err := c.edition(l)
		if err != nil {
			return nil, err
		}
		c.editions = append(c.editions, w)
	}
	books := make([][]*book, len(c.editions))
	for i, w := range c.editions {
		w.follow(books[0])
		if err := words.While(w.language, func() (err error) {
			books[i], err = w.read()
			return err
		}); err != nil {
			return nil, err
		}
	}
	if err := c.shared(); err != nil { // now that all formulas are set
		return nil, err
	}
	for i, w := range c.editions {
		if err := words.While(w.language, func() error { return errors.Join(w.pages(books[i]), w.front(books[i])) }); err != nil {
			return nil, err
		}
	}
	return c.files, nil
}

// read reads the executed notebooks; none, where there are to be no pages to read.
func (w *writer) read() ([]*book, error) {
	if w.Executed == "" {
		return nil, nil
	}
	folder := filepath.Join(w.Executed, w.folder)
	list, err := booksIn(folder, w.book)
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("there are no executed notebooks in %s: execute them with vaelab exec", folder)
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
func (c *common) shared() error {
	style, err := assets.ReadFile("assets/style.css")
	if err != nil {
		return err
	}
	script, err := assets.ReadFile("assets/page.js")
	if err != nil {
		return err
	}
	turn, err := assets.ReadFile("assets/language.js")
	if err != nil {
		return err
	}
	part, fonts := c.set.look(katexStyle)
	for _, name := range fonts {
		if c.files["read/fonts/"+name], err = katexFonts.ReadFile("katex/fonts/" + name); err != nil {
			return err
		}
	}
	c.scripts, c.turn = script, c.keep("language", ".js", turn)
	c.style, c.code = c.keep("style", ".css", append(style, part...)), c.keep("page", ".js", script)
	return nil
}

// keep puts a file into the folder read, under a name that says its contents, and gives that name.
func (c *common) keep(name, ending string, data []byte) string {
	name = keptName(name, ending, data)
	c.files[path.Join("read", name)] = data
	return name
}
