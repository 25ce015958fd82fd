package pages

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"vaelab/vaelib/words"
)

var templates = template.Must(template.New("").Funcs(template.FuncMap{"megabytes": megabytes, "say": say, "gap": gap, "used": used}).ParseFS(assets, "assets/*.html"))

// say is words.Say for pages: the text may hold markup, and what is put into it is escaped unless it is markup, too.
func say(english string, args ...any) template.HTML {
	for i, arg := range args {
		switch arg := arg.(type) {
		case template.HTML:
			args[i] = string(arg)
		case string:
			args[i] = template.HTMLEscapeString(arg)
		}
	}
	return template.HTML(words.Say(english, args...))
}

// gap is what the language has between two sentences.
func gap() string { return strings.Trim(words.Sentences(".", "."), ".") }

// megabytes says a size as people compare it.
func megabytes(n int64) string {
	if n < 950_000 {
		return fmt.Sprintf("%d kB", (n+500)/1000)
	}
	if n < 9_950_000 {
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.0f MB", float64(n)/1e6)
}

// render writes a page by its template, with the names that all pages need.
func (w *writer) render(name, to string, data map[string]any) error {
	table, err := w.table()
	if err != nil {
		return err
	}
	for name, value := range map[string]any{
		"Shelf": w.shelf(to), "Style": w.style, "Script": w.code, "Turn": w.turn, "Version": w.Version, "Code": Code,
		"Language": w.language, "Alternates": w.alternates(to), "Words": table, "Up": w.up(to),
	} {
		data[name] = value
	}
	var out bytes.Buffer
	if err := templates.ExecuteTemplate(&out, name, data); err != nil {
		return err
	}
	w.files[w.at(to)] = out.Bytes()
	return nil
}
