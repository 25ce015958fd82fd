package kl

import (
	"math"

	"vaelab/vaelib/words"
)

// ErrInfinite is returned where a divergence or a cross-entropy is +∞: q has density where p has none.
var ErrInfinite = words.Errorf("the result is +∞: q has density where p has none")

// validator is a density that can tell whether its parameters make sense.
type validator interface{ Validate() error }

// check validates q and p as far as they can be validated; densities of other packages are judged by what they answer.
func check(q, p Density) error {
	if err := checkOne("q", q); err != nil {
		return err
	}
	return checkOne("p", p)
}

func checkOne(name string, d Density) error {
	if d == nil {
		return words.Errorf("%s is nil: a density is needed", name)
	}
	if v, ok := d.(validator); ok {
		if err := v.Validate(); err != nil {
			return words.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// finite reports a number that no formula here can take.
func finite(name string, x float64) error {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return words.Errorf("%s is %v: it must be a finite number", name, x)
	}
	return nil
}

// positive reports a spread that no normal distribution has.
func positive(name string, sigma float64) error {
	if !(sigma > 0) || math.IsInf(sigma, 1) {
		return words.Errorf("%s is %v: a standard deviation must be positive and finite (from a log-variance s it is exp(s/2))", name, sigma)
	}
	return nil
}
