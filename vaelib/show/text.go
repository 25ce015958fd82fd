package show

import (
	"os"
	"strconv"
	"strings"

	"vaelab/vaelib/claim"
	"vaelab/vaelib/figure"
	"vaelab/vaelib/words"
)

// text is what the notebook's text claims of the numbers that are shown; nil where nothing is to be said of it.
var text *claim.Book

// Notebook says to which notebook of the course the cells belong. From then on, where a cell shows a number that the notebook's text
// tells otherwise, a line below says so: a learner has changed a setting or a seed. It is called by a declaration in the cell of
// the imports, so that it is there in every cell:
//
//	var notebook = show.Notebook(2)
//
// Where the notebook's language can't be spoken, it says why, once in a kernel. While nbgrader grades, nothing is said.
func Notebook(number int) *claim.Book {
	book, err := claim.Open(number)
	if err != nil || Grading() {
		return nil // the text is no business of a learner's program
	}
	text = book
	words.Remember(number) // claims name their numbers by English words
	sayTrouble()
	return book
}

// Grading reports whether nbgrader executes the notebook: its autograder and its validator both set this variable.
func Grading() bool { return os.Getenv("NBGRADER_EXECUTION") != "" }

// OtherBudget ends the comparing of the text with what is shown: with another budget all numbers differ, and that has been said.
func OtherBudget() { text = nil }

// untrue is the line that tells of sentences; it grows while the cell runs.
var untrue struct {
	id    string
	found []string
}

// compare tells which sentences of the text what has been shown makes untrue.
func compare() {
	found := text.Untrue()
	if len(found) == 0 {
		return
	}
	fresh := make([]string, len(found))
	for i, f := range found {
		fresh[i] = f.String()
	}
	untrue.found = append(untrue.found, fresh...)
	if untrue.id == "" {
		untrue.id = "text_" + uniqueID()
	}
	list := untrue.found
	if !here.live() {
		list = fresh // what a terminal shows stays
	}
	line := words.Say("The text was written for other settings where it says %s.", strings.Join(list, words.Say("; ")))
	here.put(untrue.id, noteHTML(line), line)
	here.sync()
}

// compareTable has the text compared with a table: a number's place is its row's first cell and its column's name, in English.
func compareTable(cells [][]string, rows [][]any) {
	if text == nil {
		return
	}
	columns := make([]string, len(cells[0]))
	for j, name := range cells[0] {
		columns[j] = words.English(name)
	}
	for i, row := range rows {
		name := cells[1+i][0]
		if said, ok := row[0].(string); ok {
			name, _ = cell(words.English(said), 0) // with the same minus signs
		}
		for j := 1; j < len(row); j++ {
			if x, ok := leadingNumber(row[j]); ok {
				text.Show(name+figure.Within+columns[j], x)
			}
		}
	}
	compare()
}

// compareNote has the text compared with the numbers of a note: a number's place is the note's first words, in English, and how many
// numbers stand before it.
func compareNote(format string, args []any) {
	if text == nil {
		return
	}
	begins, _, _ := strings.Cut(words.English(format), "%")
	n := 0
	for _, arg := range args {
		if _, isText := arg.(string); isText {
			continue
		}
		if x, ok := leadingNumber(arg); ok {
			n++
			text.Show(strings.TrimSpace(begins)+figure.Within+strconv.Itoa(n), x)
		}
	}
	compare()
}

func compareFigure(f figure.Figure) {
	if text == nil {
		return
	}
	for place, x := range f.Numbers() {
		text.Show(place, x)
	}
	compare()
}

// leadingNumber is a value as a number; of a text, the one that it begins with, such as 0.87 of "0.87 ± 0.01".
func leadingNumber(v any) (x float64, ok bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case float32:
		return float64(v), true
	case int:
		return float64(v), true
	case string:
		v = strings.ReplaceAll(strings.ReplaceAll(v, "−", "-"), ",", "")
		end := strings.IndexFunc(v, func(r rune) bool { return !strings.ContainsRune("+-.0123456789e", r) })
		if end >= 0 {
			v = v[:end]
		}
		x, err := strconv.ParseFloat(v, 64)
		return x, err == nil
	}
	return 0, false
}
