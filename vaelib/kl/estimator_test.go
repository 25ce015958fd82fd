package kl_test

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/kl"
)

// calibrated says whether z scores look like draws from N(0, 1). Each of its three bounds refuses scores that do in
// 1 run of 100,000: the mean (normal), the mean square (chi-squared) and the number beyond ±1.96 (binomial).
func calibrated(zs []float64) error {
	const alarm = 1e-5
	n := float64(len(zs))
	sum, squares, beyond := 0.0, 0.0, 0
	for _, z := range zs {
		sum += z
		squares += z * z
		if math.Abs(z) > 1.959964 {
			beyond++
		}
	}
	if bound := distuv.UnitNormal.Quantile(1 - alarm/2); math.Abs(sum/math.Sqrt(n)) > bound {
		return fmt.Errorf("the mean is %.3f, %.1f standard errors from 0", sum/n, sum/math.Sqrt(n))
	}
	chi := distuv.ChiSquared{K: n}
	if squares < chi.Quantile(alarm/2) || squares > chi.Quantile(1-alarm/2) {
		return fmt.Errorf("the root mean square is %.3f, far from 1", math.Sqrt(squares/n))
	}
	tail := distuv.Binomial{N: n, P: 0.05}
	if tail.CDF(float64(beyond)) < alarm/2 || 1-tail.CDF(float64(beyond)-1) < alarm/2 {
		return fmt.Errorf("%d of %d are beyond ±1.96, far from 1 in 20", beyond, len(zs))
	}
	return nil
}

func estimators() (map[string]kl.Estimator, float64) {
	q := kl.Normal{Mu: 0.3, Sigma: 1.1} // wider than p, so that p/q is bounded and every term has a variance
	exact, _ := q.KL(kl.Standard)
	return map[string]kl.Estimator{
		"LogRatio":    kl.LogRatio(q, kl.Standard),
		"LowVariance": kl.LowVariance(q, kl.Standard),
		"Importance":  kl.Importance(q, kl.Standard, kl.Normal{Mu: 0, Sigma: 1.5}),
		"Expectation": kl.Expectation(q, func(x float64) float64 { return q.LogProb(x) - kl.Standard.LogProb(x) }),
		"Inverse":     kl.LogRatio(kl.Inverse(distuv.Normal{Mu: q.Mu, Sigma: q.Sigma}), distuv.UnitNormal),
	}, exact
}

func TestZScoresLookNormalOver1000Seeds(t *testing.T) {
	all, exact := estimators()
	for name, e := range all {
		t.Run(name, func(t *testing.T) {
			var zs []float64
			refused := 0
			for seed := range uint64(1000) {
				estimate := must[kl.Estimate](t)(e.Estimate(5000, seed))
				v := must[kl.Verdict](t)(estimate.Agrees(exact, 0.05))
				zs = append(zs, v.Z)
				if !v.Agree {
					refused++
				}
			}
			if err := calibrated(zs); err != nil {
				t.Error(err)
			}
			if beyond := 1000 - len(slices.DeleteFunc(slices.Clone(zs), func(z float64) bool { return math.Abs(z) > 1.959964 })); refused != beyond {
				t.Errorf("%d right claims were refused, but %d scores are beyond ±1.96", refused, beyond)
			}
		})
	}
}

// Chunks have streams of their own; their means must be as independent as any samples.
func TestChunksOfOneSeedAreIndependent(t *testing.T) {
	const chunk, chunks = 8192, 1000
	all, exact := estimators()
	var ns []int
	for k := range chunks {
		ns = append(ns, (k+1)*chunk)
	}
	running := must[[]kl.Estimate](t)(all["LogRatio"].Running(ns, 2))
	stdErr := running[chunks-1].StdErr * math.Sqrt(chunks)
	var zs []float64
	before := 0.0
	for k, e := range running {
		sum := e.Value * float64(k+1)
		zs = append(zs, (sum-before-exact)/stdErr)
		before = sum
	}
	if err := calibrated(zs); err != nil {
		t.Error(err)
	}
	// A correlation of independent neighbours is about N(0, 1/n): beyond ±4.42/√n in 1 run of 100,000.
	for lag := 1; lag <= 8; lag *= 2 {
		if r := stat.Correlation(zs[lag:], zs[:chunks-lag], nil); math.Abs(r) > 4.42/math.Sqrt(chunks) {
			t.Errorf("chunks that are %d apart have a correlation of %.3f", lag, r)
		}
	}
}

// calibrated must be able to fail: scores shifted by a quarter or stretched by an eighth are refused.
func TestCalibrationRefusesWrongScores(t *testing.T) {
	for name, change := range map[string]func(z float64) float64{
		"shifted":   func(z float64) float64 { return z + 0.25 },
		"stretched": func(z float64) float64 { return z * 1.125 },
		"shrunk":    func(z float64) float64 { return z / 1.125 },
		"constant":  func(z float64) float64 { return math.Copysign(1, z) },
	} {
		var zs []float64
		for i := range 1000 {
			zs = append(zs, change(distuv.UnitNormal.Quantile((float64(i)+0.5)/1000)))
		}
		if calibrated(zs) == nil {
			t.Errorf("%s scores pass", name)
		}
	}
}

func TestSameNumbersOnAnyNumberOfCores(t *testing.T) {
	all, _ := estimators()
	for name, e := range all {
		var first []kl.Estimate
		for _, cores := range []int{1, 2, 4} {
			before := runtime.GOMAXPROCS(cores)
			got, err := e.Running([]int{2, 100, 8192, 100_003}, 42)
			runtime.GOMAXPROCS(before)
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = got
			} else if !slices.Equal(first, got) {
				t.Errorf("%s on %d cores: %v, on one: %v", name, cores, got, first)
			}
		}
	}
}

func TestRunningIsEstimateAtEachN(t *testing.T) {
	all, _ := estimators()
	ns := []int{2, 3, 511, 512, 513, 8191, 8192, 8193, 20_000, 20_000, 50_001}
	for name, e := range all {
		for i, got := range must[[]kl.Estimate](t)(e.Running(ns, 7)) {
			if want := must[kl.Estimate](t)(e.Estimate(ns[i], 7)); got != want {
				t.Errorf("%s: Running at %d gives %v, Estimate %v", name, ns[i], got, want)
			}
		}
	}
}

func TestEstimateIsMeanAndStandardErrorOfTerms(t *testing.T) {
	all, _ := estimators()
	for name, e := range all {
		terms := must[[]float64](t)(e.Terms(20_000, 3))
		got := must[kl.Estimate](t)(e.Estimate(20_000, 3))
		mean, deviation := stat.MeanStdDev(terms, nil)
		near(t, name+": mean", got.Value, mean, 1e-12)
		near(t, name+": standard error", got.StdErr, stat.StdErr(deviation, 20_000), 1e-12)
		if got.N != 20_000 || (name != "Importance") != (got.ESS == 20_000) {
			t.Errorf("%s: N is %d and ESS %v", name, got.N, got.ESS)
		}
		if other := must[kl.Estimate](t)(e.Estimate(20_000, 4)); other.Value == got.Value {
			t.Errorf("%s: seeds 3 and 4 give the same", name)
		}
	}
}

func TestLowVarianceKeepsItsDigitsNearZero(t *testing.T) {
	q := kl.Normal{Mu: 1e-9, Sigma: 1}
	exact := must[float64](t)(q.KL(kl.Standard)) // 5e-19
	low := must[kl.Estimate](t)(kl.LowVariance(q, kl.Standard).Estimate(100_000, 1))
	if v := must[kl.Verdict](t)(low.Agrees(exact, 1e-6)); !v.Agree || low.StdErr > 0.02*exact {
		t.Error(v)
	}
	terms := must[[]float64](t)(kl.LowVariance(kl.Normal{Mu: 3, Sigma: 1}, kl.Standard).Terms(10_000, 1))
	if least := slices.Min(terms); least < -1e-12 {
		t.Errorf("a term is %v: none may be negative", least)
	}
}

// Weights q/from of normal distributions have ESS/N → (E w)²/E w² with E w² = σf²/(σq √(2σf² − σq²)) for equal means.
func TestEffectiveSampleSize(t *testing.T) {
	for _, sigma := range []float64{1, 1.5, 3} {
		from := kl.Normal{Mu: 0, Sigma: sigma}
		e := must[kl.Estimate](t)(kl.Importance(kl.Standard, kl.Standard, from).Estimate(200_000, 5))
		share := math.Sqrt(2*sigma*sigma-1) / (sigma * sigma)
		near(t, "ESS/N", e.ESS/float64(e.N), share, 0.01)
	}
	narrow := must[kl.Estimate](t)(kl.Importance(kl.Normal{Mu: 4, Sigma: 1}, kl.Standard, kl.Standard).Estimate(100_000, 5))
	if narrow.ESS > 100 {
		t.Errorf("four standard deviations off, the effective sample size is still %v of 100,000", narrow.ESS)
	}
}

func TestWrongFormulasAreRefused(t *testing.T) {
	all, exact := estimators()
	for name, e := range all {
		estimate := must[kl.Estimate](t)(e.Estimate(200_000, 6))
		for what, wrong := range map[string]float64{"sign": -exact, "half": 2 * exact, "zero": 0} {
			if v := must[kl.Verdict](t)(estimate.Agrees(wrong, 1e-6)); v.Agree {
				t.Errorf("%s, wrong %s: %v", name, what, v)
			}
		}
	}
}

func TestWhatCannotBeEstimated(t *testing.T) {
	q, bad := kl.Standard, kl.Normal{Sigma: -1}
	square := kl.Inverse(distuv.Uniform{Min: -1, Max: 1})
	for _, c := range []struct {
		say string
		e   kl.Estimator
		n   int
	}{
		{"n is 1", kl.LogRatio(q, q), 1},
		{"n is -5", kl.LogRatio(q, q), -5},
		{"empty", kl.Estimator{}, 10},
		{"q: Sigma is -1", kl.LogRatio(bad, q), 10},
		{"p: Sigma is -1", kl.LowVariance(q, bad), 10},
		{"q: Sigma is -1", kl.Importance(bad, q, q), 10},
		{"proposal: Sigma is -1", kl.Importance(q, q, bad), 10},
		{"q is nil", kl.LogRatio(nil, q), 10},
		{"p is nil", kl.LogRatio(q, nil), 10},
		{"proposal is nil", kl.Importance(q, q, nil), 10},
		{"function is nil", kl.Expectation(q, nil), 10},
		{"no finite number", kl.Expectation(q, func(float64) float64 { return math.NaN() }), 1000},
		{"no finite number", kl.LogRatio(q, distuv.Normal{Mu: 0, Sigma: -1}), 1000},
		{kl.ErrInfinite.Error(), kl.LogRatio(q, square), 1000},
		{kl.ErrInfinite.Error(), kl.LowVariance(q, square), 1000},
		{kl.ErrInfinite.Error(), kl.Importance(q, square, q), 1000},
		{"every weight is 0", kl.Importance(square, q, kl.Normal{Mu: 1000, Sigma: 1}), 1000},
	} {
		got, err := c.e.Estimate(c.n, 1)
		if err == nil || !strings.Contains(err.Error(), c.say) || got != (kl.Estimate{}) {
			t.Errorf("got %v and the error %q, which should say %q", got, err, c.say)
		}
	}
	if _, err := kl.LogRatio(q, square).Estimate(1000, 1); !errors.Is(err, kl.ErrInfinite) {
		t.Errorf("%v is not ErrInfinite", err)
	}
	for _, ns := range [][]int{nil, {10, 5}, {1, 5}} {
		if _, err := kl.LogRatio(q, q).Running(ns, 1); err == nil {
			t.Errorf("Running(%v) has no error", ns)
		}
	}
}

func TestLogSpaced(t *testing.T) {
	if got, want := kl.LogSpaced(10, 10_000, 4), []int{10, 100, 1000, 10_000}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	dense := kl.LogSpaced(1, 1000, 100)
	if dense[0] != 1 || dense[len(dense)-1] != 1000 || !slices.IsSorted(dense) || len(slices.Compact(slices.Clone(dense))) != len(dense) {
		t.Errorf("not distinct and rising from 1 to 1000: %v", dense)
	}
	for _, got := range [][]int{kl.LogSpaced(0, 5, 3), kl.LogSpaced(5, 4, 3), kl.LogSpaced(1, 5, 0)} {
		if got != nil {
			t.Errorf("got %v for a range that isn't one", got)
		}
	}
}
