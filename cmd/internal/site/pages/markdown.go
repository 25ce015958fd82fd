package pages

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

// markdown is CommonMark with tables. Raw HTML stays out: no cell has any.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Footnote), goldmark.WithRendererOptions(html.WithXHTML()))

// mathOrCode finds code, where a dollar is a dollar, and formulas.
var mathOrCode = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`|\\$\\$(.+?)\\$\\$|\\$([^$\n]+?)\\$")

// Formulas go through Markdown as numbers between two signs that no text has.
const before, after = "\uE000", "\uE001"

var (
	placed = regexp.MustCompile(before + `(\d+)` + after)
	alone  = regexp.MustCompile(`<p>(` + before + `\d+` + after + `)</p>`)
)

// comment is what the notebooks' own tools read, such as the names of claims.
var comment = regexp.MustCompile(`(?s)<!--.*?-->`)

// text makes HTML of a cell's Markdown. Its formulas are still numbers: see place.
func (w *writer) text(source string) (markup string, formulas []string, err error) {
	source = comment.ReplaceAllString(source, "")
	source = mathOrCode.ReplaceAllStringFunc(source, func(match string) string {
		m := mathOrCode.FindStringSubmatch(match)
		tex, display := m[1], true
		if tex == "" {
			tex, display = m[2], false
		}
		if tex == "" {
			return match
		}
		set, fault := w.set.formula(tex, display)
		if fault != nil && err == nil {
			err = fault
		}
		formulas = append(formulas, set)
		return fmt.Sprintf("%s%d%s", before, len(formulas)-1, after)
	})
	if err != nil {
		return "", nil, err
	}
	var out bytes.Buffer
	if err := markdown.Convert([]byte(source), &out); err != nil {
		return "", nil, err
	}
	return alone.ReplaceAllString(out.String(), `<div class="formula">$1</div>`), formulas, nil
}

// place puts the formulas where their numbers are.
func place(markup string, formulas []string) string {
	return placed.ReplaceAllStringFunc(markup, func(match string) string {
		var i int
		_, _ = fmt.Sscanf(strings.Trim(match, before+after), "%d", &i)
		return formulas[i]
	})
}
