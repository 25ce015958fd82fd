package formula

import (
	"fmt"
	"strings"
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
func (f *Lines) Values(in Inputs) []float64 { return f.compute(f.trees, &state{in: in}, 0) }

// compute computes the lines from one on, and gives the numbers of those without a name.
func (f *Lines) compute(trees []*node, s *state, from int) (out []float64) {
	if s.lines == nil {
		s.lines = make([]Value, len(trees))
	}
	for l := range trees {
		if l >= from {
			s.lines[l] = trees[l].value(s)
			if s.strict && !s.lines[l].finite() {
				return nil
			}
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

// step is one change: what becomes of a place, made of what its parts have become.
type step struct {
	line, id int
	become   func(n *node) *node
}

// changed is the formula after some steps.
func (f *Lines) changed(steps ...step) (trees []*node, from int, lines uint64) {
	from = len(f.trees)
	trees = make([]*node, len(f.trees))
	copy(trees, f.trees)
	for _, s := range steps {
		from, lines = min(from, s.line), lines|1<<s.line
	}
	for l := from; l < len(trees); l++ {
		if lines>>l&1 == 1 {
			trees[l] = rebuilt(trees[l], steps)
		} else if trees[l].uses&lines != 0 {
			lines |= 1 << l
		}
	}
	return trees, from, lines
}

// rebuilt makes a place anew if a step lies in it, and else leaves it, with what is known of it.
func rebuilt(n *node, steps []step) *node {
	touched := false
	for _, s := range steps {
		touched = touched || s.id >= n.id && s.id < n.end
	}
	if !touched {
		return n
	}
	m := &node{word: n.word, name: n.name, number: n.number, line: n.line, uses: n.uses}
	if len(n.args) > 0 {
		m.args = make([]*node, len(n.args))
		for i, a := range n.args {
			m.args[i] = rebuilt(a, steps)
		}
	}
	for _, s := range steps {
		if s.id == n.id {
			m = s.become(m)
		}
	}
	return m
}

// Explain finds the fewest changes, one or two, that give an answer's values at the probes: answer[i] are its numbers at probe i.
func (f *Lines) Explain(probes []Inputs, answer [][]float64, most int, near func(got, want float64) bool) (Explanation, bool) {
	g := f.remembered(probes)
	fits := func(trees []*node, from int, changed uint64) bool {
		for i, in := range probes {
			s := &state{in: in, probe: i, changed: changed, strict: true, lines: make([]Value, len(trees))}
			for l := range from {
				s.lines[l] = g.trees[l].known[i]
			}
			out := g.compute(trees, s, from)
			if len(out) != len(answer[i]) {
				return false
			}
			for k := range out {
				if !near(answer[i][k], out[k]) {
					return false
				}
			}
		}
		return true
	}
	if fits(g.trees, len(g.trees), 0) {
		return Explanation{}, false // what is wrong, shows elsewhere
	}
	var best Explanation
	found := map[int]bool{} // the places that a single step explains it by
	consider := func(steps ...step) {
		trees, from, lines := g.changed(steps...)
		if !fits(trees, from, lines) {
			return
		}
		if len(steps) == 1 {
			found[steps[0].id] = true
		}
		if e := g.explained(steps...); best.Edits == nil || len(e.Formula) < len(best.Formula) {
			best = e
		}
	}
	steps := g.steps(inputsOf(probes))
	for _, s := range steps {
		consider(s)
	}
	if g.trees[len(g.trees)-1].word == "where" && len(found) > 1 { // whole numbers tell little
		return Explanation{}, false
	}
	if best.Edits != nil || most < 2 {
		return best, best.Edits != nil
	}
	different := g.different(steps, probes)
	for i, s := range different {
		for _, t := range different[:i] {
			if s.id != t.id {
				consider(t, s)
			}
		}
	}
	return best, best.Edits != nil
}

// different leaves out the steps that change no value, and those that have the values of one before them in the same place.
func (f *Lines) different(steps []step, probes []Inputs) (list []step) {
	right := f.key(step{}, probes[0], f.trees, len(f.trees), 0)
	seen := map[string]bool{}
	for _, s := range steps {
		trees, from, lines := f.changed(s)
		key := f.key(s, probes[0], trees, from, lines)
		if place := fmt.Sprint(s.id, key); key != right && !seen[place] {
			seen[place] = true
			list = append(list, s)
		}
	}
	return list
}

// key writes the values at a probe.
func (f *Lines) key(s step, in Inputs, trees []*node, from int, lines uint64) string {
	st := &state{in: in, changed: lines, lines: make([]Value, len(trees))}
	for l := range from {
		st.lines[l] = f.trees[l].known[0]
	}
	return fmt.Sprintf("%.9g", f.compute(trees, st, from))
}

// explained says what the steps have done.
func (f *Lines) explained(steps ...step) (e Explanation) {
	var lines []string
	for l := range f.trees {
		var here []step
		for _, s := range steps {
			if s.line == l {
				here = append(here, s)
			}
		}
		if len(here) == 0 {
			continue
		}
		text := rebuilt(f.trees[l], here).String()
		if f.names[l] != "" {
			text = f.names[l] + " = " + text
		}
		lines = append(lines, text)
		for _, s := range here {
			f.trees[l].each(func(n *node) {
				if n.id == s.id {
					e.Edits = append(e.Edits, Edit{Kind: Replace, Term: n.String(), From: n.String(), To: rebuilt(n, []step{s}).String()})
				}
			})
		}
	}
	e.Formula = strings.Join(lines, " and ")
	return e
}
