package show

import (
	"encoding/base64"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"

	"vaelab/vaelib/figure"
	"vaelab/vaelib/words"
)

// Figure shows a figure with its caption below. One that carries an error ends the cell as Check does.
func Figure(f figure.Figure) {
	markup, plain, err := render(f, figure.Figure.PNG)
	Check(err)
	here.put("", markup, plain)
	here.sync()
	compareFigure(f)
}

// render is a figure as HTML with the picture inside, drawn by draw, and as text.
func render(f figure.Figure, draw func(figure.Figure) ([]byte, error)) (markup, plain string, err error) {
	png, err := draw(f)
	if err != nil {
		return "", "", err
	}
	width, height := f.Size()
	var b strings.Builder
	fmt.Fprintf(&b, `<figure style="margin:8px 0;max-width:%dpx"><img alt="%s" width="%d" height="%d" `+
		`style="max-width:100%%;height:auto;display:block;border-radius:6px" src="data:image/png;base64,%s"/>`,
		width, escape(f.Alt), width, height, base64.StdEncoding.EncodeToString(png))
	if f.Caption != "" {
		fmt.Fprintf(&b, `<figcaption style="font-size:13px;line-height:1.45;margin:6px 2px 0;text-align:left;opacity:0.8">%s</figcaption>`,
			escape(f.Caption))
	}
	b.WriteString(`</figure>`)

	plain = "[" + words.Say("figure") + "] "
	if f.Title != "" {
		plain += words.Sentences(words.Say("%s.", f.Title), f.Alt)
	} else {
		plain += f.Alt
	}
	if f.Caption != "" {
		plain += "\n         " + f.Caption
	}
	return b.String(), plain, nil
}

// Note shows a line of plain text, set a little apart. Negative numbers get a true minus sign.
func Note(format string, args ...any) {
	s := words.MinusInText(sprintf(format, args))
	here.put("", noteHTML(s), s)
	here.sync()
	compareNote(format, args)
}

// Markdown shows Markdown, formulas included, in a notebook, and its source elsewhere.
func Markdown(text string) {
	here.markdown(text)
	here.sync()
}

// HTML shows markup as it is: escape what isn't yours. The plain text stands for it outside a notebook.
func HTML(markup, plain string) {
	here.put("", markup, plain)
	here.sync()
}

// Must returns v, or ends the cell with what is wrong.
//
//	data := show.Must(datasets.Sample())
func Must[T any](v T, err error) T {
	Check(err)
	return v
}

// Check does nothing where err is nil. Otherwise it shows the error as a sentence, with no stack of frames, and ends
// the program with exit code 1, which marks the cell as failed.
func Check(err error) {
	if err == nil {
		return
	}
	Fail(err)
	exit(1)
}

var exit = os.Exit // tests stay alive

// Fail shows an error as Check does, and leaves it to the caller to end the program.
func Fail(err error) {
	Stopped()
	if moving != nil {
		moving.putAway()
	}
	s := Sentence(err.Error())
	here.put("", alertHTML(s), words.Say("Error: %s", s))
	here.sync()
}

func noteHTML(s string) string {
	return `<div style="font-size:13px;margin:4px 0;opacity:0.8">` + escape(s) + `</div>`
}

func alertHTML(s string) string {
	return `<div role="alert" style="border-left:4px solid #D55E00;border-radius:3px;padding:8px 12px;margin:6px 0;` +
		`background:rgba(213,94,0,0.12);white-space:pre-wrap">` + escape(s) + `</div>`
}

// Sentence is a text as a sentence on a page: it starts with a capital letter, where it starts with a plain word, and ends with a full
// stop.
func Sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return words.Say("Something went wrong, and no more is known about it.")
	}
	word, _, _ := strings.Cut(s, " ")
	if plain := strings.TrimRight(word, ",:"); strings.Trim(plain, "abcdefghijklmnopqrstuvwxyz") == "" && plain != "" {
		s = strings.ToUpper(s[:1]) + s[1:]
	}
	switch last, _ := utf8.DecodeLastRuneInString(s); {
	case strings.ContainsRune(".!?。！？", last):
		return s
	case words.Columns(s) == utf8.RuneCountInString(s):
		return s + "." // a system's English sentence among Chinese ones has its own full stop
	}
	return words.Say("%s.", s)
}

func sprintf(format string, args []any) string {
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}
