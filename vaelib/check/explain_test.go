package check

import (
	"math"
	"strings"
	"testing"

	"vaelab/vaelib/check/formula"
)

type ofTwo = func(x, y float64) float64

func twoInputs() *Function[ofTwo] {
	e := &Function[ofTwo]{
		Exercise: Exercise{ID: "Two"},
		Truth:    func(x, y float64) float64 { return x*x + math.Sqrt(y) },
		Formula: Formula[ofTwo]{
			Lines: formula.Parse("x² + √y"), NotNegative: "A sum of such things is never negative.",
			Call: func(f ofTwo, in formula.Inputs) []float64 { return []float64{f(in["x"].X(), in["y"].X())} },
		},
	}
	for i := range 9 {
		x, y := 0.3+0.7*float64(i)-3, 0.2+1.1*float64((i*4)%9)
		e.Formula.Probes = append(e.Formula.Probes, formula.Of("x", x, "y", y))
		e.Points = append(e.Points, Point[ofTwo]{Input: strings.Repeat("·", 9-i), Call: func(f ofTwo) []float64 { return []float64{f(x, y)} }})
	}
	return e
}

// Where nothing explains an answer, a property is named that every right answer has.
func TestBrokenProperties(t *testing.T) {
	odd := func(x, y float64) float64 { return 0.01 * math.Sin(7*x*x+y) }
	for says, f := range map[string]ofTwo{
		"A sum of such things is never negative. Yours is −":  func(x, y float64) float64 { return -1 - x*x*y*y },
		"Your value doesn't change with y, and the true one":  func(x, y float64) float64 { return math.Cosh(x) + odd(x, 0) },
		"The sign of x mustn't count, and with yours it does": func(x, y float64) float64 { return math.Exp(x)*math.Sqrt(y) + math.Exp(y) },
		"Right up to x = −2.7, y = 3.5, and wrong from x = −2.7, y = 4.6 on": func(x, y float64) float64 {
			if y > 4 {
				return x*x + math.Sqrt(y) + 1 + 0.01*math.Sin(x*x*y)
			}
			return x*x + math.Sqrt(y)
		},
		"Not the right value at 9 of 9 inputs. The input below is the simplest that fails: work it out by hand.": func(x, y float64) float64 {
			return math.Cosh(x*x) + 2 + odd(x, y)
		},
	} {
		r := twoInputs().Judge(f)
		if r.State != Wrong || !strings.Contains(r.Diagnosis, says) {
			t.Errorf("%v %q, want %q", r.State, r.Diagnosis, says)
		}
	}
	// The simplest input that fails is the one with the least to read.
	if r := twoInputs().Judge(func(x, y float64) float64 { return math.Cosh(x*x) + 2 }); r.Example.Input != "·" {
		t.Errorf("the example is %q", r.Example.Input)
	}
}

func TestOrderMayNotCount(t *testing.T) {
	type ofList = func(list []float64) float64
	e := &Function[ofList]{Truth: func(list []float64) (sum float64) {
		for _, x := range list {
			sum += x
		}
		return sum
	}, Formula: Formula[ofList]{
		Lines: formula.Parse("Σ a"),
		Call:  func(f ofList, in formula.Inputs) []float64 { return []float64{f(in["a"].Copy())} },
	}}
	for n := range 6 {
		list := make([]float64, n+3)
		for i := range list {
			list[i] = math.Sin(float64(i*i + n))
		}
		e.Formula.Probes = append(e.Formula.Probes, formula.Of("a", list))
		e.Points = append(e.Points, Point[ofList]{Input: "a list", Call: func(f ofList) []float64 { return []float64{f(list)} }})
	}
	r := e.Judge(func(list []float64) (sum float64) {
		for i, x := range list {
			sum += x * math.Sqrt(float64(i+1))
		}
		return sum
	})
	if !strings.HasPrefix(r.Diagnosis, "Your value depends on the order of the list, and the true one doesn't.") {
		t.Errorf("%q", r.Diagnosis)
	}
}
