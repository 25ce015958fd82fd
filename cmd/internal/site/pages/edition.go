package pages

import (
	"encoding/json"
	"fmt"
	"html/template"
	"path"

	"vaelab/cmd/internal/said"
	"vaelab/vaelib/words"
)

// writer is an edition being written: the pages in one language. English lies at the top, any other language in a folder of its own.
type writer struct {
	*common
	language words.Language
	folder   string           // below the site's: "", "zh"
	english  map[string]*book // the same notebooks in English, by their files; nil where these are English
	glossed  *terms
	remarks  remarks

	shows   string               // the cell whose outputs are being made
	shownBy map[string][]picture // by a cell's id, for the front page
}

func (c *common) edition(l words.Language) (*writer, error) {
	w := &writer{common: c, language: l, folder: l.Folder(), glossed: newTerms(l), shownBy: map[string][]picture{}}
	var err error
	w.remarks, err = remarksIn(l)
	return w, err
}

// follow has the edition take from the English notebooks what is the same in all languages, such as the names of sections in addresses.
func (w *writer) follow(english []*book) {
	if w.folder == "" {
		return
	}
	w.english = map[string]*book{}
	for _, b := range english {
		w.english[b.File] = b
	}
}

// at is where a file of this edition lies below the site's folder.
func (w *writer) at(name string) string { return path.Join(w.folder, name) }

// shelf leads from a page to the folder of what all editions share: styles, scripts, pictures.
func (w *writer) shelf(name string) string {
	if w.folder == "" && path.Dir(name) == "read" {
		return "" // it is the page's own
	}
	return w.up(name) + "read/"
}

// up leads from a page of this edition to the site's folder. name is the page's, without the edition's folder.
func (w *writer) up(name string) string {
	way := ""
	for dir := path.Dir(w.at(name)); dir != "."; dir = path.Dir(dir) {
		way += "../"
	}
	return way
}

// lab is where the lab opens a notebook, from a page of the edition: way leads to the edition's folder.
func (w *writer) lab(way, file string) string {
	return way + "lab/index.html?path=" + path.Join(w.folder, file)
}

// alternate is the same page in another language.
type alternate struct {
	words.Language
	Address string
	Now     bool // it is the page itself
}

// alternates are a page in all languages that the site has.
func (w *writer) alternates(name string) (list []alternate) {
	for _, other := range w.editions {
		list = append(list, alternate{other.language, w.up(name) + other.at(name), other == w})
	}
	return list
}

// table is what a page's scripts look up by the English text; "" where they speak English.
func (w *writer) table() (template.HTML, error) {
	if w.folder == "" {
		return "", nil
	}
	table := said.Table(append(w.liveTexts, string(w.scripts))...)
	for _, name := range w.Live.Classes {
		table[name] = words.Text(name)
	}
	if len(table) == 0 {
		return "", nil
	}
	text, err := json.Marshal(table) // it has < as \u003c
	if err != nil {
		return "", fmt.Errorf("the words of the scripts: %w", err)
	}
	return template.HTML(`<script type="application/json" id="vaelab-words">` + string(text) + `</script>`), nil
}
