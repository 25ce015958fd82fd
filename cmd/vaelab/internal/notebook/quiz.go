package notebook

import "regexp"

// answers finds the line of a cell that answers a quiz, such as exercise.Quiz2.Answer("c", "a", "d", "b", "c"); letter a letter there.
var (
	answers = regexp.MustCompile(`^\s*exercise\.Quiz\d+\.Answer\(`)
	letter  = regexp.MustCompile(`"[^"]*"`)
)

// WithoutLetters is the notebook with its quizzes still to be answered; all else is the same.
func (b *Book) WithoutLetters() *Book {
	open := b.copy()
	for _, c := range open.cells {
		if lines := c.lines(); c.isCode() && takeLetters(lines) {
			c.setLines(lines)
		}
	}
	return open
}

// takeLetters empties the answers to a quiz, and reports whether there were any.
func takeLetters(lines []string) (found bool) {
	for i, line := range lines {
		if answers.MatchString(line) {
			lines[i], found = letter.ReplaceAllString(line, `""`), true
		}
	}
	return found
}
