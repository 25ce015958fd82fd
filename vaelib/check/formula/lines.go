package formula

import (
	"slices"
	"strings"

	"vaelab/vaelib/words"
)

// Lines is a formula of any kind, as [Parse] reads it.
type Lines struct {
	names []string
	trees []*node
	size  int // one past the last place's number
}

// number gives each place its number, from 1, and finds out which lines it depends on.
func (f *Lines) number() {
	f.size = 1
	uses := make([]uint64, len(f.trees))
	for l, tree := range f.trees {
		var visit func(n *node)
		visit = func(n *node) {
			n.id = f.size
			f.size++
			if n.word == "line" {
				n.uses = uses[n.line] | 1<<n.line
			}
			for _, a := range n.args {
				visit(a)
				n.uses |= a.uses
			}
			n.end = f.size
		}
		visit(tree)
		uses[l] = tree.uses
	}
}

// Values computes the answer's numbers.
func (f *Lines) Values(in Inputs) []float64 {
	return f.compute(f.trees, &state{in: in, probe: nowhere}, 0)
}

// compute computes the lines from one on, and gives the numbers of those without a name.
func (f *Lines) compute(trees []*node, s *state, from int) (out []float64) {
	if s.lines == nil {
		s.lines = make([]Value, len(trees))
	}
	for l := range trees {
		if l >= from {
			s.lines[l] = trees[l].value(s)
		}
		if f.names[l] == "" {
			out = append(out, s.lines[l].Numbers()...)
		}
	}
	return out
}

// remembered is the formula with its places' values at the probes.
func (f *Lines) remembered(probes []Inputs) *Lines {
	g := &Lines{names: f.names, size: f.size}
	var clone func(n *node) *node
	clone = func(n *node) *node {
		m := *n
		m.args = nil
		for _, a := range n.args {
			m.args = append(m.args, clone(a))
		}
		return &m
	}
	for _, tree := range f.trees {
		g.trees = append(g.trees, clone(tree))
	}
	for i, in := range probes {
		s := &state{in: in, lines: make([]Value, len(g.trees)), probe: i}
		var fill func(n *node)
		fill = func(n *node) {
			for _, a := range n.args {
				fill(a)
			}
			n.known = append(n.known, n.value(s))
		}
		for l, tree := range g.trees {
			fill(tree)
			s.lines[l] = tree.known[i]
		}
	}
	return g
}

// step is one change: what becomes of a place, made of what its parts have become. A step with a name changes an input wherever
// it stands.
type step struct {
	line, id int
	name     string
	become   func(n *node) *node
	rare     bool // tried alone only: with another step it would fit too much, and take too long
}

func (s step) at(n *node) bool {
	return s.id == n.id && n.id > 0 || s.name != "" && n.word == "input" && n.name == s.name
}

// within says whether a step changes a place or one below it.
func (s step) within(n *node) bool {
	if s.name == "" {
		return s.id >= n.id && s.id < n.end
	}
	found := false
	n.each(func(n *node) { found = found || s.at(n) })
	return found
}

// changed is the formula after some steps, with the first line that has changed, and all those that have other values.
func (f *Lines) changed(steps ...step) (trees []*node, from int, lines uint64) {
	from = len(f.trees)
	trees = make([]*node, len(f.trees))
	for l, tree := range f.trees {
		trees[l] = tree
		for _, s := range steps {
			if s.name == "" && s.line == l || s.name != "" && s.within(tree) {
				trees[l] = rebuilt(tree, steps)
				break
			}
		}
		if trees[l] != tree || tree.uses&lines != 0 {
			from, lines = min(from, l), lines|1<<l
		}
	}
	return trees, from, lines
}

// rebuilt makes a place anew if a step lies in it, and else leaves it, with what is known of it.
func rebuilt(n *node, steps []step) *node {
	touched := false
	for _, s := range steps {
		touched = touched || s.within(n)
	}
	if !touched {
		return n
	}
	m := &node{word: n.word, name: n.name, number: n.number, line: n.line, uses: n.uses, id: n.id, end: n.end}
	if len(n.args) > 0 {
		m.args = make([]*node, len(n.args))
		for i, a := range n.args {
			m.args[i] = rebuilt(a, steps)
		}
	}
	for _, s := range steps {
		if s.at(n) {
			m = s.become(m)
		}
	}
	return m
}

// explained says what the steps have done.
func (f *Lines) explained(steps ...step) (e Explanation) {
	trees, _, _ := f.changed(steps...)
	var lines, above []string
	for l, tree := range f.trees {
		if trees[l] != tree {
			lines = append(lines, f.named(spoken, l, trees[l]))
		} else if f.names[l] != "" && slices.ContainsFunc(trees, func(t *node) bool { return !slices.Contains(f.trees, t) && t.uses>>l&1 == 1 }) {
			above = append(above, f.named(spoken, l, tree))
		}
	}
	for _, s := range steps {
		if at, l := f.find(s); at != nil {
			to := rebuilt(at, []step{s})
			edit := Edit{Kind: Replace, Term: at.said(), From: at.said(), To: to.said()}
			switch {
			case signOnly(at, to): // of a long sum, the term whose sign it is
				term := spoken.within(at.args[1], 2, true)
				edit.Term, edit.From, edit.To = term, at.word+" "+term, to.word+" "+term
			case at == f.trees[l]:
				edit.From, edit.To = f.named(spoken, l, at), f.named(spoken, l, to)
			}
			e.Edits = append(e.Edits, edit)
		}
	}
	e.Formula = strings.Join(lines, words.Say(" and "))
	if len(above) > 0 {
		e.Above = strings.Join(above, ", ")
	}
	e.Values = func(in Inputs) []float64 { return f.compute(trees, &state{in: in, probe: nowhere}, 0) }
	return e
}

// signOnly says whether a plus at the end of a long sum has become a minus, or the other way round, and nothing else has changed.
func signOnly(from, to *node) bool {
	sign := func(n *node) bool { return len(n.args) == 2 && (n.word == "+" || n.word == "−") }
	return sign(from) && sign(to) && sign(from.args[0]) && slices.EqualFunc(from.args, to.args, (*node).like)
}

// named writes a line with its name.
func (f *Lines) named(h hand, l int, tree *node) string {
	if f.names[l] == "" {
		return h.write(tree)
	}
	return f.names[l] + " = " + h.write(tree)
}

// length is that of the lines that have changed, whoever reads them.
func (f *Lines) length(trees []*node) (bytes int) {
	for l, tree := range trees {
		if tree == f.trees[l] {
			continue
		}
		if bytes > 0 {
			bytes += len(" and ")
		}
		bytes += len(f.named(plain, l, tree))
	}
	return bytes
}

// find gives the first place that a step changes, and its line. A number alone says little: its place is the one around it.
func (f *Lines) find(s step) (at *node, line int) {
	for l, tree := range f.trees {
		tree.each(func(n *node) {
			around := slices.ContainsFunc(n.args, func(a *node) bool { return a.word == "number" && s.at(a) })
			if at == nil && (s.at(n) || around) {
				at, line = n, l
			}
		})
	}
	return at, line
}

// String writes the formula as it is read, line by line.
func (f *Lines) String() string {
	lines := make([]string, len(f.trees))
	for l, tree := range f.trees {
		lines[l] = tree.String()
		if f.names[l] != "" {
			lines[l] = f.names[l] + " := " + lines[l]
		}
	}
	return strings.Join(lines, "\n")
}
