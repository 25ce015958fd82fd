package show

import (
	"fmt"
	"os"
	"strings"
)

// Tone is what a card's edge and sign say at a glance. The sign says it to those who don't see the colour. The zero Tone is
// Neutral.
type Tone int

const (
	Neutral Tone = iota
	Good
	Bad
)

// Card is an answer to the reader: a title, sentences below it, a small table where numbers are to be compared, and
// what may be said in passing. The zero Card is Neutral and says nothing. [Answer] shows it.
type Card struct {
	Tone   Tone
	Title  string
	Lines  []string // one paragraph each
	Header []string // of the table; none without
	Rows   [][]any
	Items  []Item   // one after the other, set apart
	Foot   []string // small lines at the end
}

// Item is a thing on a card that has something below it, such as a question and its options. The zero Item is an empty line.
type Item struct {
	Text  string
	Below []string // paragraphs, indented
}

// looks are Okabe and Ito's blue, bluish green and vermilion, each with its sign.
var looks = map[Tone]struct{ sign, edge, ground string }{
	Neutral: {"○", "#0072B2", "rgba(0,114,178,0.08)"},
	Good:    {"✓", "#009E73", "rgba(0,158,115,0.12)"},
	Bad:     {"✗", "#D55E00", "rgba(213,94,0,0.12)"},
}

// Answer shows a card.
func Answer(c Card) {
	markup, plain, err := c.render()
	Check(err)
	here.put("", markup, plain)
	here.sync()
}

// Print prints a card as text on the standard output, also in a notebook: for a program that has no line to the page.
func Print(c Card) error {
	_, plain, err := c.render()
	if err == nil {
		_, err = os.Stdout.WriteString(plain)
	}
	return err
}

func (c Card) render() (markup, plain string, err error) {
	look := looks[c.Tone]
	var html, text strings.Builder
	fmt.Fprintf(&html, `<div role="status" style="border-left:4px solid %s;border-radius:3px;padding:8px 12px;margin:6px 0;background:%s">`+
		`<div style="font-weight:bold">%s %s</div>`, look.edge, look.ground, look.sign, escape(c.Title))
	text.WriteString(look.sign + " " + c.Title + "\n")
	for _, line := range c.Lines {
		fmt.Fprintf(&html, `<div style="margin:4px 0 0;white-space:pre-wrap">%s</div>`, escape(line))
		text.WriteString("  " + strings.ReplaceAll(line, "\n", "\n  ") + "\n")
	}
	if len(c.Header) > 0 {
		cells, right, err := lay(c.Header, c.Rows)
		if err != nil {
			return "", "", err
		}
		html.WriteString(tableHTML(cells, right))
		for line := range strings.Lines(tableText(cells, right)) {
			text.WriteString("    " + line)
		}
	}
	for _, item := range c.Items {
		fmt.Fprintf(&html, `<div style="margin:14px 0 0;font-weight:600;white-space:pre-wrap">%s</div>`, escape(item.Text))
		text.WriteString("\n  " + item.Text + "\n")
		for _, line := range item.Below {
			fmt.Fprintf(&html, `<div style="margin:4px 0 0 1.6em;white-space:pre-wrap">%s</div>`, escape(line))
			text.WriteString("     " + line + "\n")
		}
	}
	if len(c.Items) > 0 && len(c.Foot) > 0 {
		text.WriteString("\n")
	}
	for _, line := range c.Foot {
		html.WriteString(noteHTML(line))
		text.WriteString("  " + line + "\n")
	}
	html.WriteString("</div>")
	return html.String(), text.String(), nil
}

// Folded shows code that opens when its summary is clicked. On a terminal, which can't fold, it is printed.
func Folded(summary, code string) {
	code = strings.TrimRight(code, "\n")
	here.put("", `<details style="margin:6px 0"><summary style="cursor:pointer">`+escape(summary)+`</summary>`+
		`<pre style="margin:6px 0 0;padding:8px 12px;border-left:4px solid rgba(128,128,128,0.4);white-space:pre-wrap">`+escape(code)+`</pre></details>`,
		summary+"\n    "+strings.ReplaceAll(code, "\n", "\n    "))
	here.sync()
}
