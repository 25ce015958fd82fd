package document

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"vaelab/cmd/vaelab/internal/translate"
	"vaelab/vaelib/words"
)

// Page is a document by its name, which is that of its catalogues: "setup".
type Page string

// Readme is the one that lies at the top of a clone.
const Readme Page = "readme"

// Source is the path of the English page in a clone.
func (p Page) Source() string { return p.In(words.Languages[0]) }

// In is the path of the page in a language.
func (p Page) In(l words.Language) string {
	folder := l.Folder()
	switch {
	case p != Readme:
		return path.Join("docs", folder, string(p)+".md")
	case folder != "":
		return "README." + folder + ".md"
	}
	return "README.md"
}

// Set are pages that may link to one another, in a clone.
type Set struct {
	Root  string
	Pages []Page
}

// Of are the documents of a clone that the course has in all of its languages.
func Of(root string) Set {
	return Set{root, []Page{Readme, "setup", "troubleshooting", "teachers", "own-pictures", "browser"}}
}

// Catalogue is the path of the catalogue of a page in a language.
func (s Set) Catalogue(p Page, l words.Language) string { return words.File(s.Root, l.Code, string(p)) }

// Messages are the blocks of a page. What it says twice is one message.
func (s Set) Messages(p Page) (list []words.Entry, err error) {
	text, err := s.read(p)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, b := range translate.Blocks(text) {
		if !seen[b.Text] && !isLanguages(b.Text) {
			seen[b.Text] = true
			list = append(list, words.Entry{Notes: []string{"#: " + p.Source()}, ID: b.Text})
		}
	}
	return list, nil
}

func (s Set) read(p Page) (string, error) {
	text, err := os.ReadFile(s.path(p.Source()))
	return strings.TrimRight(string(text), "\n"), err
}

// path is that of a file on this system.
func (s Set) path(inClone string) string { return filepath.Join(s.Root, filepath.FromSlash(inClone)) }

// replaced is a text with its blocks as change gives them.
func replaced(text string, change func(block string) string) string {
	var b strings.Builder
	at := 0
	for _, block := range translate.Blocks(text) {
		b.WriteString(text[at:block.From] + change(block.Text))
		at = block.To
	}
	return b.String() + text[at:]
}
