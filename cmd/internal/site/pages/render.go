package pages

import (
	"bytes"
	"fmt"
	"html/template"
)

var templates = template.Must(template.New("").Funcs(template.FuncMap{"megabytes": megabytes}).ParseFS(assets, "assets/*.html"))

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
	data["Style"], data["Script"], data["Version"], data["Code"] = w.style, w.code, w.Version, Code
	var out bytes.Buffer
	if err := templates.ExecuteTemplate(&out, name, data); err != nil {
		return err
	}
	w.files[to] = out.Bytes()
	return nil
}
