package main

import (
	"strings"
	"unicode/utf8"

	"vaelab/vaelib/words"
)

// fitted is a text in at most so many columns, with … in the place of what it leaves out.
func fitted(text string, most int) string {
	if words.Columns(text) <= most {
		return text
	}
	for words.Columns(text) > most-1 {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return text + "…"
}

// wrapped is a text in lines of at most 115 columns, indented. A line ends between words, and between Han letters.
func wrapped(indent int, text string) string {
	const most = 115
	var b strings.Builder
	margin := strings.Repeat(" ", indent)
	line, width := margin, indent
	for i, word := range strings.Fields(text) {
		between := 0
		if i > 0 {
			between = 1
		}
		for j, piece := range pieces(word) {
			if j > 0 {
				between = 0
			}
			if width > indent && width+between+words.Columns(piece) > most {
				b.WriteString(line + "\n")
				line, width, between = margin, indent, 0
			}
			line += strings.Repeat(" ", between) + piece
			width += between + words.Columns(piece)
		}
	}
	return b.String() + line + "\n"
}

// pieces are the parts of a word between which a line may end: no line begins with a sign that closes, or ends with one that opens.
func pieces(word string) (list []string) {
	isWide := func(r rune) bool { return words.Columns(string(r)) == 2 }
	begin, before := 0, rune(0)
	for i, r := range word {
		if i > 0 && (isWide(before) || isWide(r)) && !strings.ContainsRune("，。：；？！）、”…", r) && !strings.ContainsRune("（“", before) {
			list, begin = append(list, word[begin:i]), i
		}
		before = r
	}
	return append(list, word[begin:])
}
