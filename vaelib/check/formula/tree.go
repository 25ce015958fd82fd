package formula

import (
	"math"
	"slices"
)

// node is a place in a formula. Which kind it is, its word says: "number", "input", "line" for the value of a line above,
// "if", and the words of words.go.
type node struct {
	word   string
	name   string // of an input or a line
	number float64
	line   int // which line, where the word is "line"
	args   []*node

	// What [Lines] finds out once, so that a changed formula is computed only where it changes.
	id, end int    // its own number, and one past the last of those below it; 0 for a place that is new
	uses    uint64 // the lines that it depends on, as bits
	known   []Value
}

// Inputs are the values that the names of a formula stand for.
type Inputs map[string]Value

// state is what a formula is computed with.
type state struct {
	in      Inputs
	lines   []Value
	probe   int
	changed uint64 // the lines whose values aren't the right formula's
}

// nowhere is no probe: nothing is known there.
const nowhere = math.MaxInt

func (n *node) value(s *state) Value {
	if n.id > 0 && n.uses&s.changed == 0 && s.probe < len(n.known) {
		return n.known[s.probe]
	}
	switch n.word {
	case "number":
		return Number(n.number)
	case "input":
		v, ok := s.in[n.name]
		if !ok {
			return Number(math.NaN())
		}
		return v
	case "line":
		return s.lines[n.line]
	case "if":
		condition := n.args[0].value(s)
		if condition.list != nil {
			return chosen(condition, n.args[1].value(s), n.args[2].value(s))
		}
		if condition.x != 0 {
			return n.args[1].value(s)
		}
		return n.args[2].value(s)
	}
	a := n.args[0].value(s)
	if len(n.args) == 2 {
		return joined(a, n.args[1].value(s), ofTwo[n.word])
	}
	if f, ok := ofOne[n.word]; ok {
		return a.mapped(f)
	}
	if f, ok := ofList[n.word]; ok {
		return a.reduced(f)
	}
	return changes[n.word](a)
}

// each visits a place and all below it.
func (n *node) each(f func(*node)) {
	f(n)
	for _, a := range n.args {
		a.each(f)
	}
}

// like says whether two formulas are written in the same way.
func (n *node) like(m *node) bool {
	return n.word == m.word && n.name == m.name && n.number == m.number && slices.EqualFunc(n.args, m.args, (*node).like)
}

func number(x float64) *node { return &node{word: "number", number: x} }

func apply(word string, args ...*node) *node { return &node{word: word, args: args} }
