// Package formula explains a wrong answer that nobody has listed: it looks for the fewest changes of the right formula that
// give the answer's values.
//
// A formula is written as it is printed, and read by [Parse]:
//
//	½·(μ² + σ² − 1 − 2·log(σ))
//	largest(a) + log(Σ exp(a − largest(a))/count(a))
//
// Two searches share the work. [Sum] knows a formula as a sum of terms with coefficients, and which terms people take for them:
// |μ| for μ², log₁₀ for log. The coefficients of what may have changed are found by least squares, so any number can be found,
// even one that nobody thought of. [Lines] knows a formula as a tree, and tries what can be written in each place of it: another
// operation, another function, another number, one argument alone, the list without its first element. That reaches formulas
// that are no sums: a bound, a standard error, a schedule.
//
// An explanation must hold at every probe, to the rounding of the answer. A sum's coefficients are found from two thirds of the probes
// and must hold at the third that was held out; where several sets of them fit, nothing is said. A tree has no number to fit: of
// several changes that fit, the one that adds the least is told, as what the answer has the values of.
//
// What comes out is a list of [Edit]s, plain values. [Explanation.Sentence] is the one place that makes a sentence of them.
//
// Everything here is safe for use by several goroutines at once, but for a formula that is being made.
package formula
