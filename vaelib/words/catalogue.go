package words

import (
	"fmt"
	"strconv"
	"strings"
)

// Catalogue is a language's texts in gettext's form (a .po file): what programs for translators read and write. The zero Catalogue
// knows nothing. All methods are safe for use by several goroutines at once.
type Catalogue struct {
	// A cell's program says few of a few thousand messages, so most stay as they lie in the file, by context and English text as they
	// are written there.
	text string
	at   map[string]span
	read map[string][]string // those of several lines, in the same way
}

// written is how a message is known: as in gettext's own compiled files.
func written(context, id string) string {
	if context == "" {
		return id
	}
	return context + "\x04" + id
}

// span is a part of a text.
type span struct{ from, to int }

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
	const aMessage = 180 // bytes, about: a map that needn't grow is filled in half the time
	c := &Catalogue{text: string(text), at: make(map[string]span, len(text)/aMessage), read: map[string][]string{}}
	for from := 0; from < len(c.text); {
		to := len(c.text)
		if i := strings.Index(c.text[from:], "\n\n"); i >= 0 {
			to = from + i + 1
		}
		if err := c.take(span{from, to}); err != nil {
			return nil, fmt.Errorf("from line %d on: %w", 1+strings.Count(c.text[:from], "\n"), err)
		}
		from = to + 1
	}
	return c, nil
}

// take notes where a message is, or reads it at once.
func (c *Catalogue) take(at span) error {
	block, context := c.text[at.from:at.to], ""
	for line := range strings.Lines(block) {
		line = strings.TrimSuffix(line, "\n")
		if named, ok := strings.CutPrefix(line, "msgctxt "); ok {
			context = named
		}
		if id, ok := strings.CutPrefix(line, "msgid "); ok {
			if len(id) > len(`""`) && id[0] == '"' && id[len(id)-1] == '"' {
				c.at[written(context, id)] = at
				return nil
			}
			break
		}
	}
	return eachEntry(block, func(e Entry) {
		if e.ID != "" && e.Translated() {
			c.read[e.written()] = e.Texts
		}
	})
}

func (e Entry) written() string {
	if e.Context == "" {
		return Quoted(e.ID)
	}
	return written(Quoted(e.Context), Quoted(e.ID))
}

// Quoted is a text between quotes as gettext writes it.
func Quoted(text string) string {
	if strings.ContainsAny(text, "\"\\\n\t\r") {
		text = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`).Replace(text)
	}
	return `"` + text + `"`
}

// texts are a message's translation; nil where there is none.
func (c *Catalogue) texts(context, id string) (texts []string) {
	if c == nil {
		return nil
	}
	name := Entry{Context: context, ID: id}.written()
	if texts, ok := c.read[name]; ok {
		return texts
	}
	at, ok := c.at[name]
	if !ok {
		return nil
	}
	err := eachEntry(c.text[at.from:at.to], func(e Entry) {
		if e.Translated() {
			texts = e.Texts
		}
	})
	if err != nil {
		return nil // a file that somebody has damaged: English is shown, and the check says where
	}
	return texts
}

// Find is the translation of an English text.
func (c *Catalogue) Find(context, id string) (string, bool) {
	texts := c.texts(context, id)
	if texts == nil {
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
	texts := c.texts(Counted, one)
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
