// Package said finds what a script of the course says to people: the English texts in its calls of say("…"). The catalogue is made of
// them, and a page brings their translations for the script to look up.
package said

import (
	"regexp"
	"strconv"
	"strings"

	"vaelab/vaelib/words"
)

var (
	call   = regexp.MustCompile(`\bsay\(\s*("(?:[^"\\]|\\.)*"(?:\s*\+\s*"(?:[^"\\]|\\.)*")*)`)
	quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
)

// In are the messages of a script, in the order in which they stand there. A text may be a sum of several in quotes.
func In(script string) (list []string) {
	for _, m := range call.FindAllStringSubmatch(script, -1) {
		var message strings.Builder
		for _, part := range quoted.FindAllString(m[1], -1) {
			if s, err := strconv.Unquote(part); err == nil {
				message.WriteString(s)
			}
		}
		list = append(list, message.String())
	}
	return list
}

// Table are the messages of scripts in the language that is spoken, by their English texts. What isn't translated isn't in it.
func Table(scripts ...string) map[string]string {
	table := map[string]string{}
	for _, script := range scripts {
		for _, english := range In(script) {
			if text := words.Text(english); text != english {
				table[english] = text
			}
		}
	}
	return table
}
