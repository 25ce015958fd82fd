package formula

import (
	"math"
	"strconv"
)

// constants are numbers that are no fractions, and come up in these formulas.
var constants = []struct {
	x    float64
	text string
}{
	{1 / math.Ln2, "1/log 2"}, {1 / math.Ln10, "1/log 10"}, {0.5 / math.Ln2, "½/log 2"}, {0.5 / math.Ln10, "½/log 10"},
	{0.25 / math.Ln2, "¼/log 2"}, {math.Ln2, "log 2"}, {0.5 * math.Ln2, "½·log 2"}, {0.5 * math.Log(2*math.Pi), "½·log 2π"},
	{math.Log(2 * math.Pi), "log 2π"}, {1 / math.Sqrt(2*math.Pi), "1/√2π"}, {math.Sqrt2, "√2"}, {1 / math.Sqrt2, "1/√2"},
	{math.Pi, "π"}, {2 * math.Pi, "2π"}, {math.E, "e"}, {0.5 * math.E, "½·e"}, {math.Log(math.Pi), "log π"},
}

// close is how far a number that was found by least squares may be from the one that is meant: an answer in float32 has seven
// digits, and its small terms fewer.
const closeness = 2e-3

// snap gives the numbers that a fitted one may stand for, the simplest first: a usual fraction, a usual constant, or the number in
// three digits.
func snap(x float64) []float64 {
	if math.Abs(x) < 1e-3 {
		return []float64{0, round(x)}
	}
	var list []float64
	size := math.Abs(x)
	add := func(usual float64) {
		if math.Abs(size-usual) <= closeness*usual {
			list = append(list, math.Copysign(usual, x))
		}
	}
	for _, part := range []float64{1, 2, 4, 3, 8} { // wholes before halves, halves before quarters
		add(math.Round(size*part) / part)
	}
	for _, c := range constants {
		add(c.x)
	}
	return append(list, round(x))
}

// round keeps three digits.
func round(x float64) float64 {
	y, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 3, 64), 64)
	return y
}
