package check

import (
	"math"
	"testing"
)

// Right answers are right at any tolerance a learner's float32 needs, and no tolerance hides NaN or infinity.
func TestTolerance(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		got, want float64
		near      bool
	}{{1.00005, 1, true}, {1.0002, 1, false}, {1e-6, 0, true}, {1e-5, 0, false}, {nan, nan, true}, {nan, 1, false}, {1, nan, false},
		{inf, inf, true}, {-inf, inf, false}, {inf, 1e300, false}, {1e300, inf, false}} {
		if usual.near(c.got, c.want) != c.near {
			t.Errorf("that %v is near %v is %v", c.got, c.want, !c.near)
		}
	}
	if usual.allNear([]float64{1}, []float64{1, 2}) {
		t.Error("lists of different lengths are near")
	}
}
