package notebook

import "vaelab/vaelib/words"

// Hint is what a learner has probably forgotten, where the compiler's words don't say it.
type Hint struct {
	Sign string `json:"sign"` // a part of the compiler's words
	Says string `json:"says"`
}

// Hints are shown after the words that they explain, by exec and on the lab's page.
var Hints = []Hint{ // the first that fits
	{"expected declaration, found '}'", words.Mark("A closing brace is too many.")},
	{"expected declaration, found", words.Mark("A line that declares nothing needs a line above it with %% alone: from there on the cell's lines are run.")},
	{"found 'EOF'", words.Mark("The cell ends too early: is a closing brace or bracket missing?")},
}
