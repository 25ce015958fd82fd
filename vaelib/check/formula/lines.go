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
	m := &node{word: n.word, name: n.name, number: n.number, line: n.line, uses: n.uses}
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

// search is what a search for an explanation works on.
type search struct {
	*Lines
	probes []Inputs
	answer [][]float64
	near   func(got, want float64) bool
	best   Explanation
	cost   [2]int       // of the best explanation: how much it adds to the formula, and how long it is
	places map[int]bool // those that a single step explains it by
}

// Explain finds the fewest changes, one or two, that give an answer's values at the probes: answer[i] are its numbers at probe i. Of
// several that give the same, the one that adds the least is said.
func (f *Lines) Explain(probes []Inputs, answer [][]float64, most int, near func(got, want float64) bool) (Explanation, bool) {
	s := &search{Lines: f.remembered(probes), probes: probes, answer: answer, near: near, places: map[int]bool{}}
	if !telling(answer) || s.fits(s.trees, len(s.trees), 0) {
		return Explanation{}, false // where the answer is right here, what is wrong shows elsewhere
	}
	steps := s.steps(inputsOf(probes))
	for _, step := range steps {
		s.consider(step)
	}
	whole := s.trees[len(s.trees)-1].word == "where"
	if whole && len(s.places) > 1 { // whole numbers tell little
		return Explanation{}, false
	}
	if s.best.Edits != nil || most < 2 || whole {
		return s.best, s.best.Edits != nil
	}
	different := s.different(steps)
	for i, a := range different {
		for _, b := range different[:i] {
			if a.id != b.id || a.name != b.name {
				s.consider(b, a)
			}
		}
	}
	return s.best, s.best.Edits != nil
}

// telling says whether enough of the values are numbers to say something about an answer.
func telling(answer [][]float64) bool {
	finite := 0
	for _, out := range answer {
		if List(out).finite() {
			finite++
		}
	}
	return finite >= 3 && 4*finite >= len(answer)
}

// fits says whether a changed formula has the answer's values.
func (s *search) fits(trees []*node, from int, changed uint64) bool {
	st := &state{changed: changed, lines: make([]Value, len(trees))}
	strict := trees[len(trees)-1].word == "where"
	for i, in := range s.probes {
		st.in, st.probe = in, i
		k := 0
		for l, tree := range trees {
			if l < from {
				st.lines[l] = s.trees[l].known[i]
			} else {
				st.lines[l] = tree.value(st)
			}
			if strict && !st.lines[l].finite() {
				return false
			}
			if s.names[l] != "" {
				continue
			}
			if st.lines[l].list == nil {
				if k >= len(s.answer[i]) || !s.near(s.answer[i][k], st.lines[l].x) {
					return false
				}
				k++
				continue
			}
			for _, x := range st.lines[l].list {
				if k >= len(s.answer[i]) || !s.near(s.answer[i][k], x) {
					return false
				}
				k++
			}
		}
		if k != len(s.answer[i]) {
			return false
		}
	}
	return true
}

func (s *search) consider(steps ...step) {
	trees, from, lines := s.changed(steps...)
	if !s.fits(trees, from, lines) {
		return
	}
	if len(steps) == 1 {
		s.places[steps[0].id] = true
	}
	e := s.explained(steps...)
	cost := [2]int{max(0, size(trees)-size(s.trees)), len(e.Formula)}
	if s.best.Edits == nil || cost[0] < s.cost[0] || cost[0] == s.cost[0] && cost[1] < s.cost[1] {
		s.best, s.cost = e, cost
	}
}

func size(trees []*node) (n int) {
	for _, tree := range trees {
		tree.each(func(*node) { n++ })
	}
	return n
}

// different leaves out the steps that are rare, those that change no value, and those that have the values of one before them in
// the same place. Of several numbers that are asked for, those that are right in the answer must stay as they are.
func (s *search) different(steps []step) (list []step) {
	right, rightLines := s.values(s.trees, len(s.trees), 0)
	stay := map[int]bool{}
	if outputs := len(s.answer[0]); outputs > 1 {
		for k := range outputs {
			stay[k] = true
			for i := range right {
				stay[k] = stay[k] && k < len(s.answer[i]) && s.near(s.answer[i][k], right[i][k])
			}
		}
	}
	seen := map[string]bool{}
next:
	for _, step := range steps {
		if step.rare {
			continue
		}
		trees, from, lines := s.changed(step)
		values, key := s.values(trees, from, lines)
		if key == rightLines || seen[fmt.Sprint(step.id, step.name, key)] {
			continue
		}
		for i := range values {
			for k := range values[i] {
				if len(values[i]) != len(right[i]) || stay[k] && !s.near(values[i][k], right[i][k]) {
					continue next
				}
			}
		}
		seen[fmt.Sprint(step.id, step.name, key)] = true
		list = append(list, step)
	}
	return list
}

// values are a changed formula's values at the first probes. The values of all lines, written down, tell steps apart: one that
// changes a line and not the answer may do so together with another.
func (s *search) values(trees []*node, from int, lines uint64) (values [][]float64, key string) {
	var b strings.Builder
	for i, in := range s.probes[:min(4, len(s.probes))] {
		st := &state{in: in, probe: i, changed: lines, lines: make([]Value, len(trees))}
		for l := range from {
			st.lines[l] = s.trees[l].known[i]
		}
		values = append(values, s.compute(trees, st, from))
		for _, v := range st.lines {
			fmt.Fprintf(&b, "%.9g ", v.Numbers())
		}
	}
	return values, b.String()
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
