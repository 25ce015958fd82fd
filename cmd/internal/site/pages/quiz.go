package pages

import (
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"

	"vaelab/vaelib/check"
	"vaelab/vaelib/exercise"
	"vaelab/vaelib/words"
)

var (
	quizAsks    = regexp.MustCompile(`(?m)^\s*exercise\.(Quiz\d+)\.Ask\(\)`)
	quizAnswers = regexp.MustCompile(`(?m)^\s*exercise\.Quiz\d+\.Answer\(`)
)

// quiz makes HTML of the questions that a cell asks. Each option unfolds to what is true of it, so that a reader, too, chooses
// before knowing.
func quiz(source string) (template.HTML, error) {
	id := quizAsks.FindStringSubmatch(source)[1]
	all := exercise.Quizzes()
	i := slices.IndexFunc(all, func(q *check.Quiz) bool { return q.ID == id })
	if i < 0 {
		return "", fmt.Errorf("the library has no quiz %s", id)
	}
	var out strings.Builder
	for n, q := range all[i].Questions {
		fmt.Fprintf(&out, "<p class=\"question\"><strong>%d.</strong> %s</p>\n", n+1, plain(words.Text(q.Text)))
		for k, o := range q.Options {
			verdict := words.Say("Not so.")
			if o.Right {
				verdict = words.Say("Right.")
			}
			fmt.Fprintf(&out, "<details class=\"option\"><summary>%c) %s</summary><p><strong>%s</strong>%s%s</p></details>\n",
				'a'+rune(k), plain(words.Text(o.Text)), verdict, gap(), plain(words.Text(o.Explains)))
		}
	}
	return template.HTML(out.String()), nil
}
