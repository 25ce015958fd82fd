package formula

import (
	"fmt"
	"math/bits"
	"strings"
)

// search is what a search for an explanation works on.
type search struct {
	*Lines
	probes []Inputs
	answer [][]float64
	near   func(got, want float64) bool
	best   Explanation
	cost   [2]int       // of the best explanation: how much it adds to the formula, and how long it is
	right  uint         // the numbers of the answer that are right, as bits
	places map[int]bool // those that a single step explains it by
	one    [1]step      // memory for a step, for the values of lines, and for what they are computed with
	lines  []Value
	state  state
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
	right, _ := s.values(s.trees, len(s.trees), 0)
	s.right = s.agree(right, s.answer)
	for _, a := range different {
		s.pairs(a, different)
	}
	return s.best, s.best.Edits != nil
}

// pairs tries a step together with each of the others before it. Its own change is made once for all of them: they lie around it or
// elsewhere, and never within.
func (s *search) pairs(a pairable, others []pairable) {
	trees, from, lines := s.changed(a.step)
	once := &Lines{names: s.names, trees: trees}
	buffer := make([]*node, len(trees))
	for _, b := range others {
		switch {
		case b.id == a.id && b.name == a.name || !s.mayGo(a, b):
		case a.name != "" || b.name != "":
			if a.id < b.id || a.id == b.id && a.name < b.name { // of the two orders, one
				s.consider(a.step, b.step)
			}
		case b.id < a.id: // around it, or elsewhere
			copy(buffer, once.trees)
			s.one[0] = b.step
			buffer[b.line] = rebuilt(buffer[b.line], s.one[:])
			first, changed := min(from, b.line), lines|1<<b.line
			for l := first + 1; l < len(buffer); l++ {
				if buffer[l].uses&changed != 0 {
					changed |= 1 << l
				}
			}
			if s.fits(buffer, first, changed) {
				s.consider(a.step, b.step)
			}
		}
	}
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
	if s.lines == nil {
		s.lines = make([]Value, len(trees))
	}
	st := &s.state
	*st = state{changed: changed, lines: s.lines}
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
	if trees[len(trees)-1].word == "number" || !s.fits(trees, from, lines) { // an answer that is one number needs no formula
		return
	}
	if len(steps) == 1 {
		s.places[steps[0].id] = true
	}
	e := s.explained(steps...)
	cost := [2]int{0, s.length(trees)}
	for _, step := range steps {
		alone, _, _ := s.changed(step)
		cost[0] += max(0, size(alone)-size(s.trees))
	}
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

// pairable is a step that may be one of two, with what it does alone to each of the numbers that are asked for, as bits.
type pairable struct {
	step
	moves  uint // it changes this number
	fits   uint // with it alone, this number is the answer's
	silent bool // it changes none, only lines on the way
}

// different leaves out the steps that are rare, those that change no value, and those that have the values of one before them, which
// stands for them.
func (s *search) different(steps []step) (list []pairable) {
	right, rightLines := s.values(s.trees, len(s.trees), 0)
	seen := map[string]bool{}
	for _, step := range steps {
		if step.rare {
			continue
		}
		trees, from, lines := s.changed(step)
		values, key := s.values(trees, from, lines)
		if key != rightLines && !seen[key] {
			seen[key] = true
			p := pairable{step: step}
			p.moves, p.fits = ^s.agree(values, right), s.agree(values, s.answer)
			p.silent = p.moves == 0
			list = append(list, p)
		}
	}
	return list
}

// agree says which numbers, as bits, are the same at the first probes. Where the lists differ in length, none is.
func (s *search) agree(a, b [][]float64) uint {
	all := ^uint(0)
	for i := range a {
		if len(a[i]) != len(b[i]) {
			return 0
		}
		for k := range a[i] {
			if !s.near(a[i][k], b[i][k]) && k < bits.UintSize {
				all &^= 1 << k
			}
		}
	}
	return all
}

// mayGo says whether two steps can explain an answer together: a number that only one of them changes must be the answer's with
// that one alone.
func (s *search) mayGo(a, b pairable) bool {
	if a.silent || b.silent {
		return true
	}
	return a.moves&^b.moves&^a.fits == 0 && b.moves&^a.moves&^b.fits == 0 && ^(a.moves|b.moves|s.right) == 0
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
