package notebook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"vaelab/vaelib/words"
)

// Book is a notebook as a document: what this package has no reason to change stays as it is.
type Book struct {
	Path  string
	all   map[string]any
	cells []cell
}

// Read reads a notebook.
func Read(path string) (*Book, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, words.Errorf("the notebook can't be read: %w", err)
	}
	return parse(path, text)
}

func parse(path string, text []byte) (*Book, error) {
	b := &Book{Path: path}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&b.all); err != nil {
		return nil, words.Errorf("%s is not a notebook: %w", path, err)
	}
	list, ok := b.all["cells"].([]any)
	if !ok {
		return nil, words.Errorf("%s is not a notebook: it has no list of cells", path)
	}
	for i, v := range list {
		fields, ok := v.(map[string]any)
		if !ok {
			return nil, words.Errorf("%s is not a notebook: cell %d is not an object", path, i+1)
		}
		b.cells = append(b.cells, cell{fields})
	}
	return b, nil
}

// Bytes is the file, as Jupyter itself writes it.
func (b *Book) Bytes() []byte {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(b.all); err != nil {
		panic(err) // what came from JSON goes back to it
	}
	return text.Bytes()
}

// Source is what a code cell holds.
type Source struct{ ID, Text string }

// Code are the notebook's code cells.
func (b *Book) Code() (list []Source) {
	for _, c := range b.cells {
		if c.isCode() {
			list = append(list, Source{c.id(), strings.Join(c.lines(), "\n")})
		}
	}
	return list
}

func (b *Book) copy() *Book {
	twin, err := parse(b.Path, b.Bytes())
	if err != nil {
		panic(err) // it was a notebook a moment ago
	}
	return twin
}

// at names a place in the notebook.
func (b *Book) at(c cell) string { return fmt.Sprintf("%s, cell %s", filepath.ToSlash(b.Path), c.id()) }

// hasOutputs reports whether somebody has run the notebook and saved it.
func (b *Book) hasOutputs() bool {
	for _, c := range b.cells {
		if list, _ := c.fields["outputs"].([]any); len(list) > 0 {
			return true
		}
	}
	return false
}

// cell is one cell of a Book.
type cell struct{ fields map[string]any }

func (c cell) id() string {
	id, _ := c.fields["id"].(string)
	return id
}

func (c cell) isCode() bool { return c.fields["cell_type"] == "code" }

func (c cell) metadata() map[string]any {
	m, _ := c.fields["metadata"].(map[string]any)
	return m
}

// lines are the lines of the source, without their ends. Jupyter keeps the source as a list of lines or as one text.
func (c cell) lines() []string {
	var text strings.Builder
	switch source := c.fields["source"].(type) {
	case string:
		text.WriteString(source)
	case []any:
		for _, line := range source {
			s, _ := line.(string)
			text.WriteString(s)
		}
	}
	if text.Len() == 0 {
		return nil
	}
	return strings.Split(text.String(), "\n")
}

func (c cell) setLines(lines []string) {
	list := []any{}
	for i, line := range lines {
		if i < len(lines)-1 {
			line += "\n"
		}
		if line != "" {
			list = append(list, line)
		}
	}
	c.fields["source"] = list
}
