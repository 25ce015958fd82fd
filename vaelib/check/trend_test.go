package check

import (
	"math"
	"testing"
)

func TestShape(t *testing.T) {
	for word, values := range map[string][]float64{
		"rises": {1, 2, 1.95, 3}, "falls": {5, 5, 4}, "stays": {100, 101, 99.5}, "rises, then falls": {1, 4, 2}, "falls, then rises": {4, 1, 3, 5},
		"goes up and down": {2, 5, 0, 3}, "can't be told": {1},
	} {
		if got := shape(values); got != word {
			t.Errorf("%v %s, want %s", values, got, word)
		}
	}
	if got := shape([]float64{1, math.NaN()}); got != "can't be told" {
		t.Errorf("NaN %s", got)
	}
}
