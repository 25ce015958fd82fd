package wordstest

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vaelab/vaelib/places"
	"vaelab/vaelib/words"
)

// Veil is [Speak] with the veil: over the messages of the clone's catalogue, which vaelab notebooks collects, and over those that the
// test itself brings.
func Veil(t testing.TB, own ...string) (clone string) {
	t.Helper()
	root, err := places.Clone()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(words.File(root, language, "library"))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := words.Entries(text)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, message := range own {
		texts[message] = Veiled(message)
	}
	var counted strings.Builder
	for _, e := range entries {
		if e.Plural == "" {
			texts[e.ID] = Veiled(e.ID)
		} else {
			fmt.Fprintf(&counted, "msgctxt %q\nmsgid %q\nmsgid_plural %q\nmsgstr[0] %q\n\n", e.Context, e.ID, e.Plural, "%s "+Veiled(e.ID))
		}
	}
	return Speak(t, Catalogue(texts)+counted.String())
}

// code is what a text has in the midst of its words: tags, code between backticks, names in braces, and names of Go.
const code = "</?[a-z][^<>]*>|`[^`]*`|\\{\\w+\\}|\\b[a-z]\\w*\\.[A-Z]\\w*(?:\\.\\w+)*(?:\\([^)]*\\))?|\\b\\w+\\(\\)"

var (
	// kept is what a message has besides its words: code, and what a format does with its arguments.
	kept = regexp.MustCompile(code + `|\b[a-z]+\.%s|%[-+# 0-9.\[\]]*[a-zA-Z%]`)
	word = regexp.MustCompile(`\p{Latin}+(?:[’']\p{Latin}+)*`)
)

// Veiled is a message under the veil.
func Veiled(message string) string {
	var text strings.Builder
	last := 0
	for _, at := range append(kept.FindAllStringIndex(message, -1), []int{len(message), len(message)}) {
		text.WriteString(word.ReplaceAllString(message[last:at[0]], "字") + message[at[0]:at[1]])
		last = at[1]
	}
	return text.String()
}

// names are the same in every language.
var names = []string{"VAE", "AE", "KL", "ELBO", "XLA", "JupyterLab", "Fréchet", "PNG", "nil", "NaN", "Inf", "Shift", "Enter", "Escape", "ms"}

var codes = regexp.MustCompile(code)

// English are the words of a text that are English still, but for names and those that are allowed: what the test itself gave.
func English(text string, allowed ...string) (list []string) {
	for _, s := range word.FindAllString(without(text, allowed), -1) {
		if len(s) > 1 && !slices.Contains(names, s) {
			list = append(list, s)
		}
	}
	return list
}

var together = regexp.MustCompile(`\b[A-Za-z][A-Za-z’']+,? [A-Za-z][a-z’']+\b`)

// Phrases are the places where a text has two English words together, but for those that are allowed. They tell of English in a text that
// is full of names.
func Phrases(text string, allowed ...string) []string {
	return together.FindAllString(without(text, allowed), -1)
}

func without(text string, allowed []string) string {
	text = codes.ReplaceAllString(text, "…")
	for _, a := range allowed {
		if a = codes.ReplaceAllString(a, "…"); a != "" {
			text = strings.ReplaceAll(text, a, "…")
		}
	}
	return text
}
