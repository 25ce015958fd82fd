package pages

import (
	"fmt"
	"html/template"
	"regexp"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"

	"vaelab/vaelib/words"
)

var (
	goLexer = chroma.Coalesce(lexers.Get("go"))
	runLine = regexp.MustCompile(`(?m)^%%[ \t]*\n`) // GoNB's: from here on a cell's lines are run. It is no Go.
)

// code highlights a cell's Go.
func code(source string) (template.HTML, error) {
	var out strings.Builder
	for i, part := range runLine.Split(strings.TrimRight(source, "\n"), -1) {
		if i > 0 {
			out.WriteString(`<i class="c">%%</i>` + "\n")
		}
		tokens, err := goLexer.Tokenise(nil, part)
		if err != nil {
			return "", err
		}
		for _, t := range tokens.Tokens() {
			text := template.HTMLEscapeString(t.Value)
			if class := colour(t.Type); class != "" {
				text = `<i class="` + class + `">` + text + `</i>`
			}
			out.WriteString(text)
		}
	}
	return template.HTML(strings.TrimRight(out.String(), "\n")), nil
}

// colour is the class of a word; most have none, so that a page stays light.
func colour(t chroma.TokenType) string {
	switch {
	case t.InCategory(chroma.Keyword):
		return "k"
	case t.InCategory(chroma.Comment):
		return "c"
	case t.InSubCategory(chroma.LiteralString):
		return "s"
	case t.InSubCategory(chroma.LiteralNumber):
		return "m"
	case t == chroma.NameFunction || t == chroma.NameBuiltin:
		return "f"
	}
	return ""
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
		return words.Say("Code, %d lines", n)
	}
	return words.Say("Code, 1 line")
}
