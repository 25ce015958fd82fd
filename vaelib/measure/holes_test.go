package measure_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
)

// From one other draw: z − c ~ N(0, 2I), so |z − c|²/2 is chi-square.
func TestSpacingFromOne(t *testing.T) {
	for _, dim := range []int{1, 2, 3, 16, 64, 200} {
		for _, far := range []float64{0.5, 0.05, 0.001} {
			want := math.Sqrt(2 * distuv.ChiSquared{K: float64(dim)}.Quantile(1-far))
			near(t, "spacing", must[float64](t)(measure.Spacing(1, dim, far)), want, 1e-6*want)
		}
	}
}

// On the line the chance to be within t of z is Φ(z + t) − Φ(z − t).
func TestSpacingOnTheLine(t *testing.T) {
	for _, n := range []int{1, 2, 10, 1000, 100_000} {
		d := must[float64](t)(measure.Spacing(n, 1, 0.05))
		far := quad.Fixed(func(z float64) float64 {
			within := kl.Standard.CDF(d-z) - kl.Standard.CDF(-d-z)
			return kl.Standard.Prob(z) * math.Exp(float64(n)*math.Log1p(-within))
		}, -9, 9, 400, nil, 1)
		near(t, "the share that is far", far, 0.05, 1e-8)
	}
}

// In more dimensions, tried: fresh draws each time, so that no set of earlier draws is special.
func TestSpacingTried(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	for _, dim := range []int{2, 3, 16} {
		const n = 50
		d := must[float64](t)(measure.Spacing(n, dim, 0.2))
		far := make([]float64, 4000)
		for i := range far {
			z := make([]float64, dim)
			for j := range z {
				z[j] = rng.NormFloat64()
			}
			far[i] = 1
			for range n {
				square := 0.0
				for j := range z {
					e := rng.NormFloat64() - z[j]
					square += e * e
				}
				if square <= d*d {
					far[i] = 0
				}
			}
		}
		agrees(t, "the share that is far", must[kl.Estimate](t)(measure.Mean(far)), 0.2)
	}
}

func agrees(t *testing.T, what string, e kl.Estimate, exact float64) {
	t.Helper()
	if v := must[kl.Verdict](t)(e.Agrees(exact, 1e-4)); !v.Agree {
		t.Errorf("%s: %v", what, v)
	}
}

func TestHolesKnown(t *testing.T) {
	holes := func(codes [][]float64) measure.Holes {
		return must[measure.Holes](t)(measure.FindHoles(codes, 20_000, 3))
	}
	// Every code at the origin: far is who is farther from the origin than Distance.
	for _, dim := range []int{1, 2, 16} {
		codes := make([][]float64, 300)
		for i := range codes {
			codes[i] = make([]float64, dim)
		}
		h := holes(codes)
		agrees(t, "codes at the origin", h.Share, distuv.ChiSquared{K: float64(dim)}.Survival(h.Distance*h.Distance))
	}
	// Codes evenly from −1 to 1, closer than Distance: far is beyond 1 + Distance.
	var even [][]float64
	for i := range 2001 {
		even = append(even, []float64{float64(i-1000) / 1000})
	}
	h := holes(even)
	if h.Distance < 0.001 {
		t.Fatalf("the distance %v is too small for this test", h.Distance)
	}
	agrees(t, "even codes", h.Share, 2*kl.Standard.CDF(-1-h.Distance))
	// Far away there is nothing but hole.
	near(t, "codes far away", holes(normal(1, 500, 4, 100, 1)).Share.Value, 1, 0)
}

// Codes that are spread as the prior leave out 5%, in any dimension and number: over many sets of codes, since each
// has holes of its own.
func TestNoHolesInThePrior(t *testing.T) {
	for _, c := range []struct{ n, dim int }{{100, 1}, {300, 2}, {100, 16}} {
		shares := make([]float64, 60)
		for i := range shares {
			codes := normal(uint64(1000*c.dim+i), c.n, c.dim, 0, 1)
			shares[i] = must[measure.Holes](t)(measure.FindHoles(codes, 300, uint64(i))).Share.Value
		}
		agrees(t, "the share of holes", must[kl.Estimate](t)(measure.Mean(shares)), measure.FarShare)
	}
}

func TestHolesAreSeeded(t *testing.T) {
	codes := normal(2, 400, 3, 0.5, 1)
	want := must[measure.Holes](t)(measure.FindHoles(codes, 1000, 1))
	onCores(func(cores int) {
		if got := must[measure.Holes](t)(measure.FindHoles(codes, 1000, 1)); got != want {
			t.Errorf("on %d cores: %v, want %v", cores, got, want)
		}
	})
	if got := must[measure.Holes](t)(measure.FindHoles(codes, 1000, 2)); got == want {
		t.Error("another seed finds the same")
	}
}

func TestDraw(t *testing.T) {
	mean, logVar := make([][]float64, 20_000), make([][]float64, 20_000)
	for i := range mean {
		mean[i], logVar[i] = []float64{3, -1}, []float64{math.Log(4), -700}
	}
	posteriors := must[[]kl.Diagonal](t)(measure.Posteriors(mean, logVar))
	codes := must[[][]float64](t)(measure.Draw(posteriors, 5))
	first, square := make([]float64, len(codes)), make([]float64, len(codes))
	for i, z := range codes {
		first[i], square[i] = z[0], (z[0]-3)*(z[0]-3)
		near(t, "a dimension with hardly any spread", z[1], -1, 1e-9)
	}
	agrees(t, "mean", must[kl.Estimate](t)(measure.Mean(first)), 3)
	agrees(t, "variance", must[kl.Estimate](t)(measure.Mean(square)), 4)
	if again := must[[][]float64](t)(measure.Draw(posteriors[:7], 5)); !reflect.DeepEqual(again, codes[:7]) {
		t.Error("the same seed draws other codes")
	}
}

func TestHolesRefuse(t *testing.T) {
	spacing := func(n, dim int, far float64) error { _, err := measure.Spacing(n, dim, far); return err }
	holes := func(codes [][]float64, draws int) error { _, err := measure.FindHoles(codes, draws, 1); return err }
	posteriors := func(mean, logVar [][]float64) error { _, err := measure.Posteriors(mean, logVar); return err }
	draw := func(q ...kl.Diagonal) error { _, err := measure.Draw(q, 1); return err }
	refused(t, []refusal{
		{"n is 0", spacing(0, 2, 0.05)},
		{"dim is 0", spacing(5, 0, 0.05)},
		{"far is 0", spacing(5, 2, 0)},
		{"far is 1", spacing(5, 2, 1)},
		{"far is NaN", spacing(5, 2, math.NaN())},
		{"list of codes has 0 rows", holes(nil, 100)},
		{"draws is 1", holes(column(1, 2), 1)},
		{"number 0 of row 1 of the codes is NaN", holes(column(1, math.NaN()), 100)},
		{"2 means and 0 log-variances", posteriors(column(1, 2), nil)},
		{"has 0 posteriors", posteriors(nil, nil)},
		{"posterior 1: Mu has 1 dimensions and Sigma 2", posteriors(column(1, 2), [][]float64{{0}, {0, 0}})},
		{"posterior 1 has 2 dimensions and posterior 0 has 1", posteriors([][]float64{{0}, {0, 0}}, [][]float64{{0}, {0, 0}})},
		{"posterior 0: dimension 0: Sigma is +Inf", posteriors(column(1), column(1e5))},
		{"has 0 posteriors", draw()},
		{"Sigma is 0", draw(kl.Diagonal{Mu: []float64{1}, Sigma: []float64{0}})},
	})
}
