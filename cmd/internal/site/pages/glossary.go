package pages

import (
	"cmp"
	"html/template"
	"maps"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"vaelab/vaelib/words"
)

// terms finds the glossary's terms in text.
type terms struct {
	pattern *regexp.Regexp
	byForm  map[string]term
}

func newTerms(l words.Language) *terms {
	t := &terms{byForm: map[string]term{}}
	for _, x := range glossaryTerms {
		forms := append(slices.Clone(x.Forms), x.Name)
		if l.Code == "zh" {
			forms = append(slices.Clone(x.ChineseForms), x.Chinese)
		}
		for _, form := range forms {
			t.byForm[strings.ToLower(form)] = x
		}
	}
	forms := slices.SortedFunc(maps.Keys(t.byForm), func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) }) // "KL weight" before "weight"
	for i, form := range forms {
		forms[i] = bounded(form)
	}
	t.pattern = regexp.MustCompile(`(?i)` + strings.Join(forms, "|"))
	return t
}

// bounded is a pattern of a word as such, and not within a longer one. Chinese has no spaces to tell.
func bounded(form string) string {
	pattern := regexp.QuoteMeta(form)
	if letter.MatchString(form[:1]) {
		pattern = `\b` + pattern
	}
	if letter.MatchString(form[len(form)-1:]) {
		pattern += `\b`
	}
	return pattern
}

var letter = regexp.MustCompile(`^\w$`)

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
		link := element("a", "class", "term", "href", "glossary.html#"+x.ID, "title", words.Text(x.Says))
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

// used is a list of such, as links.
func used(list []use) template.HTML {
	var each []string
	for _, u := range list {
		link := template.HTML(`<a href="` + template.HTMLEscapeString(u.Address) + `">` + template.HTMLEscapeString(u.Title) + `</a>`)
		each = append(each, string(say(words.Format("notebook %s: %s"), u.Number, link)))
	}
	return template.HTML(strings.Join(each, words.Say(", ")))
}

// glossary writes the page of all terms, each with the first section of each notebook that uses it.
func (w *writer) glossary(books []*book) error {
	uses := map[string][]use{}
	for _, x := range glossaryTerms {
		for _, b := range books {
			if b.terms[x.ID] {
				uses[x.ID] = append(uses[x.ID], use{b.Number, words.Say("the beginning"), b.Page})
				continue
			}
			if i := slices.IndexFunc(b.Sections, func(s *section) bool { return s.terms[x.ID] }); i >= 0 {
				s := b.Sections[i]
				uses[x.ID] = append(uses[x.ID], use{b.Number, s.Title, b.Page + "#" + s.ID})
			}
		}
	}
	return w.render("glossary.html", "read/glossary.html", map[string]any{"Terms": w.entries(), "Uses": uses, "Books": books, "Now": "glossary.html"})
}

// entry is a term as the glossary shows it: by its name in the page's language, with the other one beside it.
type entry struct {
	ID, Name, Beside, BesideTag, Says string
}

// entries are all terms, in the order of the English alphabet.
func (w *writer) entries() (list []entry) {
	for _, x := range glossaryTerms {
		e := entry{x.ID, x.Name, x.Chinese, "zh", words.Text(x.Says)}
		if w.language.Code == "zh" {
			e.Name, e.Beside, e.BesideTag = x.Chinese, x.Name, "en"
		}
		list = append(list, e)
	}
	return list
}
