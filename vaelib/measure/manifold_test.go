package measure_test

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"vaelab/vaelib/measure"
)

func precisionRecall(t *testing.T, real, generated [][]float64, k int, precision, recall float64) {
	t.Helper()
	p, r, err := measure.PrecisionRecall(real, generated, k)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "precision", p, precision, 0)
	near(t, "recall", r, recall, 0)
}

func TestPrecisionRecallKnown(t *testing.T) {
	real := normal(1, 100, 20, 0, 1)
	precisionRecall(t, real, real, 3, 1, 1)
	precisionRecall(t, real, normal(2, 100, 20, 1000, 1), 3, 0, 0)

	// One perfect picture painted 50 times is precise and covers (almost) nothing: its balls have radius 0.
	same := slices.Repeat(real[:1], 50)
	precisionRecall(t, real, same, 3, 1, 0.01)

	// By hand, k = 1. Balls around 0, 1, 4 reach 1, 1, 3; around 2, 7, 9 they reach 5, 2, 2.
	// 2 lies in [0, 2] and [1, 7]; 7 in [1, 7]; 9 in none. 0, 1 and 4 lie in [−3, 7].
	precisionRecall(t, column(0, 1, 4), column(2, 7, 9), 1, 2.0/3, 1)
	// k = 2: the balls around 0, 1, 4 reach 4, 3, 4, up to 8. Those around 2, 70, 90 all hold the three points.
	precisionRecall(t, column(0, 1, 4), column(2, 70, 90), 2, 1.0/3, 1)
	// k = 1 once more: [−100, 100] around 0 holds all three; [−66, 70], [50, 90] and [70, 110] around them miss 300.
	precisionRecall(t, column(0, 100, 101, 300), column(2, 70, 90), 1, 1, 0.75)
}

// The definition, written down without any thought for speed.
func TestManifoldAgainstDefinition(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	distance := func(a, b []float64) float64 {
		sum := 0.0
		for i := range a {
			sum += (a[i] - b[i]) * (a[i] - b[i])
		}
		return math.Sqrt(sum)
	}
	for _, dim := range []int{1, 2, 3, 7, 8, 9, 16, 21} {
		for _, k := range []int{1, 3, 6} {
			centres, queries := normal(rng.Uint64(), 70, dim, 0, 1), normal(rng.Uint64(), 90, dim, 0.3, 1.2)
			inside := 0
			for _, q := range queries {
				if slices.ContainsFunc(centres, func(c []float64) bool {
					var others []float64
					for _, o := range centres {
						if &o[0] != &c[0] {
							others = append(others, distance(c, o))
						}
					}
					slices.Sort(others)
					return distance(q, c) <= others[k-1]
				}) {
					inside++
				}
			}
			m := must[*measure.Manifold](t)(measure.NewManifold(centres, k))
			onCores(func(int) {
				near(t, "share", must[float64](t)(m.Share(queries)), float64(inside)/90, 0)
			})
		}
	}
}

func TestPrecisionRecallRefuses(t *testing.T) {
	good := column(1, 2, 3, 4)
	pr := func(real, generated [][]float64, k int) error {
		_, _, err := measure.PrecisionRecall(real, generated, k)
		return err
	}
	share := func(m *measure.Manifold, rows [][]float64) error { _, err := m.Share(rows); return err }
	m := must[*measure.Manifold](t)(measure.NewManifold(good, 3))
	refused(t, []refusal{
		{"real: the list of points has 3 rows: a ball that reaches to neighbour 3 takes at least 4", pr(good[:3], good, 3)},
		{"generated: the list of points has 0 rows", pr(good, nil, 3)},
		{"k is 0", pr(good, good, 0)},
		{"real: number 0 of row 1 of the points is NaN", pr(column(1, math.NaN(), 3, 4), good, 3)},
		{"generated: number 0 of row 0 of the points is -Inf", pr(good, column(math.Inf(-1), 2, 3, 4), 3)},
		{"row 1 of the points has 2 numbers and row 0 has 1", pr([][]float64{{1}, {1, 2}, {3}, {4}}, good, 3)},
		{"row 0 of the points is empty", pr([][]float64{{}, {}, {}, {}}, good, 3)},
		{"real pictures have 1 features and the generated 2", pr(good, normal(1, 5, 2, 0, 1), 3)},
		{"points have 2 numbers and the manifold's 1", share(m, normal(1, 5, 2, 0, 1))},
		{"has 0 rows", share(m, nil)},
		{"manifold is empty", share(nil, good)},
		{"manifold is empty", share(new(measure.Manifold), good)},
	})
}

// All against all, but no table of all against all: that would take 128 MB here.
func TestNoTableOfDistances(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const n = 4000
	rows := normal(1, n, 4, 0, 1)
	posteriors := vae(n, 4)
	for name, f := range map[string]func() error{
		"PrecisionRecall": func() error { _, _, err := measure.PrecisionRecall(rows, rows, 3); return err },
		"FindHoles":       func() error { _, err := measure.FindHoles(rows, n, 1); return err },
		"SplitKL":         func() error { _, err := measure.SplitKL(posteriors, n, 1); return err },
		"Overlaps":        func() error { _, err := measure.Overlaps(posteriors); return err },
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if err := f(); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > 16<<20 {
			t.Errorf("%s allocates %d MB", name, took>>20)
		}
	}
}
