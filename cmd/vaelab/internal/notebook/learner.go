package notebook

import (
	"fmt"
	"strings"
)

// Markers of a solution in a code cell, each alone in its line. The words are nbgrader's own, which looks for them in
// any line of any cell.
const (
	begin = "BEGIN SOLUTION"
	end   = "END SOLUTION"
)

// Stub is what a learner finds in the place of a solution.
const Stub = `panic("write me")`

// Learner is the notebook without its solutions: in each, the lines from the one marker to the other give way to the
// stub, indented as the first marker is. Quizzes lose their letters. All else is the same.
func (b *Book) Learner() (*Book, error) {
	learner := b.WithoutLetters()
	for _, c := range learner.cells {
		lines, found, err := withoutSolutions(c.lines())
		switch {
		case err != nil:
			return nil, fmt.Errorf("%s, %w", b.at(c), err)
		case found && !c.isCode():
			return nil, fmt.Errorf("%s has a solution, but is not a code cell: move it into one", b.at(c))
		case found:
			c.setLines(lines)
		}
	}
	return learner, nil
}

// withoutSolutions puts the stub in the place of each solution, and reports whether there was one.
func withoutSolutions(lines []string) (kept []string, found bool, err error) {
	open := 0 // line of the marker that waits for its end
	for i, line := range lines {
		begins, ends := strings.Contains(line, begin), strings.Contains(line, end)
		indent, marker := cutIndent(line)
		switch {
		case (begins || ends) && marker != "// "+begin && marker != "// "+end:
			return nil, false, fmt.Errorf("line %d: a marker stands alone in its line, as // %s or // %s", i+1, begin, end)
		case begins && open > 0:
			return nil, false, fmt.Errorf("line %d: a solution begins inside the one that began in line %d: end that one first", i+1, open)
		case begins:
			open, found = i+1, true
			kept = append(kept, indent+Stub)
		case ends && open == 0:
			return nil, false, fmt.Errorf("line %d: a solution ends that has not begun: put // %s before it", i+1, begin)
		case ends:
			open = 0
		case open == 0:
			kept = append(kept, line)
		}
	}
	if open > 0 {
		return nil, false, fmt.Errorf("line %d: a solution begins that doesn't end: put // %s after it", open, end)
	}
	return kept, found, nil
}

// cutIndent splits a line into the blanks before its words, and the words.
func cutIndent(line string) (indent, words string) {
	words = strings.TrimLeft(line, " \t")
	return line[:len(line)-len(words)], strings.TrimRight(words, " \t\r")
}
