package document

import (
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"vaelab/vaelib/words"
)

// inProse changes the parts of a text that are no blocks of code: paragraphs, lists, tables, headings.
func inProse(text string, change func(part string) string) string {
	var b, part strings.Builder
	flush := func() {
		b.WriteString(change(part.String()))
		part.Reset()
	}
	fenced, code, blank := false, false, true
	for line := range strings.Lines(text) {
		fence := strings.HasPrefix(strings.TrimSpace(line), "```")
		code = fenced || fence || strings.HasPrefix(line, "    ") && (code || blank)
		if fence {
			fenced = !fenced
		}
		blank = strings.TrimSpace(line) == ""
		if code || blank {
			flush()
			b.WriteString(line)
			continue
		}
		part.WriteString(line)
	}
	flush()
	return b.String()
}

// codeOrLink is a piece of code in a line, which is no link whatever is in it, or a link's target.
var codeOrLink = regexp.MustCompile("`[^`]*`|" + `\]\(([^)\s]+)\)`)

// eachLink changes the targets of a text's links.
func eachLink(text string, change func(target string) string) string {
	return inProse(text, func(part string) string {
		return codeOrLink.ReplaceAllStringFunc(part, func(found string) string {
			m := codeOrLink.FindStringSubmatch(found)
			if m[1] == "" {
				return found
			}
			return "](" + change(m[1]) + ")"
		})
	})
}

var (
	heading  = regexp.MustCompile(`(?m)^#{1,6} +(.+?)\s*$`)
	linkText = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
)

// anchors are those that GitHub gives a text's headings, in their order.
func anchors(text string) (list []string) {
	count := map[string]int{}
	inProse(text, func(part string) string {
		for _, m := range heading.FindAllStringSubmatch(part, -1) {
			a := anchor(linkText.ReplaceAllString(m[1], "$1"))
			n := count[a]
			count[a]++
			if n > 0 {
				a += "-" + strconv.Itoa(n)
			}
			list = append(list, a)
		}
		return part
	})
	return list
}

// anchor is a heading's name in an address: small letters and digits of any script, hyphens for spaces, nothing else.
func anchor(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-', r == '_', unicode.IsLetter(r), unicode.IsMark(r), unicode.IsNumber(r):
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

// edition are the pages in a language, while they are made.
type edition struct {
	Set
	language words.Language
	english  map[Page]string
	text     map[Page]string // translated, with the links of the English page
}

// relinked is a page with its links led to what there is in the language.
func (e edition) relinked(p Page) string {
	return eachLink(e.text[p], func(target string) string {
		file, at, anchored := strings.Cut(target, "#")
		if strings.Contains(file, ":") {
			return target // an address of the web
		}
		to, page := p.Source(), p
		if file != "" {
			to = path.Join(path.Dir(p.Source()), file)
			page = ""
			for _, other := range e.Pages {
				if other.Source() == to {
					page = other
				}
			}
		}
		if page != "" {
			to, at = page.In(e.language), e.anchorIn(page, at)
		} else {
			to = e.counterpart(to)
		}
		if file == "" {
			return "#" + at
		}
		way := relative(p.In(e.language), to)
		if anchored {
			way += "#" + at
		}
		return way
	})
}

// anchorIn is an English page's anchor in the language's: that of the heading with the same number.
func (e edition) anchorIn(p Page, english string) string {
	there := anchors(e.text[p])
	for i, a := range anchors(e.english[p]) {
		if a == english && i < len(there) {
			return there[i]
		}
	}
	return english
}

// counterpart is a notebook or a picture in the language, where there is one: in a folder that is named by the language.
func (e edition) counterpart(file string) string {
	top, below, _ := strings.Cut(file, "/")
	if top != "notebooks" && top != "docs" {
		return file
	}
	twin := path.Join(top, e.language.Code, below)
	if _, err := os.Stat(e.path(twin)); err != nil {
		return file
	}
	return twin
}
