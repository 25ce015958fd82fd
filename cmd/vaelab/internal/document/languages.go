package document

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"vaelab/vaelib/words"
)

// languages is the line of a page with links to it in the other languages.
func languages(p Page, in words.Language) string {
	var links []string
	for _, l := range words.Languages {
		if l.Code != in.Code {
			links = append(links, "["+l.Name+"]("+relative(p.In(in), p.In(l))+")")
		}
	}
	return strings.Join(links, " · ")
}

var oneLink = regexp.MustCompile(`^\[([^\]]+)\]\([^)]*\)$`)

// isLanguages reports whether a block is such a line.
func isLanguages(block string) bool {
	for link := range strings.SplitSeq(block, " · ") {
		m := oneLink.FindStringSubmatch(link)
		if m == nil || !slices.ContainsFunc(words.Languages, func(l words.Language) bool { return l.Name == m[1] }) {
			return false
		}
	}
	return true
}

// withLanguages is a page with that line: where it stands, or else below the title.
func withLanguages(text, line string) string {
	found := false
	text = replaced(text, func(block string) string {
		if !isLanguages(block) {
			return block
		}
		found = true
		return line
	})
	if found {
		return text
	}
	title, rest, _ := strings.Cut(text, "\n\n")
	return strings.TrimRight(title+"\n\n"+line+"\n\n"+rest, "\n")
}

// relative is the way from a file to another, as a link.
func relative(from, to string) string {
	way, err := filepath.Rel(filepath.Dir(filepath.FromSlash(from)), filepath.FromSlash(to))
	if err != nil {
		return to // both are paths in one clone, so there is a way
	}
	return filepath.ToSlash(way)
}
