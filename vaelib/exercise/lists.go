package exercise

import (
	"fmt"

	"vaelab/vaelib/check"
	"vaelab/vaelib/words"
)

// twoNamed is an input of two lists by their names. It is said, since of a long list the numbers are counted.
func twoNamed(first, second string, a, b []float64, with ...tag) check.Point[func(a, b []float64) float64] {
	p := twoLists("", a, b, tags(with...)...)
	p.Say = func() string {
		return fmt.Sprintf("%s = %s, %s = %s", first, words.Coordinates(a), second, words.Coordinates(b))
	}
	return p
}
