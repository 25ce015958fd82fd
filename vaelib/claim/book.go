package claim

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"strings"
)

//go:embed notebooks/*.json
var files embed.FS

// Book is what the text of a notebook claims, and what its cells have shown so far. The zero Book claims nothing.
type Book struct {
	Notebook int     `json:"notebook"`
	Claims   []Claim `json:"claims"`
	Looks    []Look  `json:"looks"`

	shown map[string]float64
	news  bool
	found map[string]float64 // the claims' values
	told  map[string]bool
}

// RecordEnv is an environment variable that names a file: each value of a claim that a program finds is put at its end, a line of
// JSON each. That is how vaelab claims and the tests learn what the cells have shown.
const RecordEnv = "VAELAB_CLAIMS"

// Record is such a line.
type Record struct {
	Notebook int
	Name     string
	Value    float64
}

// File is the name of a notebook's file, below this package's folder.
func File(notebook int) string { return path.Join("notebooks", fmt.Sprintf("%02d.json", notebook)) }

// Open reads what a notebook claims. A notebook that claims nothing has no file: its book is empty.
func Open(notebook int) (*Book, error) {
	text, err := files.ReadFile(File(notebook))
	if err != nil {
		return &Book{Notebook: notebook}, nil
	}
	return Read(text)
}

// Read is a book from its file.
func Read(text []byte) (*Book, error) {
	b := &Book{}
	if err := json.Unmarshal(text, b); err != nil {
		return nil, fmt.Errorf("a file of claims can't be read: %w", err)
	}
	return b, nil
}

// Bytes is the book's file.
func (b *Book) Bytes() []byte {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(b); err != nil {
		panic(err) // numbers and texts
	}
	return text.Bytes()
}

// Notebooks are those with a book.
func Notebooks() (list []int) {
	for n := 1; ; n++ {
		if _, err := files.Open(File(n)); err != nil {
			return list
		}
		list = append(list, n)
	}
}

// Show takes notice of a number on the page. Capitals in its place don't count: in another language the same words may begin a line
// and stand in one.
func (b *Book) Show(place string, x float64) {
	if b == nil {
		return
	}
	if b.shown == nil {
		b.shown = map[string]float64{}
	}
	b.shown[strings.ToLower(place)], b.news = x, true
}

// Untrue are the claims that what has been shown since the last call has made untrue. Each is told once.
func (b *Book) Untrue() (list []Found) {
	if b == nil || !b.news {
		return nil
	}
	b.news = false
	for _, c := range b.Claims {
		x, known := c.value(b.shown)
		if old, seen := b.found[c.Name]; !known || seen && old == x {
			continue
		}
		if b.found == nil {
			b.found = map[string]float64{}
		}
		b.found[c.Name] = x
		record(Record{b.Notebook, c.Name, x})
		if !c.Holds(x) && !b.told[c.Name] {
			if b.told == nil {
				b.told = map[string]bool{}
			}
			b.told[c.Name] = true
			list = append(list, Found{c, x})
		}
	}
	return list
}

func record(r Record) {
	name := os.Getenv(RecordEnv)
	if name == "" {
		return
	}
	line, err := json.Marshal(r)
	if err != nil { // a value that is no number
		return
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return
	}
	defer f.Close()
	_, _ = f.Write(append(line, '\n')) // who asked for it misses it
}
