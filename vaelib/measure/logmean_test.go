package measure_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"

	"vaelab/vaelib/measure"
)

func logMean(xs ...float64) (m measure.LogMean) {
	for _, x := range xs {
		m.Add(x)
	}
	return m
}

// gonum's log-sum-exp has the whole list; here it comes one by one, in any order, from any height.
func TestLogMean(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, height := range []float64{0, -250, -1e5, 1e5} {
		xs := make([]float64, 3000)
		for i := range xs {
			xs[i] = height + 30*rng.NormFloat64()
		}
		want := floats.LogSumExp(xs) - math.Log(3000)
		near(t, "as it comes", logMean(xs...).Value(), want, 1e-9)
		floats.Argsort(xs, make([]int, len(xs)))
		near(t, "rising", logMean(xs...).Value(), want, 1e-9)
		slices.Reverse(xs)
		near(t, "falling", logMean(xs...).Value(), want, 1e-9)
	}
	near(t, "equal weights", logMean(-800, -800, -800).Value(), -800, 0)
	near(t, "with a weight of 0", logMean(math.Inf(-1), math.Log(3), math.Inf(-1)).Value(), 0, 1e-15)
	if m := logMean(math.Inf(-1), math.Inf(-1)); !math.IsInf(m.Value(), -1) || m.ESS() != 0 {
		t.Errorf("of weights 0 the mean is e^%v, the effective size %v", m.Value(), m.ESS())
	}
	for name, m := range map[string]measure.LogMean{
		"none": {}, "NaN": logMean(1, math.NaN()), "NaN first": logMean(math.NaN(), 1), "+Inf": logMean(0, math.Inf(1)), "+Inf first": logMean(math.Inf(1), 0, 1),
	} {
		if !math.IsNaN(m.Value()) {
			t.Errorf("%s: the value is %v, want NaN", name, m.Value())
		}
	}
}

// ESS and standard error from the weights themselves, which are small enough here.
func TestLogMeanSpread(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	var m measure.LogMean
	var ws []float64
	for range 500 {
		x := rng.NormFloat64()
		m.Add(x - 1000)
		ws = append(ws, math.Exp(x))
	}
	near(t, "ESS", m.ESS(), math.Pow(floats.Sum(ws), 2)/floats.Dot(ws, ws), 1e-9)
	mean, deviation := stat.MeanStdDev(ws, nil)
	near(t, "standard error", m.StdErr(), deviation/math.Sqrt(500)/mean, 1e-12)
	near(t, "ESS of equal weights", logMean(7, 7, 7, 7).ESS(), 4, 1e-15)
	near(t, "standard error of equal weights", logMean(7, 7, 7, 7).StdErr(), 0, 0)
}

func ExampleLogMean() {
	var m measure.LogMean
	for _, logWeight := range []float64{-1000, -1001, -2000} {
		m.Add(logWeight)
	}
	fmt.Printf("log of the mean weight: %.3f, of %.1f effective draws; by hand: log %v\n", m.Value(), m.ESS(), math.Exp(-1000)/3)
	// Output: log of the mean weight: -1000.785, of 1.6 effective draws; by hand: log 0
}
