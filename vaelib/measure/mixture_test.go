package measure_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
)

// heaps is a mixture of three in two dimensions, one of them slanted, far enough apart that nearly every point tells its own.
func heaps() measure.Mixture {
	return measure.Mixture{
		Weights: []float64{0.2, 0.3, 0.5},
		Components: []measure.Gaussian{
			diagonal([]float64{-6, 0}, 1, 0.25),
			{Mean: []float64{0, 5}, Covariance: mat.NewSymDense(2, []float64{1, 0.8, 0.8, 1})},
			diagonal([]float64{6, -2}, 0.04, 4),
		},
	}
}

// One component is the Gaussian of all rows: its covariance is divided by n, FitGaussian's by n − 1.
func TestMixtureOfOneIsTheGaussian(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, dim := range []int{1, 2, 5, 16} {
		rows := must[[][]float64](t)(random(rng, dim).Sample(200, 3))
		for i := range rows {
			rows[i][0] = 1000 + 0.01*rows[i][0] // far away, in other units
		}
		g := must[measure.Gaussian](t)(measure.FitGaussian(rows))
		m := must[measure.Mixture](t)(measure.FitMixture(rows, 1, 7))
		if len(m.Components) != 1 || m.Weights[0] != 1 || m.Dim() != dim {
			t.Fatalf("the mixture has the weights %v and %d dimensions", m.Weights, m.Dim())
		}
		for i := range dim {
			near(t, "mean", m.Components[0].Mean[i], g.Mean[i], 1e-12*(1+math.Abs(g.Mean[i])))
			for j := range dim {
				unit := math.Sqrt(g.Covariance.At(i, i) * g.Covariance.At(j, j))
				near(t, "covariance", m.Components[0].Covariance.At(i, j)/unit, g.Covariance.At(i, j)/unit*199/200, 1e-10)
			}
		}
	}
}

// A known mixture is found again: every number within five of its standard errors, which are those of points that tell their component.
func TestFitMixtureFindsTheMixture(t *testing.T) {
	const n = 20_000
	truth := heaps()
	rows := must[[][]float64](t)(truth.Sample(n, 11))
	for _, seed := range []uint64{1, 2, 3} {
		m := must[measure.Mixture](t)(measure.FitMixture(rows, 3, seed))
		order := []int{0, 1, 2}
		slices.SortFunc(order, func(a, b int) int { return cmp.Compare(m.Components[a].Mean[0], m.Components[b].Mean[0]) })
		for k, found := range order {
			w, g := truth.Weights[k], truth.Components[k]
			near(t, "weight", m.Weights[found], w, 5*math.Sqrt(w*(1-w)/n))
			for i := range 2 {
				v := g.Covariance.At(i, i)
				near(t, "mean", m.Components[found].Mean[i], g.Mean[i], 5*math.Sqrt(v/(w*n)))
				for j := range 2 {
					c := g.Covariance.At(i, j)
					near(t, "covariance", m.Components[found].Covariance.At(i, j), c, 5*math.Sqrt((v*g.Covariance.At(j, j)+c*c)/(w*n)))
				}
			}
		}
		if again := must[measure.Mixture](t)(measure.FitMixture(rows, 3, seed)); !reflect.DeepEqual(again, m) {
			t.Errorf("seed %d gives another mixture the second time", seed)
		}
	}
}

// Two heaps that lie in each other: the fit is at least as likely as the mixture that the points came from, and by hardly more than its
// eleven numbers can fit of the noise (half a nat each is expected, in all).
func TestFitMixtureOfHeapsInEachOther(t *testing.T) {
	const n = 5000
	truth := measure.Mixture{Weights: []float64{1, 2}, Components: []measure.Gaussian{diagonal([]float64{0, 0}, 1, 1), diagonal([]float64{1.5, 0}, 0.1, 4)}}
	rows := must[[][]float64](t)(truth.Sample(n, 5))
	m := must[measure.Mixture](t)(measure.FitMixture(rows, 2, 1))
	gain := n * (must[kl.Estimate](t)(m.MeanLogProb(rows)).Value - must[kl.Estimate](t)(truth.MeanLogProb(rows)).Value)
	if !(gain > 0 && gain < 25) {
		t.Errorf("the fit is likelier by %v nats in all", gain)
	}
}

// The log-density against distmv's, and its integral against 1.
func TestMixtureLogProbs(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	for _, dim := range []int{1, 2, 3, 7} {
		m := measure.Mixture{Weights: []float64{3, 0.5, 0, 1}}
		var other []*distmv.Normal
		for range m.Weights {
			g := random(rng, dim)
			m.Components = append(m.Components, g)
			n, ok := distmv.NewNormal(g.Mean, g.Covariance, nil)
			if !ok {
				t.Fatal("no normal distribution")
			}
			other = append(other, n)
		}
		var rows [][]float64
		for range 100 {
			row := make([]float64, dim)
			for j := range row {
				row[j] = math.Exp(3*rng.Float64()) * rng.NormFloat64()
			}
			rows = append(rows, row)
		}
		got := must[[]float64](t)(m.LogProbs(rows))
		for i, row := range rows {
			terms := make([]float64, len(other))
			for k, n := range other {
				terms[k] = math.Log(m.Weights[k]/4.5) + n.LogProb(row)
			}
			want := floats.LogSumExp(terms)
			near(t, fmt.Sprintf("log-density in %d dimensions", dim), got[i], want, 1e-9*(1+math.Abs(want)))
		}
		mean := must[kl.Estimate](t)(m.MeanLogProb(rows))
		near(t, "mean", mean.Value, floats.Sum(got)/100, 1e-9*math.Abs(mean.Value))
		if mean.N != 100 || !(mean.StdErr > 0) {
			t.Errorf("the mean is %+v", mean)
		}
	}
	one := measure.Mixture{Weights: []float64{1, 3}, Components: []measure.Gaussian{diagonal([]float64{-2}, 0.25), diagonal([]float64{1}, 4)}}
	prob := func(m measure.Mixture, x ...float64) float64 {
		return math.Exp(must[[]float64](t)(m.LogProbs([][]float64{x}))[0])
	}
	near(t, "the integral", quad.Fixed(func(x float64) float64 { return prob(one, x) }, -20, 20, 400, nil, 0), 1, 1e-9)
	sum := 0.0 // over a grid, which for a smooth density is as good as any quadrature
	const step = 0.1
	var grid [][]float64
	for x := -12.0; x < 12; x += step {
		for y := -14.0; y < 14; y += step {
			grid = append(grid, []float64{x, y})
		}
	}
	for _, l := range must[[]float64](t)(heaps().LogProbs(grid)) {
		sum += math.Exp(l) * step * step
	}
	near(t, "the integral in two dimensions", sum, 1, 1e-6)
	if l := must[[]float64](t)(one.LogProbs(column(1e200)))[0]; !math.IsInf(l, -1) {
		t.Errorf("far off the log-density is %v", l)
	}
}

// What is drawn has the shares and the moments that were asked for, and in one dimension the distribution function.
func TestMixtureSample(t *testing.T) {
	agrees := func(what string, exact float64, rows [][]float64, f func(x []float64) float64) {
		t.Helper()
		terms := make([]float64, len(rows))
		for i, row := range rows {
			terms[i] = f(row)
		}
		if v := must[kl.Verdict](t)(must[kl.Estimate](t)(measure.Mean(terms)).Agrees(exact, 1e-4)); !v.Agree {
			t.Errorf("%s: %v", what, v)
		}
	}
	truth := heaps()
	rows := must[[][]float64](t)(truth.Sample(20_000, 7))
	for i := range 2 {
		mean, second := 0.0, 0.0
		for k, w := range truth.Weights {
			g := truth.Components[k]
			mean += w * g.Mean[i]
			second += w * (g.Covariance.At(i, 1) + g.Mean[i]*g.Mean[1])
		}
		agrees("mean", mean, rows, func(x []float64) float64 { return x[i] })
		agrees("second moment", second, rows, func(x []float64) float64 { return x[i] * x[1] })
	}
	line := kl.Mixture{Weights: []float64{1, 3}, Components: []kl.Normal{{Mu: -2, Sigma: 0.5}, {Mu: 1, Sigma: 2}}}
	drawn := must[[][]float64](t)(measure.Mixture{Weights: []float64{1, 0, 3}, Components: []measure.Gaussian{
		diagonal([]float64{-2}, 0.25), diagonal([]float64{50}, 1), diagonal([]float64{1}, 4)}}.Sample(20_000, 3))
	for _, x := range []float64{-3, -2, -1, 0, 2, 4} {
		agrees("share", line.CDF(x), drawn, func(z []float64) float64 {
			if z[0] <= x {
				return 1
			}
			return 0
		})
	}
	if few := must[[][]float64](t)(truth.Sample(10, 7)); !reflect.DeepEqual(few, rows[:10]) {
		t.Error("10 points of the same seed are not the first 10 of many")
	}
	if other := must[[][]float64](t)(truth.Sample(1, 8)); reflect.DeepEqual(other[0], rows[0]) {
		t.Error("another seed draws the same")
	}
}

// Other units, dimension by dimension, are no other mixture: only the log-density has another constant.
func TestMixtureInOtherUnits(t *testing.T) {
	rows := must[[][]float64](t)(heaps().Sample(2000, 4))
	scale, shift := []float64{1e-4, 1e5}, []float64{3, -1e6}
	other := make([][]float64, len(rows))
	for i, row := range rows {
		other[i] = []float64{shift[0] + scale[0]*row[0], shift[1] + scale[1]*row[1]}
	}
	a, b := must[measure.Mixture](t)(measure.FitMixture(rows, 3, 1)), must[measure.Mixture](t)(measure.FitMixture(other, 3, 1))
	for k := range 3 {
		near(t, "weight", b.Weights[k], a.Weights[k], 1e-6)
		for i := range 2 {
			near(t, "mean", (b.Components[k].Mean[i]-shift[i])/scale[i], a.Components[k].Mean[i], 1e-5)
			for j := range 2 {
				near(t, "covariance", b.Components[k].Covariance.At(i, j)/scale[i]/scale[j], a.Components[k].Covariance.At(i, j), 1e-5)
			}
		}
	}
	near(t, "log-density", must[kl.Estimate](t)(b.MeanLogProb(other)).Value,
		must[kl.Estimate](t)(a.MeanLogProb(rows)).Value-math.Log(scale[0])-math.Log(scale[1]), 1e-6)
}

// A component on a single spot, and one on a line, have the least variance that they may have, and a density.
func TestMixtureOnASpot(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	var rows [][]float64
	for i := range 300 {
		x := rng.NormFloat64()
		rows = append(rows, [][]float64{{x, rng.NormFloat64(), 0}, {100, 100, 100}, {-100 + x, -100 + x, x}}[i%3])
	}
	m := must[measure.Mixture](t)(measure.FitMixture(rows, 3, 1))
	mean := must[kl.Estimate](t)(m.MeanLogProb(rows))
	if math.IsNaN(mean.Value) || math.IsInf(mean.Value, 0) {
		t.Fatalf("the mean log-density is %v", mean)
	}
	all := must[measure.Gaussian](t)(measure.FitGaussian(rows))
	for k, g := range m.Components {
		near(t, "weight", m.Weights[k], 1./3, 1e-9)
		unit := mat.NewSymDense(3, nil) // in units in which each dimension of all rows has the variance 1
		for i := range 3 {
			for j := range i + 1 {
				unit.SetSym(i, j, g.Covariance.At(i, j)/math.Sqrt(all.Covariance.At(i, i)*all.Covariance.At(j, j)))
			}
		}
		var eigen mat.EigenSym
		if !eigen.Factorize(unit, false) {
			t.Fatal("no eigenvalues")
		}
		if least := floats.Min(eigen.Values(nil)); math.Abs(least-measure.CovarianceFloor) > 1e-3*measure.CovarianceFloor {
			t.Errorf("the least variance of component %d is %v", k, least)
		}
	}
}

func TestFitMixtureOnAnyCores(t *testing.T) {
	rows := must[[][]float64](t)(heaps().Sample(3001, 4))
	var first measure.Mixture
	var logs []float64
	onCores(func(cores int) {
		m := must[measure.Mixture](t)(measure.FitMixture(rows, 4, 1))
		l := must[[]float64](t)(m.LogProbs(rows))
		if first.Weights == nil {
			first, logs = m, l
		}
		if !reflect.DeepEqual(m, first) || !reflect.DeepEqual(l, logs) {
			t.Errorf("on %d cores the mixture is another", cores)
		}
	})
}

func TestMixtureRefuses(t *testing.T) {
	fit := func(rows [][]float64, components int) error {
		_, err := measure.FitMixture(rows, components, 1)
		return err
	}
	draw := func(m measure.Mixture, n int) error { _, err := m.Sample(n, 1); return err }
	logs := func(m measure.Mixture, rows [][]float64) error { _, err := m.LogProbs(rows); return err }
	mean := func(m measure.Mixture, rows [][]float64) error { _, err := m.MeanLogProb(rows); return err }
	of := func(weights []float64, g ...measure.Gaussian) measure.Mixture {
		return measure.Mixture{Weights: weights, Components: g}
	}
	one, two := diagonal([]float64{0}, 1), diagonal([]float64{0, 0}, 1, 1)
	good := of([]float64{1}, one)
	flat := normal(1, 20, 3, 0, 1)
	for i := range flat {
		flat[i][1] = 0.1
	}
	same := make([][]float64, 20)
	for i := range same {
		same[i] = []float64{float64(i % 2), float64(i % 2)}
	}
	refused(t, []refusal{
		{"has 0 rows", fit(nil, 1)},
		{"components is 0: a mixture has at least 1", fit(column(1, 2, 3), 0)},
		{"components is -3", fit(column(1, 2, 3), -3)},
		{"5 points are too few for 3 components in 1 dimensions: each takes at least 2", fit(column(1, 2, 3, 4, 5), 3)},
		{"too few for", fit(column(1, 2, 3, 4, 5), math.MaxInt)},
		{"number 0 of row 1 of the points is NaN", fit(column(1, math.NaN(), 2), 1)},
		{"row 1 of the points has 2 numbers and row 0 has 1", fit([][]float64{{1}, {1, 2}, {3}}, 1)},
		{"number 1 of the points has no spread", fit(flat, 2)},
		{"number 0 of the points has no spread", fit(column(7, 7, 7, 7), 1)},
		{"3 components take as many different points, and there are only 2", fit(same, 3)},
		{"too far apart for a float64", fit(column(1e200, -1e200, 0), 1)},
		{"the mixture is empty", draw(measure.Mixture{}, 1)},
		{"2 weights and 1 components", draw(of([]float64{1, 1}, one), 1)},
		{"Weights[1] is -1", draw(of([]float64{2, -1}, one, one), 1)},
		{"Weights[0] is NaN", draw(of([]float64{math.NaN()}, one), 1)},
		{"Weights[0] is +Inf", draw(of([]float64{math.Inf(1)}, one), 1)},
		{"the sum of the weights is 0", draw(of([]float64{0, 0}, one, one), 1)},
		{"the sum of the weights is +Inf", draw(of([]float64{1e308, 1e308}, one, one), 1)},
		{"Components[1] has 2 dimensions and Components[0] 1", draw(of([]float64{1, 1}, one, two), 1)},
		{"Components[0]: Mean is empty", draw(of([]float64{1}, measure.Gaussian{}), 1)},
		{"Components[0]: the matrix is no covariance", draw(of([]float64{1}, diagonal([]float64{0}, -1)), 1)},
		{"-1 points", draw(good, -1)},
		{"too many", draw(good, math.MaxInt)},
		{"Components[0] has no density", logs(of([]float64{1}, diagonal([]float64{0, 0}, 1, 0)), [][]float64{{0, 0}})},
		{"the points have 2 numbers and the mixture 1 dimensions", logs(good, [][]float64{{1, 2}})},
		{"number 0 of row 0 of the points is NaN", logs(good, column(math.NaN()))},
		{"the mixture is empty", logs(measure.Mixture{}, column(1))},
		{"1 values have no standard error", mean(good, column(1))},
		{"the mixture is empty", mean(measure.Mixture{}, column(1, 2))},
	})
	if d := (measure.Mixture{}).Dim(); d != 0 {
		t.Errorf("no mixture has %d dimensions", d)
	}
}
