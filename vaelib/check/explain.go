package check

import (
	"math"
	"slices"

	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/words"
)

// Formula is what the right answer of an exercise is made of, so that a wrong one that nobody has listed can be explained: by the
// fewest changes of the formula that give its values, at probes that are made for telling terms apart. The zero Formula explains
// nothing. One with probes must have Call, and Lines or a sum for each output; where it has Lines, they also show which properties
// a right answer has. An answer is called at the probes, and at inputs made of them, only when it is known to be wrong.
type Formula[F any] struct {
	Lines  *formula.Lines // the whole of it
	Sums   []*formula.Sum // where an output is a sum of terms, that sum; one for each output, or none
	Probes []formula.Inputs
	Call   func(f F, in formula.Inputs) []float64
	// NotNegative says why no value may be below 0, for instance “A KL divergence is never negative.”; empty where one may.
	NotNegative string
}

// explain looks for changes of the formula that give an answer's values.
func (e *Function[F]) explain(f F, most int, tolerance Tolerance) (says string, found formula.Explanation) {
	about := e.Formula
	if about.Call == nil {
		return "", found
	}
	probed := about.values(f)
	for most := range most {
		most++
		if says, found := e.explainSums(probed, most, tolerance); says != "" {
			return says, found
		}
		if about.Lines == nil {
			continue
		}
		if found, ok := about.Lines.Explain(about.Probes, probed, most, tolerance.near); ok {
			return found.Sentence(), found
		}
	}
	return "", found
}

// values are the answer's values at the probes.
func (a *Formula[F]) values(f F) [][]float64 {
	values := make([][]float64, len(a.Probes))
	for i, in := range a.Probes {
		values[i] = a.Call(f, in)
	}
	return values
}

// explainSums explains each output that is wrong by itself.
func (e *Function[F]) explainSums(probed [][]float64, most int, tolerance Tolerance) (says string, found formula.Explanation) {
	var sentences []string
	values := make([]func(in formula.Inputs) []float64, len(e.Formula.Sums)) // of each output
	for k, sum := range e.Formula.Sums {
		answer := make([]float64, len(probed))
		for i, out := range probed {
			if len(out) != len(e.Formula.Sums) {
				return "", found
			}
			answer[i] = out[k]
		}
		values[k] = func(in formula.Inputs) []float64 { return sum.Values([]formula.Inputs{in}) }
		if tolerance.allNear(answer, sum.Values(e.Formula.Probes)) {
			continue
		}
		one, ok := sum.Explain(e.Formula.Probes, answer, most, tolerance.near)
		if !ok {
			return "", found
		}
		found.Edits, values[k] = append(found.Edits, one.Edits...), one.Values
		sentence := one.Sentence()
		if len(e.Outputs) > k {
			sentence = words.Say("The %s: %s", words.Text(e.Outputs[k]), sentence)
		}
		sentences = append(sentences, sentence)
	}
	found.Values = func(in formula.Inputs) (out []float64) {
		for _, value := range values {
			out = append(out, value(in)...)
		}
		return out
	}
	return words.Sentences(sentences...), found
}

// broken tells of a property that every right answer has and this one lacks. The right formula shows which these are.
func (e *Function[F]) broken(f F, tolerance Tolerance) string {
	about := e.Formula
	if about.Call == nil || about.Lines == nil || len(about.Probes) == 0 {
		return ""
	}
	for _, in := range about.Probes {
		if at := about.Call(f, in); about.NotNegative != "" && slices.ContainsFunc(at, func(x float64) bool { return x < -tolerance.Absolute }) {
			return words.Sentences(words.Text(about.NotNegative), words.Say("Yours is %s at %s.", e.format(at), in))
		}
	}
	names := about.Probes[0].Names()
	for _, name := range names {
		if says := about.unmoved(f, name, tolerance); says != "" {
			return says
		}
	}
	for _, name := range names {
		if says := about.uneven(f, name, tolerance); says != "" {
			return says
		}
	}
	if !about.same(f, formula.Inputs.Reversed, tolerance) {
		return words.Say("Your value depends on the order of the list, and the true one doesn't.")
	}
	for _, name := range names {
		if says := about.upTo(f, name, tolerance); says != "" {
			return says
		}
	}
	return ""
}

// same says whether an answer stays as it is wherever the true value stays as it is.
func (a *Formula[F]) same(f F, change func(formula.Inputs) formula.Inputs, tolerance Tolerance) bool {
	for _, in := range a.Probes {
		other := change(in)
		if tolerance.allNear(a.Lines.Values(in), a.Lines.Values(other)) && !tolerance.allNear(a.Call(f, in), a.Call(f, other)) {
			return false
		}
	}
	return true
}

// along are the values that an input takes among the probes, in order, each with all other inputs as in one of them.
func (a *Formula[F]) along(from formula.Inputs, name string) (inputs []formula.Inputs) {
	for _, x := range formula.Spread(a.Probes, name) {
		inputs = append(inputs, from.With(name, x))
	}
	return inputs
}

// unmoved notices that an answer doesn't look at one of its inputs.
func (a *Formula[F]) unmoved(f F, name string, tolerance Tolerance) string {
	moves := false
	for _, from := range a.Probes {
		for _, in := range a.along(from, name) {
			if !tolerance.allNear(a.Call(f, in), a.Call(f, from)) {
				return ""
			}
			moves = moves || !tolerance.allNear(a.Lines.Values(in), a.Lines.Values(from))
		}
	}
	if !moves {
		return ""
	}
	return words.Say("Your value doesn't change with %s, and the true one does.", name)
}

// uneven notices that the sign of an input counts where it mustn't.
func (a *Formula[F]) uneven(f F, name string, tolerance Tolerance) string {
	turned := func(in formula.Inputs) formula.Inputs { return in.Negative(name) }
	for _, in := range a.Probes {
		if x := in[name].X(); x == 0 || !tolerance.allNear(a.Lines.Values(in), a.Lines.Values(turned(in))) {
			return ""
		}
	}
	for _, in := range a.Probes {
		here, there := a.Call(f, in), a.Call(f, turned(in))
		if !slices.ContainsFunc(append(here, there...), math.IsNaN) && !tolerance.allNear(here, there) {
			return words.Say("The sign of %[1]s mustn't count, and with yours it does: compare %[1]s and −%[1]s.", name)
		}
	}
	return ""
}

// upTo finds the place where an answer begins to be wrong.
func (a *Formula[F]) upTo(f F, name string, tolerance Tolerance) string {
	inputs := a.along(a.Probes[0], name)
	if len(inputs) < 4 {
		return ""
	}
	var right []bool
	for _, in := range inputs {
		right = append(right, tolerance.allNear(a.Call(f, in), a.Lines.Values(in)))
	}
	turn := slices.IndexFunc(right, func(r bool) bool { return r != right[0] })
	if turn < 2 || turn > len(right)-2 || slices.Contains(right[turn:], right[0]) {
		return ""
	}
	if right[0] {
		return words.Say("Right up to %s, and wrong from %s on: look for a limit in between.", inputs[turn-1], inputs[turn])
	}
	return words.Say("Wrong up to %s, and right from %s on: look for a limit in between.", inputs[turn-1], inputs[turn])
}
