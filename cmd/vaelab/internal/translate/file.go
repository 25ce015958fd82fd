package translate

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"vaelab/vaelib/words"
)

// Open reads a catalogue. One that isn't there has no entries.
func Open(path string) ([]words.Entry, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	list, err := words.Entries(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return list, nil
}

// Save writes a catalogue, where that changes it.
func Save(path string, language words.Language, entries []words.Entry) (changed bool, err error) {
	return Write(path, Bytes(language, entries))
}

// Write writes a file that is made, where that changes it, and its folder if it is missing.
func Write(path string, text []byte) (changed bool, err error) {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, text) {
		return false, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return false, fmt.Errorf("the folder for %s can't be made: %w", path, err)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		return false, fmt.Errorf("%s can't be written: %w", path, err)
	}
	return true, nil
}

// Texts are the translations of a catalogue that are fit to be shown, by context and English text.
type Texts map[[2]string]string

// Shown reads from a catalogue what is neither fuzzy nor [Broken]. It is nil where there is no catalogue.
func Shown(path string) (Texts, error) {
	entries, err := Open(path)
	if len(entries) == 0 || err != nil {
		return nil, err
	}
	texts := Texts{}
	for _, e := range entries {
		if e.Translated() && Broken(e) == "" {
			texts[[2]string{e.Context, e.ID}] = e.Texts[0]
		}
	}
	return texts, nil
}

// Find is the translation of an English text.
func (t Texts) Find(context, id string) (text string, ok bool) {
	text, ok = t[[2]string{context, id}]
	return text, ok
}

// Bytes is a catalogue as a file.
func Bytes(language words.Language, entries []words.Entry) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s · the messages are kept in step by: go run ./cmd/vaelab notebooks\nmsgid \"\"\nmsgstr \"\"\n", language.Name)
	fmt.Fprintf(&b, "\"Language: %s\\n\"\n\"MIME-Version: 1.0\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n", language.Lab)
	fmt.Fprintf(&b, "\"Plural-Forms: %s\\n\"\n", language.Forms)
	for _, e := range entries {
		b.WriteString("\n")
		for _, note := range e.Notes {
			b.WriteString(note + "\n")
		}
		var flags []string
		if e.Fuzzy {
			flags = append(flags, "fuzzy")
		}
		if e.Format {
			flags = append(flags, "go-format")
		}
		if len(flags) > 0 {
			b.WriteString("#, " + strings.Join(flags, ", ") + "\n")
		}
		if e.Fuzzy {
			b.WriteString("#| msgid " + words.Quoted(e.Was) + "\n")
		}
		if e.Context != "" {
			write(&b, "msgctxt", e.Context)
		}
		write(&b, "msgid", e.ID)
		texts := e.Texts
		if len(texts) == 0 {
			texts = []string{""}
		}
		if e.Plural == "" {
			write(&b, "msgstr", texts[0])
			continue
		}
		write(&b, "msgid_plural", e.Plural)
		for i, text := range texts {
			write(&b, fmt.Sprintf("msgstr[%d]", i), text)
		}
	}
	return []byte(b.String())
}

// write writes a text in one line, or, where it has several, each in one of its own.
func write(b *strings.Builder, word, text string) {
	if !strings.Contains(strings.TrimSuffix(text, "\n"), "\n") {
		fmt.Fprintf(b, "%s %s\n", word, words.Quoted(text))
		return
	}
	fmt.Fprintf(b, "%s \"\"\n", word)
	for line := range strings.Lines(text) {
		b.WriteString(words.Quoted(line) + "\n")
	}
}
