package exercise

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"vaelab/vaelib/check"
	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/words"
)

func init() {
	type F = func(mu, sigma, noise float64) float64
	trial[func(mu, sigma, noise float64) float64]{of: Reparameterise,
		right: []answer[F]{
			{"noise first", func(m, s, e float64) float64 { return e*s + m }, ""},
			{"float32", func(m, s, e float64) float64 { return float64(float32(m) + float32(s)*float32(e)) }, ""},
			{"another way: by the quantile", func(m, s, e float64) float64 {
				return kl.Normal{Mu: m, Sigma: s}.Quantile(kl.Standard.CDF(e))
			}, ""},
		},
		wrong: []answer[F]{
			{"variance for spread", func(m, s, e float64) float64 { v := math.Pow(s, 2); return m + v*e }, "stretched by σ²"},
			{"sigma as log σ", func(m, s, e float64) float64 { return m + math.Pow(math.E, s)*e }, "as if sigma were log σ"},
			{"sigma as log-variance", func(m, s, e float64) float64 { return m + math.Sqrt(math.Exp(s))*e }, "as if sigma were the log-variance"},
			{"root of sigma", func(m, s, e float64) float64 { return m + math.Pow(s, 0.5)*e }, "√σ"},
			{"no noise", func(m, s, e float64) float64 { return m + 0*s*e }, "autoencoder"},
			{"μ + σ", func(m, s, e float64) float64 { return s + m }, "That is μ + σ"},
			{"noise drawn inside", func(m, s, e float64) float64 { return m + s*rand.NormFloat64() }, "is there chance inside"},
			{"seeded noise drawn inside", func(m, s, e float64) float64 {
				return m + s*rand.New(rand.NewPCG(9, 9)).NormFloat64()
			}, "doesn't change with noise"},
			{"not moved", func(m, s, e float64) float64 { return e * s }, "isn't moved to μ"},
			{"not stretched", func(m, s, e float64) float64 { return float64(float32(m) + float32(e)) }, "σ is not used"},
			{"brackets", func(m, s, e float64) float64 { return s*m + s*e }, "stretched along with the noise"},
			{"exchanged", func(m, s, e float64) float64 { return m*e + s }, "changed places"},
			{"minus", func(m, s, e float64) float64 { return m - e*s }, "slope for σ is −noise"},
			{"half the spread", func(m, s, e float64) float64 { return m + s*e/2 }, "the stretched noise has half its weight"},
		}}.add()

	trials["ReadTheMap"] = tryTheMap
	trials["FromAEToVAE"] = func(t *testing.T) {
		tryTrend(t, FromAEToVAE, [][]float64{{234, 247}}, []string{"rises"},
			surprised{[]string{"falls"}, "You expected that the reconstruction term falls; measured, it rises"},
			surprised{[]string{"stays"}, "term stays; measured, it rises"},
			surprised{[]string{"rises, then falls"}, "term rises, then falls; measured"},
			surprised{[]string{"gets better"}, "“gets better” can't be compared"},
			surprised{[]string{"rises", "falls"}, "2 words for 1 quantities"})
	}
	trials["PCAAgainstAE"] = tryPCA
}

func ring(n int) [][]float64 {
	codes := make([][]float64, n)
	rng := rand.New(rand.NewPCG(2, 2))
	for i := range codes {
		a, r := 2*math.Pi*rng.Float64(), 1.6+0.3*rng.NormFloat64()
		codes[i] = []float64{r * math.Cos(a), r * math.Sin(a)}
	}
	return codes
}

func tryTheMap(t *testing.T) {
	codes := ring(400)
	for _, c := range []struct {
		kind, name string
		point      []float64
		state      check.Outcome
		says       string
	}{
		{"solution", "as shown by Solution()", ReadTheMap.Solve(codes), check.Right, ""},
		{"right", "the middle of the ring", []float64{0, 0}, check.Right, ""},
		{"right", "float32, beside the middle", []float64{float64(float32(0.1)), float64(float32(-0.2))}, check.Right, ""},
		{"wrong", "a picture's own code", codes[7], check.Wrong, "the code of a picture itself"},
		{"wrong", "between two codes of the ring", []float64{1.6, 0}, check.Wrong, "codes near by"},
		{"wrong", "far out", []float64{20, 20}, check.Wrong, "no draw from N(0, I) will come there"},
		{"wrong", "one coordinate", []float64{0}, check.Wrong, "2 coordinates, and yours has 1"},
		{"wrong", "not a number", []float64{0, math.NaN()}, check.Wrong, "not on the map"},
		{"stub", "nil", nil, check.NotAttempted, "two coordinates"},
	} {
		r := ReadTheMap.Judge(c.point, codes)
		if r.State != c.state || !strings.Contains(r.Diagnosis, c.says) {
			t.Errorf("%s: %v: %q, want %v with %q", c.name, r.State, r.Diagnosis, c.state, c.says)
		}
		matrix = append(matrix, row{"ReadTheMap", c.kind, c.name, r.State.String(), r.Diagnosis})
	}
	if r := ReadTheMap.Judge([]float64{3, 3}, append(codes, []float64{3.01, 3})); !strings.Contains(r.Diagnosis, "and codes are near") {
		t.Errorf("beyond the circles, near a code: %q", r.Diagnosis)
	}
	for _, codes := range [][][]float64{nil, {{1, 2, 3}}} {
		if r := ReadTheMap.Judge([]float64{0, 0}, codes); r.State != check.Wrong {
			t.Errorf("with the codes %v: %v", codes, r)
		}
	}
	// As a learner hands it over: a function.
	for _, c := range []struct {
		name  string
		find  func(codes [][]float64) []float64
		state check.Outcome
		says  string
	}{
		{"stub", func([][]float64) []float64 { panic("write me") }, check.NotAttempted, "still to be written"},
		{"no function", nil, check.NotAttempted, "no function"},
		{"panic", func(codes [][]float64) []float64 { return codes[len(codes)] }, check.Crashed, "index out of range"},
		{"another way: of a thousand draws", func(codes [][]float64) (best []float64) {
			rng, farthest := rand.New(rand.NewPCG(1, 1)), 0.0
			for range 1000 {
				z := []float64{rng.NormFloat64(), rng.NormFloat64()}
				nearest := math.Inf(1)
				for _, c := range codes {
					nearest = min(nearest, math.Hypot(z[0]-c[0], z[1]-c[1]))
				}
				if math.Hypot(z[0], z[1]) < 3 && nearest > farthest {
					best, farthest = z, nearest
				}
			}
			return best
		}, check.Right, ""},
		{"a point read off the map", func([][]float64) []float64 { return []float64{0, 0} }, check.Right, ""},
	} {
		if r := ReadTheMap.JudgeFound(c.find, codes); r.State != c.state || !strings.Contains(r.Diagnosis, c.says) {
			t.Errorf("%s: %v: %q, want %v with %q", c.name, r.State, r.Diagnosis, c.state, c.says)
		}
		matrix = append(matrix, row{"ReadTheMap", map[bool]string{true: "right", false: "other"}[c.state == check.Right], c.name, c.state.String(), ""})
	}
	// The limit is FindHoles' own.
	holes, err := measure.FindHoles(codes, 100, 1)
	if err != nil {
		t.Fatal(err)
	}
	if r := ReadTheMap.Judge([]float64{0, 0}, codes); !strings.Contains(r.Tested, words.Significant(holes.Distance, 3)) {
		t.Errorf("%q doesn't name the distance %v", r.Tested, holes.Distance)
	}
}

func tryPCA(t *testing.T) {
	measured := []float64{1.6, 0.8}
	for _, c := range []struct {
		kind   string
		values []float64
		state  check.Outcome
		says   string
	}{
		{"right", []float64{1.6, 0.8}, check.Right, "Within a factor of 1.5"},
		{"right", []float64{1.3, 0.9}, check.Right, "Within a factor of 1.5"},
		{"wrong", []float64{1.6, 1.5}, check.Wrong, "the ratio with 32 numbers lies on the other side of 1"},
		{"wrong", []float64{5, 0.8}, check.Wrong, "the ratio with 2 numbers is smaller than you expected"},
		{"wrong", []float64{1.5, 0.2}, check.Wrong, "the ratio with 32 numbers is larger than you expected"},
		{"wrong", []float64{1.6}, check.Wrong, "1 numbers for 2 quantities"},
		{"wrong", []float64{1.6, -1}, check.Wrong, "can't be −1"},
		{"wrong", []float64{math.NaN(), 1}, check.Wrong, "can't be NaN"},
		{"stub", nil, check.NotAttempted, "Write a number"},
	} {
		r := PCAAgainstAE.Judge(c.values, measured...)
		if r.State != c.state || !strings.Contains(r.Diagnosis, c.says) {
			t.Errorf("%v: %v: %q, want %v with %q", c.values, r.State, r.Diagnosis, c.state, c.says)
		}
		matrix = append(matrix, row{"PCAAgainstAE", c.kind, words.Numbers(c.values), r.State.String(), r.Diagnosis})
	}
	if r := PCAAgainstAE.Judge([]float64{1, 1}, 1); r.State != check.Wrong {
		t.Error("one measurement is compared with two predictions")
	}
}

// surprised is a prediction that a measurement contradicts, or that none can be compared with.
type surprised struct {
	words []string
	says  string
}

func tryTrend(t *testing.T, of *check.Trend, measured [][]float64, right []string, wrong ...surprised) {
	t.Helper()
	judge := func(kind string, words []string, state check.Outcome, says string) {
		r := of.Judge(words, measured...)
		if r.State != state || !strings.Contains(r.Diagnosis, says) {
			t.Errorf("%s: %v: %v: %q, want %v with %q", of.ID, words, r.State, r.Diagnosis, state, says)
		}
		matrix = append(matrix, row{of.ID, kind, strings.Join(words, " | "), r.State.String(), r.Diagnosis})
	}
	if len(wrong) < 4 {
		t.Errorf("%s has %d wrong predictions: at least 4 are needed", of.ID, len(wrong))
	}
	judge("right", right, check.Right, "agrees with your prediction")
	for _, w := range wrong {
		judge("wrong", w.words, check.Wrong, w.says)
	}
	judge("stub", nil, check.NotAttempted, "Write one of")
	judge("stub", []string{""}, check.NotAttempted, "Write one of")
}
