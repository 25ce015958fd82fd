package formula

import (
	"maps"
	"slices"
	"strings"
)

// Words that people take for one another.
var (
	signs       = []string{"+", "−", "·", "/"}
	comparisons = []string{"<", "≤", ">", "≥", "="}
	extremes    = []string{"max", "min"}
	functions   = []string{"exp", "log", "√", "abs", "²", "log1p", "log₂", "log₁₀", "−", "sigmoid", "floor"}
	reductions  = []string{"Σ", "mean", "largest", "smallest", "first", "last", "median", "product", "count"}
)

// inputsOf are the names of the inputs, with how much each holds: 0 for a number, 1 for a list, 2 for a table.
func inputsOf(probes []Inputs) map[string]int {
	kinds := map[string]int{}
	for name, v := range probes[0] {
		switch {
		case v.rows > 0:
			kinds[name] = 2
		case v.list != nil:
			kinds[name] = 1
		default:
			kinds[name] = 0
		}
	}
	return kinds
}

// steps are all changes that are tried, the likeliest first within each place.
func (f *Lines) steps(inputs map[string]int) (list []step) {
	names := slices.Sorted(maps.Keys(inputs))
	for l, tree := range f.trees {
		tree.each(func(n *node) {
			p := &place{line: l, n: n, list: &list}
			switch {
			case n.word == "number":
				for i, x := range numbersFor(n.number) {
					p.become(i > 7, func(*node) *node { return number(x) })
				}
				return
			case n.word == "input" || n.word == "line":
				for _, name := range names {
					if name != n.name && n.word == "input" && inputs[name] == inputs[n.name] {
						p.become(false, func(*node) *node { return &node{word: "input", name: name} })
					}
				}
				for earlier := range l {
					if f.names[earlier] != "" && (earlier != n.line || n.word == "input") {
						p.become(true, func(*node) *node {
							return &node{word: "line", name: f.names[earlier], line: earlier, uses: f.trees[earlier].uses | 1<<earlier}
						})
					}
				}
				for _, w := range functions[:5] {
					p.become(true, func(n *node) *node { return apply(w, n) })
				}
			case n.word == "if":
				p.part(1)
				p.part(2)
				p.become(false, func(n *node) *node { return apply("if", n.args[0], n.args[2], n.args[1]) })
				return
			case slices.Contains(comparisons, n.word):
				p.another(false, comparisons)
				p.become(false, func(*node) *node { return number(0) })
				p.become(false, func(*node) *node { return number(1) })
				return
			case slices.Contains(extremes, n.word):
				p.another(false, extremes)
				p.part(0)
				p.part(1)
				p.another(true, signs)
			case len(n.args) == 2:
				p.part(0)
				p.part(1)
				p.another(false, signs)
				p.become(false, func(n *node) *node { return apply(n.word, n.args[1], n.args[0]) })
			case slices.Contains(reductions, n.word):
				p.another(false, reductions)
				for _, w := range []string{"without first", "without last", "abs"} {
					p.become(false, func(n *node) *node { return apply(n.word, apply(w, n.args[0])) })
				}
			case ofOne[n.word] != nil:
				p.part(0)
				p.another(false, functions)
			}
			p.anywhere()
		})
	}
	return append(list, f.misread(inputs)...)
}

// place collects the steps at a place.
type place struct {
	line int
	n    *node
	list *[]step
}

func (p *place) become(rare bool, how func(n *node) *node) {
	*p.list = append(*p.list, step{line: p.line, id: p.n.id, become: how, rare: rare})
}

// another puts other words in the place of its own.
func (p *place) another(rare bool, words []string) {
	for _, w := range words {
		if w != p.n.word {
			p.become(rare, func(n *node) *node { return apply(w, n.args...) })
		}
	}
}

// part leaves one of its parts alone.
func (p *place) part(i int) { p.become(false, func(n *node) *node { return n.args[i] }) }

// anywhere is what may be done to any part of a formula.
func (p *place) anywhere() {
	for _, x := range []float64{2, -1, 0, 0.5} {
		p.become(x == 0.5 || len(p.n.args) == 0 && x <= 0, func(n *node) *node { return apply("·", number(x), n) })
	}
	for _, w := range []string{"²", "√"} {
		p.become(true, func(n *node) *node { return apply(w, n) })
	}
	for _, sign := range []string{"+", "−"} {
		p.become(len(p.n.args) == 0 || !strings.ContainsAny(p.n.word, "Σ/·"), func(n *node) *node { return apply(sign, n, number(1)) })
	}
	p.become(true, func(*node) *node { return number(1) })
	p.become(p.n.word != "input", func(n *node) *node { return apply("/", number(1), n) })
}

// misread are the steps that take an input for something else wherever it stands: a variance for a spread, one list for another.
func (f *Lines) misread(inputs map[string]int) (list []step) {
	for _, name := range slices.Sorted(maps.Keys(inputs)) {
		add := func(rare bool, how func(n *node) *node) {
			list = append(list, step{name: name, become: how, rare: rare})
		}
		for _, other := range slices.Sorted(maps.Keys(inputs)) {
			if other != name && inputs[other] == inputs[name] {
				add(inputs[name] == 0, func(*node) *node { return &node{word: "input", name: other} })
			}
		}
		for _, w := range []string{"√", "²", "exp", "log", "abs", "−"} {
			add(true, func(n *node) *node { return apply(w, n) })
		}
		if inputs[name] == 1 {
			for _, w := range []string{"without first", "without last"} {
				add(false, func(n *node) *node { return apply(w, n) })
			}
		}
		for _, x := range []float64{2, 0.5} {
			add(true, func(n *node) *node { return apply("·", number(x), n) })
		}
	}
	return list
}

// numbersFor are the numbers that may stand where another belongs.
func numbersFor(x float64) (list []float64) {
	for _, y := range []float64{x / 2, 2 * x, -x, 0, 1, x + 1, x - 1, x / 4, 4 * x, 0.5, 2, x / 10, 10 * x, 3 * x} {
		if y != x && !slices.Contains(list, y) {
			list = append(list, y)
		}
	}
	return list
}
