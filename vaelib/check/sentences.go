package check

import (
	"strings"
	"unicode/utf8"

	"vaelab/vaelib/words"
)

// together puts sentences one after the other, those that are empty left out. A full stop of Chinese brings its own space.
func together(sentences ...string) string {
	var all strings.Builder
	wide := true
	for _, s := range sentences {
		if s == "" {
			continue
		}
		if !wide {
			all.WriteByte(' ')
		}
		all.WriteString(s)
		last, _ := utf8.DecodeLastRuneInString(s)
		wide = strings.ContainsRune("。！？", last)
	}
	return all.String()
}

// listed names things in a row, each of which may have commas in it.
func listed(things []string) string { return strings.Join(words.Texts(things), words.Say("; ")) }
