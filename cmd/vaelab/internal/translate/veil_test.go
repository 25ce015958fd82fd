package translate_test

import (
	"regexp"
	"strings"
	"testing"

	"vaelab/cmd/vaelab/internal/translate"
	"vaelab/vaelib/words"
)

var (
	kept       = regexp.MustCompile("%[-+# 0-9.]*(?:\\[\\d+\\])?[a-zA-Z%]|`[^`]*`")
	letters    = regexp.MustCompile(`[A-Za-z]+`)
	englishRun = regexp.MustCompile(`\b[A-Za-z’']{2,} [a-z][a-z’']+\b`)
	quoted     = regexp.MustCompile(`"[^"]*"`) // what somebody else has written
)

// veiled has every letter of a message hidden, but for what a format does with its arguments, and commands.
func veiled(message string) string {
	var text strings.Builder
	last := 0
	for _, at := range kept.FindAllStringIndex(message, -1) {
		text.WriteString(letters.ReplaceAllString(message[last:at[0]], "字") + message[at[0]:at[1]])
		last = at[1]
	}
	return text.String() + letters.ReplaceAllString(message[last:], "字")
}

// veil has the program speak a language in which each message that is collected from the clone is veiled: whatever English is
// left was said past the catalogue, or is glued from halves.
func veil(t *testing.T) {
	t.Helper()
	messages, err := translate.Library("../../../..")
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range messages {
		messages[i].Texts = []string{veiled(m.ID)}
		if m.Plural != "" {
			messages[i].Texts = []string{"%s " + veiled(m.ID)}
		}
	}
	root := t.TempDir()
	zh, err := words.Known("zh")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := translate.Save(words.File(root, "zh", "library"), zh, messages); err != nil {
		t.Fatal(err)
	}
	before := words.Clone
	words.Clone = func() (string, error) { return root, nil }
	t.Cleanup(func() {
		words.Clone = before
		if err := words.Use("en"); err != nil {
			t.Error(err)
		}
	})
	if err := words.Use("zh"); err != nil {
		t.Fatal(err)
	}
}
