package pages

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// terms finds the glossary's terms in text.
type terms struct {
	pattern *regexp.Regexp
	byForm  map[string]term
}

func newTerms() *terms {
	t := &terms{byForm: map[string]term{}}
	for _, x := range glossaryTerms {
		for _, form := range append(x.Forms, strings.ToLower(x.Name)) {
			t.byForm[form] = x
		}
	}
	var forms []string
	for form := range t.byForm {
		forms = append(forms, regexp.QuoteMeta(form))
	}
	slices.SortFunc(forms, func(a, b string) int { return len(b) - len(a) }) // "KL weight" before "weight"
	t.pattern = regexp.MustCompile(`(?i)\b(?:` + strings.Join(forms, "|") + `)\b`)
	return t
}

// link makes links of the terms that are not among those seen, and notes them as seen.
func (t *terms) link(root *html.Node, seen map[string]bool) {
	var texts []*html.Node
	collect(root, &texts)
	for _, n := range texts {
		for n != nil {
			n = t.first(n, seen)
		}
	}
}

// first links the first term of a text that is new, and gives the text after it.
func (t *terms) first(n *html.Node, seen map[string]bool) (rest *html.Node) {
	for _, at := range t.pattern.FindAllStringIndex(n.Data, -1) {
		x := t.byForm[strings.ToLower(n.Data[at[0]:at[1]])]
		if seen[x.ID] || meansOther(n.Data, at) {
			continue
		}
		seen[x.ID] = true
		link := element("a", "class", "term", "href", "glossary.html#"+x.ID, "title", x.Says)
		link.AppendChild(&html.Node{Type: html.TextNode, Data: n.Data[at[0]:at[1]]})
		rest := &html.Node{Type: html.TextNode, Data: n.Data[at[1]:]}
		n.Data = n.Data[:at[0]]
		n.Parent.InsertBefore(link, n.NextSibling)
		n.Parent.InsertBefore(rest, link.NextSibling)
		return rest
	}
	return nil
}

// meansOther says whether the word at a place of a text stands in a phrase in which it means something else.
func meansOther(text string, at []int) bool {
	return slices.ContainsFunc(otherwise, func(phrase string) bool {
		from, to := max(0, at[0]-len(phrase)), min(len(text), at[1]+len(phrase))
		return strings.Contains(strings.ToLower(text[from:to]), phrase)
	})
}

// collect gathers the texts in which a term may be a link.
func collect(n *html.Node, texts *[]*html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			*texts = append(*texts, c)
		case c.Type == html.ElementNode && !slices.Contains([]string{"a", "code", "pre", "h1", "h2", "h3", "th"}, c.Data):
			collect(c, texts)
		}
	}
}

// use is a section that uses a term.
type use struct{ Number, Title, Address string }

// glossary writes the page of all terms, each with the first section of each notebook that uses it.
func (w *writer) glossary(books []*book) error {
	uses := map[string][]use{}
	for _, x := range glossaryTerms {
		for _, b := range books {
			if b.terms[x.ID] {
				uses[x.ID] = append(uses[x.ID], use{b.Number, "the beginning", b.Page})
				continue
			}
			if i := slices.IndexFunc(b.Sections, func(s *section) bool { return s.terms[x.ID] }); i >= 0 {
				s := b.Sections[i]
				uses[x.ID] = append(uses[x.ID], use{b.Number, s.Title, b.Page + "#" + s.ID})
			}
		}
	}
	return w.render("glossary.html", "read/glossary.html", map[string]any{"Terms": glossaryTerms, "Uses": uses, "Books": books, "Now": "glossary.html"})
}
