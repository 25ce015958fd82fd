package pages

import (
	"bytes"
	"fmt"
	"html/template"
	"regexp"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/alecthomas/chroma/v2/styles"
)

var (
	goLexer   = chroma.Coalesce(lexers.Get("go"))
	highlight = html.New(html.WithClasses(true), html.PreventSurroundingPre(true))
	runLine   = regexp.MustCompile(`(?m)^%%[ \t]*\n`) // GoNB's: from here on a cell's lines are run. It is no Go.
)

// code highlights a cell's Go.
func code(source string) (template.HTML, error) {
	var out bytes.Buffer
	for i, part := range runLine.Split(strings.TrimRight(source, "\n"), -1) {
		if i > 0 {
			out.WriteString(`<span class="kernel">%%</span>` + "\n")
		}
		tokens, err := goLexer.Tokenise(nil, part)
		if err != nil {
			return "", err
		}
		if err := highlight.Format(&out, styles.Fallback, tokens); err != nil {
			return "", err
		}
	}
	return template.HTML(strings.TrimRight(out.String(), "\n")), nil
}

// listing is code that folds; the script lets it be copied, too.
func listing(source string, open bool) (template.HTML, error) {
	marked, err := code(source)
	if err != nil {
		return "", err
	}
	state := ""
	if open {
		state = " open"
	}
	return template.HTML(fmt.Sprintf(`<details class="code"%s><summary>%s</summary><pre><code>%s</code></pre></details>`+"\n",
		state, lineCount(source), marked)), nil
}

func lineCount(source string) string {
	if n := strings.Count(strings.TrimSpace(strings.TrimPrefix(source, "%%\n")), "\n") + 1; n > 1 {
		return fmt.Sprintf("Code, %d lines", n)
	}
	return "Code, 1 line"
}
