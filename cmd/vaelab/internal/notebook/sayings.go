package notebook

import "vaelab/vaelib/words"

// sayings are what the script says of a cell that fails, in the language that is spoken. It fills in what stands in braces.
func sayings() map[string]any {
	hints := make([]Hint, len(Hints))
	for i, h := range Hints {
		hints[i] = Hint{h.Sign, words.Text(h.Says)}
	}
	return map[string]any{
		"hints":    hints,
		"exit":     words.Text("its program ended with exit code {code}"),
		"signal":   words.Text("its program was ended by a signal ({signal})"),
		"line":     words.Text("line {line}"),
		"place":    words.Text("cell {cell}, line {line}"),
		"at":       words.Text("{place}: {message}"),
		"cell":     words.Text("the cell"),
		"language": words.Text("its cells are in {language}, and exec runs those in Go"),
		"late":     words.Text("not done after {seconds} seconds: give it longer with -timeout"),
		"dead":     words.Text("the kernel ended while it ran"),
	}
}
