package formula

import (
	"strings"

	"vaelab/vaelib/words"
)

// How tightly a sign holds its sides together; what isn't here is an atom.
var tightness = map[string]int{"<": 1, "≤": 1, ">": 1, "≥": 1, "=": 1, "+": 2, "−": 2, "·": 3, "/": 3, "²": 5}

// String writes a formula as it is read.
func (n *node) String() string { return plain.write(n) }

// said is the same for the reader.
func (n *node) said() string { return spoken.write(n) }

func (h hand) write(n *node) string {
	switch {
	case n.word == "number":
		return Coefficient(n.number)
	case n.word == "input" || n.word == "line":
		return n.name
	case n.word == "²":
		return h.within(n.args[0], 5, false) + "²"
	case n.word == "√" || n.word == "Σ":
		text := h.within(n.args[0], 4, false)
		if n.word == "Σ" && !strings.HasPrefix(text, "(") {
			return "Σ " + text
		}
		if n.word == "Σ" && !strings.HasSuffix(text, ")") { // (…)² is squared before the sum
			return "Σ(" + text + ")"
		}
		return n.word + text
	case n.word == "·" && n.args[0].word != "number" && n.args[0].like(n.args[1]):
		return h.within(n.args[0], 5, false) + "²"
	case n.word == "−" && len(n.args) == 1:
		return "−" + h.within(n.args[0], 3, false)
	case n.word == "/" && n.args[0].word == "−" && len(n.args[0].args) == 1: // −x/2 and (−x)/2 are the same
		return h.write(n.args[0]) + "/" + h.within(n.args[1], 3, true)
	case len(n.args) == 2 && tightness[n.word] > 0:
		space := " "
		if tightness[n.word] == 3 {
			space = ""
		}
		return h.within(n.args[0], tightness[n.word], false) + space + n.word + space + h.within(n.args[1], tightness[n.word], true)
	case n.word == "abs":
		return "|" + h.write(n.args[0]) + "|"
	case n.word == "log1p":
		return "log(1 + " + h.within(n.args[0], 2, true) + ")"
	case n.word == "xlog":
		return h.within(n.args[0], 4, false) + "·" + h.write(apply("log", n.args[0]))
	case n.word == "exp":
		return "e^" + h.within(n.args[0], 6, false)
	case strings.HasPrefix(n.word, "log"):
		if text := h.within(n.args[0], 5, false); !strings.HasPrefix(text, "(") {
			return n.word + " " + text
		}
	case n.word == "if":
		return h.choice(h.write(n.args[0]), h.write(n.args[1]), h.write(n.args[2]))
	}
	texts := make([]string, len(n.args))
	for i, a := range n.args {
		texts[i] = h.write(a)
	}
	return h.call(n.word, strings.Join(texts, ", "))
}

// within writes a part with the brackets that it needs there.
func (h hand) within(n *node, tight int, onRight bool) string {
	own, binary := tightness[n.word]
	if n.word == "−" && len(n.args) == 1 || n.word == "number" && n.number < 0 {
		own, binary = 2, true
	}
	if binary && (own < tight || own == tight && onRight) {
		return "(" + h.write(n) + ")"
	}
	return h.write(n)
}

var common = []struct {
	x    float64
	text string
}{{0.5, "½"}, {0.25, "¼"}, {0.75, "¾"}, {1. / 3, "⅓"}, {2. / 3, "⅔"}, {1.5, "1½"}, {0.125, "⅛"}}

// Coefficient writes a number as formulas have it: ½, −1, 1/log 2, 0.3.
func Coefficient(x float64) string {
	sign := ""
	if x < 0 {
		sign, x = "−", -x
	}
	for _, c := range common {
		if x == c.x {
			return sign + c.text
		}
	}
	for _, c := range constants {
		if x == c.x {
			return sign + c.text
		}
	}
	return sign + words.Significant(x, 5)
}
