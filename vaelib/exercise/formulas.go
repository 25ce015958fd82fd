package exercise

import (
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/words"
)

// confused are terms of no right formula: those that people write in the place of another.
func confused(texts ...string) (terms []formula.Term) {
	for _, text := range texts {
		terms = append(terms, formula.Term{Text: text})
	}
	return terms
}

// pairs are probes of two numbers: both signs of the first, and the second, where it is a spread, on both sides of 1 and never 1,
// where too many terms are 0.
func pairs(first, second string, values ...[2]float64) (probes []formula.Inputs) {
	for _, v := range values {
		probes = append(probes, formula.Of(first, v[0], second, v[1]))
	}
	return probes
}

// ofTwoNumbers calls a function with two inputs.
func ofTwoNumbers(first, second string) func(f func(a, b float64) float64, in formula.Inputs) []float64 {
	return func(f func(a, b float64) float64, in formula.Inputs) []float64 {
		return []float64{f(in[first].X(), in[second].X())}
	}
}

// ofTwoLists calls a function with two lists, of which it gets copies.
func ofTwoLists(first, second string) func(f func(a, b []float64) float64, in formula.Inputs) []float64 {
	return func(f func(a, b []float64) float64, in formula.Inputs) []float64 {
		return []float64{f(in[first].Copy(), in[second].Copy())}
	}
}

// listsOf are probes of two lists of the same lengths.
func listsOf(first, second string, a, b func() float64, lengths ...int) (probes []formula.Inputs) {
	for _, n := range lengths {
		x, y := make([]float64, n), make([]float64, n)
		for i := range n {
			x[i], y[i] = a(), b()
		}
		probes = append(probes, formula.Of(first, x, second, y))
	}
	return probes
}

var (
	spreadsToProbe = [][2]float64{{1.5, 0.4}, {-0.7, 2.3}, {0.9, 0.6}, {-2.1, 1.7}, {0.3, 0.25}, {2.6, 3.1},
		{-1.2, 0.8}, {0.45, 1.35}, {-3.3, 0.5}, {1.1, 2.7}, {-0.25, 0.9}, {3.7, 1.2}}
	logsToProbe = [][2]float64{{1.5, -0.9}, {-0.7, 1.3}, {0.9, -0.6}, {-2.1, 0.7}, {0.3, -1.7}, {2.6, 1.6},
		{-1.2, -0.3}, {0.45, 0.35}, {-3.3, -2.4}, {1.1, 2.2}, {-0.25, 0.9}, {3.7, -1.2}}
)

var neverNegative = words.Mark("A KL divergence is never negative.")
