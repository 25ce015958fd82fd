package formula_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"vaelab/vaelib/check/formula"
)

// What Parse reads is what Go computes.
func TestValues(t *testing.T) {
	x, y := 0.7, -1.3
	list := []float64{2, -1, 0.5}
	in := formula.Of("x", x, "y", y, "a", list, "rows", [][]float64{{1, 2, 3}, {4, 5, 7}}, "yes", true)
	for text, want := range map[string][]float64{
		"½·(x·x + y² − 1 − 2·log x)":             {0.5 * (x*x + y*y - 1 - 2*math.Log(x))},
		"x − y − 1":                              {x - y - 1},
		"x − (y − 1)":                            {x - (y - 1)},
		"x/2/y":                                  {x / 2 / y},
		"−x²":                                    {-(x * x)},
		"(−x)²":                                  {x * x},
		"exp(−abs(y)) + √x":                      {math.Exp(-1.3) + math.Sqrt(x)},
		"log₂ x + log₁₀ x + log1p(x)":            {math.Log2(x) + math.Log10(x) + math.Log1p(x)},
		"Σ(a² − 1)":                              {4 + 1 + 0.25 - 3},
		"Σ a/count(a)":                           {0.5},
		"mean(a) + largest(a) + smallest(a)":     {0.5 + 2 - 1},
		"first(a) + last(a) + product(a)":        {2 + 0.5 - 1},
		"median(a)":                              {0.5},
		"Σ rows":                                 {6, 16},
		"Σ(rows − mean(rows))":                   {0, 3*0 + 16 - 16},
		"where(Σ rows > 10)":                     {1},
		"if(yes, x, y)":                          {x},
		"if(x < y, x, y)":                        {y},
		"Σ(if(a > 0, a, 0))":                     {2.5},
		"m := largest(a)\nm + log(Σ exp(a − m))": {math.Log(math.Exp(2) + math.Exp(-1) + math.Exp(0.5))},
		"t := a·x\nΣ t\nlargest(t)":              {1.5 * x, 2 * x},
		"min(x, y) + max(x, y)":                  {x + y},
	} {
		got := formula.Parse(text).Values(in)
		if !slices.EqualFunc(got, want, func(a, b float64) bool { return math.Abs(a-b) < 1e-12 }) {
			t.Errorf("%s is %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{"x +", "(x", "x)", "max(x)", "x ? y", "sinus(x)"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q is read", text)
				}
			}()
			formula.Parse(text)
		}()
	}
}

func kl() *formula.Sum {
	return formula.OfTerms(formula.Term{Coefficient: 0.5, Text: "μ²"}, formula.Term{Coefficient: 0.5, Text: "σ²"},
		formula.Term{Coefficient: -0.5, Text: "1", Called: "the constant"}, formula.Term{Coefficient: -0.5, Text: "log σ²", Called: "the logarithm"},
		formula.Term{Text: "μ"}, formula.Term{Text: "abs(μ)"}, formula.Term{Text: "σ"}, formula.Term{Text: "√σ"}, formula.Term{Text: "1/σ"}, formula.Term{Text: "exp(σ)"})
}

func probes(n int) (list []formula.Inputs) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range n {
		list = append(list, formula.Of("μ", 6*rng.Float64()-3, "σ", 0.2+3*rng.Float64()))
	}
	return list
}

func near(got, want float64) bool {
	return got == want || !math.IsInf(want, 0) && math.Abs(got-want) <= 2e-6+1e-4*math.Abs(want)
}

func values(probes []formula.Inputs, f func(mu, sigma float64) float64) (list []float64) {
	for _, in := range probes {
		list = append(list, f(in["μ"].X(), in["σ"].X()))
	}
	return list
}

// A sum's edits are found one by one and two at once, also in float32, with usual numbers and with odd ones.
func TestSumIsExplained(t *testing.T) {
	at := probes(12)
	for _, c := range []struct {
		f    func(mu, s float64) float64
		says string
	}{
		{func(mu, s float64) float64 { return 0.5*(mu*mu+s*s-1) - 0.5*math.Log(s) },
			"Your answer has the values of ½·μ² + ½·σ² − ½ − ¼·log σ²: the logarithm has half its weight."},
		{func(mu, s float64) float64 {
			return float64(float32(0.5)*(float32(mu)*float32(mu)+float32(s)*float32(s)-1) - float32(0.5*math.Log(s)))
		}, "Your answer has the values of ½·μ² + ½·σ² − ½ − ¼·log σ²: the logarithm has half its weight."},
		{func(mu, s float64) float64 { return 0.5*(mu*mu+s*s-1) + math.Log(s) }, "the logarithm has its sign turned."},
		{func(mu, s float64) float64 { return 0.5*(mu*mu+s*s-1) - math.Log10(s) }, "½/log 10·log σ²: the logarithm has 0.4343 times its weight."},
		{func(mu, s float64) float64 { return 0.5*(mu*mu+s*s-1) - 0.3*math.Log(s*s) }, "the logarithm has 0.6 times its weight."},
		{func(mu, s float64) float64 { return 0.5*(mu*mu+s-1) - math.Log(s) }, "½·σ stands where ½·σ² belongs."},
		{func(mu, s float64) float64 { return 0.5*(math.Abs(mu)+s*s-1) - math.Log(s) }, "½·|μ| stands where ½·μ² belongs."},
		{func(mu, s float64) float64 { return 0.5*(s*s-1) - math.Log(s) }, "the part μ² is missing."},
		{func(mu, s float64) float64 { return 0.5*(mu*mu+s*s) - math.Log(s) }, "the constant is missing."},
		{func(mu, s float64) float64 { return 0.5*(mu*mu+s*s-1) - math.Log(s) + s }, "σ doesn't belong there."},
		{func(mu, s float64) float64 { return 0.5*(math.Abs(mu)+s*s) - math.Log(s) }, "stands where ½·μ² belongs; the constant is missing."},
		{func(mu, s float64) float64 { return mu*mu + s*s - 1 - 2*math.Log(s) }, "the whole has twice its weight."},
		{func(mu, s float64) float64 { return 0.5*mu*mu + s*s - 1 - 2*math.Log(s) }, "the logarithm has twice its weight."},
	} {
		got, ok := kl().Explain(at, values(at, c.f), 2, near)
		if !ok || !strings.HasSuffix(got.Sentence(), c.says) {
			t.Errorf("%q, want %q", got.Sentence(), c.says)
			continue
		}
		for _, in := range probes(40)[12:] { // where nobody has looked
			if want := c.f(in["μ"].X(), in["σ"].X()); math.Abs(got.Values(in)[0]-want) > 1e-4*(1+math.Abs(want)) {
				t.Errorf("%s is %v at %v, and the answer %v", got.Formula, got.Values(in), in, want)
			}
		}
	}
}

// What isn't such a sum isn't explained: not an answer that fits where the fit looks, and fails where it doesn't; not one that
// several explanations fit; not one that is right.
func TestSumIsNotExplained(t *testing.T) {
	at := probes(12)
	held := values(at, func(mu, s float64) float64 { return 0.5*(mu*mu+s*s-1) - 0.5*math.Log(s) })
	held[2] += 0.01 // the third is held out
	for name, answer := range map[string][]float64{
		"an odd one":            values(at, func(mu, s float64) float64 { return math.Sin(mu) + s }),
		"wrong where held out":  held,
		"right":                 kl().Values(at),
		"no number":             values(at, func(mu, s float64) float64 { return math.Log(mu) }),
		"more than two changes": values(at, func(mu, s float64) float64 { return math.Abs(mu) + 0.3*s*s - 0.2 - 0.1*math.Log(s) }),
	} {
		if got, ok := kl().Explain(at, answer, 2, near); ok {
			t.Errorf("%s: %s", name, got.Sentence())
		}
	}
	// With σ = 1 everywhere the part with σ² and the constant can't be told apart.
	var still []formula.Inputs
	for _, in := range at {
		still = append(still, in.With("σ", 1))
	}
	if got, ok := kl().Explain(still, values(still, func(mu, s float64) float64 { return 0.5*mu*mu - 0.5 }), 1, near); ok {
		t.Errorf("one of several explanations is told: %s", got.Sentence())
	}
}

func TestProductIsExplained(t *testing.T) {
	right := formula.OfFactors(0.5, formula.Term{Coefficient: 2, Text: "μ"}, formula.Term{Coefficient: -2, Text: "σ"})
	var at []formula.Inputs
	for _, in := range probes(9) {
		at = append(at, in.With("μ", 1+math.Abs(in["μ"].X())))
	}
	for _, c := range []struct {
		f    func(mu, s float64) float64
		says string
	}{
		{func(mu, s float64) float64 { return mu * mu / (2 * s) }, "½·μ²/σ: 1/σ stands where 1/σ² belongs."},
		{func(mu, s float64) float64 { return mu * mu / 2 * s * s }, "½·μ²·σ²: σ² stands where 1/σ² belongs."},
		{func(mu, s float64) float64 { return mu * mu / 2 }, "½·μ²: the part σ is missing."},
		{func(mu, s float64) float64 { return mu * mu / s / s }, "μ²/σ²: 1 stands where ½ belongs."},
		{func(mu, s float64) float64 { return mu / s / s / 4 }, "¼·μ/σ²: ¼ stands where ½ belongs; μ stands where μ² belongs."},
	} {
		got, ok := right.Explain(at, values(at, c.f), 2, near)
		if !ok || !strings.HasSuffix(got.Sentence(), c.says) {
			t.Errorf("%q, want %q", got.Sentence(), c.says)
		}
	}
	if got, ok := right.Explain(at, values(at, func(mu, s float64) float64 { return -mu }), 2, near); ok {
		t.Errorf("a negative answer: %s", got.Sentence())
	}
}

// Formulas of any kind are explained by what stands in their places.
func TestLinesAreExplained(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	var at []formula.Inputs
	for i := range 9 {
		list := make([]float64, 3+i%3)
		for k := range list {
			list[k] = 2 * rng.NormFloat64()
		}
		at = append(at, formula.Of("a", list, "b", rng.Float64()))
	}
	bound := formula.Parse("m := largest(a)\nm + log(Σ exp(a − m)/count(a))")
	for text, says := range map[string]string{
		"m := largest(a)\nm + log(Σ exp(a − m))":             "m + log Σ e^(a − m) (with m = largest(a)): Σ e^(a − m) stands where Σ e^(a − m)/count(a) belongs.",
		"m := largest(a)\nm − log(Σ exp(a − m)/count(a))":    "count(a)/Σ e^(a − m) stands where Σ e^(a − m)/count(a) belongs.",
		"m := largest(a)\nm + log(Σ exp(a + m)/count(a))":    "a + m stands where a − m belongs.",
		"m := largest(a)\nm + √(Σ exp(a − m)/count(a))":      "√(Σ e^(a − m)/count(a)) stands where log(Σ e^(a − m)/count(a)) belongs.",
		"m := smallest(a)\n2·m + log(Σ exp(a − m)/count(a))": "m = smallest(a) stands where m = largest(a) belongs.",
		"m := first(a)\nm·log(Σ exp(a − m)/count(a))":        "m = first(a) stands where m = largest(a) belongs",
	} {
		wrong := formula.Parse(text)
		var answer [][]float64
		for _, in := range at {
			answer = append(answer, wrong.Values(in))
		}
		got, ok := bound.Explain(at, answer, 2, near)
		if !ok || !strings.Contains(got.Sentence(), says) {
			t.Errorf("%s: %q, want %q", text, got.Sentence(), says)
			continue
		}
		for i, in := range at {
			if x := got.Values(in); !near(answer[i][0], x[0]) {
				t.Errorf("%s: %v, want %v", got.Formula, x, answer[i])
			}
		}
	}
	var right, none [][]float64
	for _, in := range at {
		right, none = append(right, bound.Values(in)), append(none, []float64{math.NaN()})
	}
	for name, answer := range map[string][][]float64{"right": right, "nothing but NaN": none} {
		if got, ok := bound.Explain(at, answer, 2, near); ok {
			t.Errorf("%s: %s", name, got.Sentence())
		}
	}
}

// Formulas are written for people: with the brackets that they need, and no others.
func TestWrittenAsRead(t *testing.T) {
	for text, want := range map[string]string{
		"½·(x·x + y·y − 1 − 2·log x)": "½·(x² + y² − 1 − 2·log x)",
		"x − (y − 1)":                 "x − (y − 1)",
		"x/(2·y·y)":                   "x/(2·y·y)",
		"(x + y)·x":                   "(x + y)·x",
		"Σ(a²)/count(a)":              "Σ a²/count(a)",
		"Σ((a + 1)²)":                 "Σ((a + 1)²)",
		"√(x/2)":                      "√(x/2)",
		"exp(−x/2)":                   "e^(−x/2)",
	} {
		if s := formula.Parse(text).String(); s != want {
			t.Errorf("%s is written %q, want %q", text, s, want)
		}
	}
}
