package formula

import (
	"math"
	"strings"

	"vaelab/vaelib/words"
)

// OfFactors makes a product of powers: of a constant, and of factors whose coefficients are their exponents. Its logarithm is a
// sum, and is searched like one. Answers that aren't above 0 it doesn't explain.
func OfFactors(constant float64, factors ...Term) *Sum {
	s := OfTerms(append([]Term{{Coefficient: 1, Text: "1", Called: words.Mark("the constant")}}, factors...)...)
	s.terms[0].Coefficient, s.product = math.Log(constant), true
	return s
}

func logs(list []float64) (out []float64) {
	for _, x := range list {
		if x > 0 {
			out = append(out, math.Log(x))
		}
	}
	return out
}

// factor writes one power.
func (s *Sum) factor(j int, exponent float64) string {
	text := s.trees[j].said()
	if strings.ContainsAny(text, " ·/") && !strings.HasPrefix(text, "(") {
		text = "(" + text + ")"
	}
	switch {
	case j == 0:
		return Coefficient(tidy(math.Exp(exponent)))
	case exponent < 0:
		return "1/" + s.factor(j, -exponent)
	case exponent == 1:
		return text
	case exponent == 2:
		return text + "²"
	case exponent == 0.5:
		return "√" + text
	}
	return text + "^" + Coefficient(exponent)
}

func (s *Sum) writeProduct(c []float64, order []int) string {
	text := s.factor(0, c[0])
	for _, j := range order[1:] {
		switch {
		case c[j] > 0 && text == "1":
			text = s.factor(j, c[j])
		case c[j] > 0:
			text += "·" + s.factor(j, c[j])
		}
	}
	for _, j := range order[1:] {
		if c[j] < 0 {
			text += s.factor(j, c[j])[1:]
		}
	}
	return text
}

// tidy takes off what a logarithm and an exponential have left.
func tidy(x float64) float64 {
	for _, y := range snap(x) {
		if math.Abs(x-y) <= 1e-12*x {
			return y
		}
	}
	return x
}
