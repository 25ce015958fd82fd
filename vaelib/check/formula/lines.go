package formula

import "strings"

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
	var lines []string
	trees, _, _ := f.changed(steps...)
	for l, tree := range f.trees {
		if trees[l] == tree {
			continue
		}
		text := trees[l].String()
		if f.names[l] != "" {
			text = f.names[l] + " = " + text
		}
		lines = append(lines, text)
	}
	for _, s := range steps {
		told := false
		for _, tree := range f.trees {
			tree.each(func(n *node) {
				if s.at(n) && !told {
					told = true
					e.Edits = append(e.Edits, Edit{Kind: Replace, Term: n.String(), From: n.String(), To: rebuilt(n, []step{s}).String()})
				}
			})
		}
	}
	e.Formula = strings.Join(lines, " and ")
	e.Values = func(in Inputs) []float64 { return f.compute(trees, &state{in: in, probe: nowhere}, 0) }
	return e
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
