package formula

import (
	"maps"
	"slices"
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
			become := func(how func(n *node) *node) { list = append(list, step{line: l, id: n.id, become: how}) }
			another := func(words []string) {
				for _, w := range words {
					if w != n.word {
						become(func(n *node) *node { return apply(w, n.args...) })
					}
				}
			}
			part := func(i int) { become(func(n *node) *node { return n.args[i] }) }
			times := func(x float64) { become(func(n *node) *node { return apply("·", number(x), n) }) }
			switch {
			case n.word == "number":
				for _, x := range numbersFor(n.number) {
					become(func(*node) *node { return number(x) })
				}
				return
			case n.word == "input" || n.word == "line":
				for _, name := range names {
					if name != n.name && n.word == "input" && inputs[name] == inputs[n.name] {
						become(func(*node) *node { return &node{word: "input", name: name} })
					}
				}
				for earlier := range l {
					if earlier != n.line || n.word == "input" {
						become(func(*node) *node {
							return &node{word: "line", name: f.names[earlier], line: earlier, uses: f.trees[earlier].uses | 1<<earlier}
						})
					}
				}
				for _, w := range functions[:5] {
					become(func(n *node) *node { return apply(w, n) })
				}
			case n.word == "if":
				part(1)
				part(2)
				become(func(n *node) *node { return apply("if", n.args[0], n.args[2], n.args[1]) })
			case slices.Contains(comparisons, n.word):
				another(comparisons)
				become(func(*node) *node { return number(0) })
				become(func(*node) *node { return number(1) })
				return
			case slices.Contains(extremes, n.word):
				another(extremes)
				part(0)
				part(1)
				another(signs)
			case len(n.args) == 2:
				part(0)
				part(1)
				another(signs)
				become(func(n *node) *node { return apply(n.word, n.args[1], n.args[0]) })
			case slices.Contains(reductions, n.word):
				another(reductions)
				for _, w := range []string{"without first", "without last", "abs"} {
					become(func(n *node) *node { return apply(n.word, apply(w, n.args[0])) })
				}
			case ofOne[n.word] != nil:
				part(0)
				another(functions)
			}
			for _, x := range []float64{2, 0.5, -1, 0} {
				times(x)
			}
			for _, w := range []string{"²", "√"} {
				become(func(n *node) *node { return apply(w, n) })
			}
			become(func(*node) *node { return number(1) })
			become(func(n *node) *node { return apply("+", n, number(1)) })
			become(func(n *node) *node { return apply("−", n, number(1)) })
			become(func(n *node) *node { return apply("/", number(1), n) })
		})
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
