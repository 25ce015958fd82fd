package words

import (
	"fmt"
	"strconv"
	"strings"
)

// Catalogue is a language's texts in gettext's form (a .po file): what programs for translators read and write. The zero Catalogue
// knows nothing.
type Catalogue struct {
	entries map[key][]string
}

type key struct{ context, id string }

// Entry is a message of a catalogue.
type Entry struct {
	Notes   []string // comment lines as they stand, such as "#: vaelib/figure/curves.go", without flags
	Format  bool     // the English text is a format of package fmt
	Fuzzy   bool     // it was made for another English text: it waits for somebody to look, and isn't shown
	Was     string   // that English text, where it is fuzzy
	Context string   // the notebook's cell; "count" for what is counted; empty for all else
	ID      string   // the English text
	Plural  string   // the English text for several, where things are counted
	Texts   []string // the translation; several where things are counted
}

// Translated reports whether the entry has something to show.
func (e Entry) Translated() bool { return !e.Fuzzy && len(e.Texts) > 0 && e.Texts[0] != "" }

// ReadCatalogue reads a .po file for its translations: fuzzy ones, which were made for another English text, are left out.
func ReadCatalogue(text []byte) (*Catalogue, error) {
	c := &Catalogue{entries: map[key][]string{}}
	err := eachEntry(string(text), func(e Entry) {
		if e.ID != "" && e.Translated() {
			c.entries[key{e.Context, e.ID}] = e.Texts
		}
	})
	return c, err
}

// Find is the translation of an English text.
func (c *Catalogue) Find(context, id string) (string, bool) {
	if c == nil {
		return "", false
	}
	texts, ok := c.entries[key{context, id}]
	if !ok {
		return "", false
	}
	return texts[0], true
}

// Text is the translation of an English text, or the text itself where the catalogue has none. A nil catalogue is that of English.
func (c *Catalogue) Text(english string) string {
	if text, ok := c.Find("", english); ok {
		return text
	}
	return english
}

// Plural is one of the forms in which things are counted.
func (c *Catalogue) Plural(one string, form int) (string, bool) {
	texts := c.entries[key{Counted, one}]
	if form >= len(texts) {
		return "", false
	}
	return texts[form], true
}

// Counted is the context of what [Count] counts.
const Counted = "count"

// Entries are all messages of a .po file, its head aside.
func Entries(text []byte) (list []Entry, err error) {
	err = eachEntry(string(text), func(e Entry) {
		if e.ID != "" {
			list = append(list, e)
		}
	})
	return list, err
}

// eachEntry goes through a .po file. It is read at the start of each cell, so nothing is copied that needn't be.
func eachEntry(text string, each func(Entry)) error {
	var e Entry
	var into *string
	begun := false
	end := func() {
		if begun {
			each(e)
		}
		e, into, begun = Entry{}, nil, false
	}
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			end()
		case strings.HasPrefix(line, "#~"): // what nothing says any more
		case strings.HasPrefix(line, "#,"):
			e.Fuzzy = e.Fuzzy || strings.Contains(line, "fuzzy")
			e.Format = e.Format || strings.Contains(line, "go-format")
		case strings.HasPrefix(line, "#|"):
			if was, ok := strings.CutPrefix(line, "#| msgid "); ok {
				e.Was, _ = strconv.Unquote(was) // a remark for a translator, no more
			}
		case line[0] == '#':
			e.Notes = append(e.Notes, line)
		case line[0] == '"':
			part, err := strconv.Unquote(line)
			if err != nil || into == nil {
				return fmt.Errorf("line %d of the catalogue is no text between quotes: %s", number, line)
			}
			*into += part
		default:
			word, rest, _ := strings.Cut(line, " ")
			part, err := strconv.Unquote(rest)
			if err != nil {
				return fmt.Errorf("line %d of the catalogue has no text between quotes: %s", number, line)
			}
			switch {
			case word == "msgctxt":
				into = &e.Context
			case word == "msgid":
				into, begun = &e.ID, true
			case word == "msgid_plural":
				into = &e.Plural
			case strings.HasPrefix(word, "msgstr"):
				e.Texts = append(e.Texts, "")
				into = &e.Texts[len(e.Texts)-1]
			default:
				return fmt.Errorf("line %d of the catalogue begins with %q, which gettext doesn't know", number, word)
			}
			*into = part
		}
	}
	end()
	return nil
}
