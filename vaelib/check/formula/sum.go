package formula

import (
	"math"
	"slices"
	"strings"

	"vaelab/vaelib/words"
)

// Term is a part of a sum. A term with the coefficient 0 isn't in the right formula: it is one that people confuse with another.
type Term struct {
	Coefficient float64
	Text        string // as Parse reads it; “1” for a constant. It is shown as formulas are written, in the language that is spoken
	Called      string // what people call it; may be empty
}

// Sum is a formula that is a sum of terms with coefficients.
type Sum struct {
	terms   []Term
	trees   []*node
	right   int         // how many of them, the first ones, are in the right formula
	product bool        // its terms are logarithms of factors: see [OfFactors]
	columns [][]float64 // the terms' values at the probes
	weights []float64   // what a probe counts in the fit
}

// OfTerms makes a sum. The terms of the right formula, at most six, come first.
func OfTerms(terms ...Term) *Sum {
	s := &Sum{terms: terms}
	for j, t := range terms {
		s.trees = append(s.trees, Parse(t.Text).trees[0])
		s.terms[j].Text = s.trees[j].String()
		if t.Coefficient != 0 {
			s.right++
		}
	}
	return s
}

// values are a term's values; a factor's, its logarithm.
func (s *Sum) value(j int, in Inputs) float64 {
	x := s.trees[j].value(&state{in: in, probe: nowhere}).x
	if s.product && s.terms[j].Text != "1" {
		return math.Log(math.Abs(x))
	}
	return x
}

// heldOut says whether a probe judges explanations and makes none: every third one does.
func heldOut(probe int) bool { return probe%3 == 2 }

// at computes the terms' values at the probes. A confusion that isn't finite everywhere is left out: no answer with it would be.
func (s *Sum) at(probes []Inputs) *Sum {
	t := &Sum{right: s.right, product: s.product}
	for j := range s.terms {
		column := make([]float64, len(probes))
		finite := true
		for i, in := range probes {
			column[i] = s.value(j, in)
			finite = finite && !math.IsNaN(column[i]) && !math.IsInf(column[i], 0)
		}
		if finite {
			t.terms, t.trees, t.columns = append(t.terms, s.terms[j]), append(t.trees, s.trees[j]), append(t.columns, column)
		}
	}
	for i := range probes {
		size := 0.
		for j := range t.right {
			size = max(size, math.Abs(t.terms[j].Coefficient*t.columns[j][i]))
		}
		t.weights = append(t.weights, 1/(0.1+size))
	}
	return t
}

// Values are the right sum's values at the probes.
func (s *Sum) Values(probes []Inputs) []float64 {
	right := make([]float64, len(s.terms))
	for j := range s.right {
		right[j] = s.terms[j].Coefficient
	}
	values := make([]float64, len(probes))
	for i, in := range probes {
		values[i] = s.total(right, in)
	}
	return values
}

// total is the sum, or the product, with these coefficients.
func (s *Sum) total(coefficients []float64, in Inputs) (total float64) {
	for j, c := range coefficients {
		if c != 0 {
			total += c * s.value(j, in)
		}
	}
	if s.product {
		return math.Exp(total)
	}
	return total
}

// Explain finds the fewest changes, no more than most, that give an answer's values at the probes. There must be only one such set of
// changes. near says whether an answer's value is as good as another.
func (s *Sum) Explain(probes []Inputs, answer []float64, most int, near func(got, want float64) bool) (Explanation, bool) {
	for i, x := range answer {
		if math.IsNaN(x) || math.IsInf(x, 0) || s.product && x <= 0 {
			return Explanation{}, false
		}
		if s.product {
			answer[i] = math.Log(x)
		}
	}
	if s.product {
		of := near
		near = func(got, want float64) bool { return of(math.Exp(got), math.Exp(want)) }
	}
	found := s.at(probes).search(answer, most, near)
	if len(found) != 1 {
		return Explanation{}, false
	}
	return found[0], true
}

// explained reads the edits off the coefficients.
func (s *Sum) explained(c []float64) (e Explanation) {
	write, formula := s.term, s.write
	if s.product {
		write, formula = s.factor, s.writeProduct
	}
	instead, order := s.standIns(c)
	e.Formula = formula(c, order)
	for j, t := range s.terms {
		edit := Edit{Term: s.trees[j].said(), Called: t.Called, From: write(j, t.Coefficient), To: write(j, c[j])}
		switch {
		case c[j] == t.Coefficient || j >= s.right && slices.Contains(instead, j):
			continue
		case j >= s.right:
			edit.Kind, edit.From = Add, ""
		case c[j] == 0 && instead[j] > 0:
			edit.Kind, edit.To = Replace, write(instead[j], c[instead[j]])
		case s.product && (c[j] != 0 || j == 0): // another power, or another constant
			edit.Kind = Replace
		case c[j] == 0:
			edit.Kind, edit.To = Drop, ""
		default:
			edit.Kind, edit.Factor = Rescale, c[j]/t.Coefficient
		}
		e.Edits = append(e.Edits, edit)
	}
	if s.product {
		return e
	}
	return s.whole(e, c, order)
}

// standIns finds the terms that have come in the place of missing ones: each for one with the same coefficient, and one for the only
// missing one. It gives them by the missing one's place, 0 where there is none, and the order in which all are written.
func (s *Sum) standIns(c []float64) (instead, order []int) {
	instead = make([]int, s.right)
	var missing, added []int
	for j := range s.terms {
		if j < s.right && c[j] == 0 && !(s.product && j == 0) {
			missing = append(missing, j)
		}
		if j >= s.right && c[j] != 0 {
			added = append(added, j)
		}
	}
	for _, k := range added {
		at := slices.IndexFunc(missing, func(j int) bool { return s.terms[j].Coefficient == c[k] })
		if at < 0 && len(missing) == 1 {
			at = 0
		}
		if at >= 0 {
			instead[missing[at]] = k
			missing = slices.Delete(missing, at, at+1)
		}
	}
	for j := range s.right {
		order = append(order, j)
		if instead[j] > 0 {
			order[j] = instead[j]
		}
	}
	for _, k := range added {
		if !slices.Contains(instead, k) {
			order = append(order, k)
		}
	}
	return instead, order
}

// whole says in one edit what all terms share.
func (s *Sum) whole(e Explanation, c []float64, order []int) Explanation {
	factor := c[0] / s.terms[0].Coefficient
	for j := range s.right {
		if math.Abs(c[j]/s.terms[j].Coefficient-factor) > 1e-9 {
			return e
		}
	}
	if factor == 1 || factor == 0 || s.right < 2 {
		return e
	}
	right := make([]float64, len(c))
	for j := range s.right {
		right[j] = s.terms[j].Coefficient
	}
	e.Edits = append([]Edit{{Kind: Rescale, Term: s.write(right, order[:s.right]), Called: words.Mark("the whole of the rest"), Factor: factor}}, e.Edits[s.right:]...)
	if len(e.Edits) == 1 {
		e.Edits[0].Called = words.Mark("the whole")
	}
	return e
}

func (s *Sum) term(j int, c float64) string {
	switch text := s.trees[j].said(); {
	case text == "1":
		return Coefficient(c)
	case c == 1:
		return text
	case c == -1:
		return "−" + text
	default:
		return Coefficient(c) + "·" + text
	}
}

// write writes the sum, in an order.
func (s *Sum) write(c []float64, order []int) string {
	var b strings.Builder
	for _, j := range order {
		if c[j] == 0 {
			continue
		}
		text := s.term(j, c[j])
		if b.Len() > 0 {
			if after, negative := strings.CutPrefix(text, "−"); negative {
				text = " − " + after
			} else {
				text = " + " + text
			}
		}
		b.WriteString(text)
	}
	if b.Len() == 0 {
		return "0"
	}
	return b.String()
}
