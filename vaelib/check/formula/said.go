package formula

import "vaelab/vaelib/words"

// hand writes formulas: with the words of their source, by which they are weighed against each other, or with those of the reader.
type hand bool

const (
	plain  hand = false
	spoken hand = true
)

// call writes a word with what it is applied to.
func (h hand) call(word, args string) string {
	if h == plain {
		return word + "(" + args + ")"
	}
	switch word {
	case "mean":
		return words.Say("mean(%s)", args)
	case "largest":
		return words.Say("largest(%s)", args)
	case "smallest":
		return words.Say("smallest(%s)", args)
	case "first":
		return words.Say("first(%s)", args)
	case "last":
		return words.Say("last(%s)", args)
	case "count":
		return words.Say("count(%s)", args)
	case "product":
		return words.Say("product(%s)", args)
	case "median":
		return words.Say("median(%s)", args)
	case "without first":
		return words.Say("without first(%s)", args)
	case "without last":
		return words.Say("without last(%s)", args)
	case "where":
		return words.Say("where(%s)", args)
	case "not":
		return words.Say("not(%s)", args)
	case "and":
		return words.Say("and(%s)", args)
	}
	return word + "(" + args + ")" // mathematics has one word for these everywhere: max, log
}

// choice writes what depends on a condition, in brackets.
func (h hand) choice(condition, then, otherwise string) string {
	if h == plain {
		return "(" + then + " if " + condition + ", else " + otherwise + ")"
	}
	return words.Say("(%s if %s, else %s)", then, condition, otherwise)
}
