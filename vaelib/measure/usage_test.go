package measure_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"vaelab/vaelib/kl"
	"vaelab/vaelib/measure"
)

// clouds gives n posteriors whose dimensions are made by these functions of a standard normal number of the image.
func clouds(n int, dimensions ...func(u float64) (mu, sigma float64)) []kl.Diagonal {
	rng := rand.New(rand.NewPCG(6, 6))
	list := make([]kl.Diagonal, n)
	for i := range list {
		list[i] = kl.StandardDiagonal(len(dimensions))
		for j, f := range dimensions {
			list[i].Mu[j], list[i].Sigma[j] = f(rng.NormFloat64())
		}
	}
	return list
}

func used(u float64) (float64, float64)      { return 0.9 * u, math.Sqrt(0.19) }
func atPrior(u float64) (float64, float64)   { return 0.02 * u, 1 + 0.01*math.Tanh(u) }
func elsewhere(float64) (float64, float64)   { return 1.5, 1 }
func breathing(u float64) (float64, float64) { return 0, math.Exp(u / 2) }

func TestUsage(t *testing.T) {
	got := must[measure.Usage](t)(measure.UsageOf(clouds(20_000, atPrior, used, elsewhere, breathing)))
	for j, want := range []struct {
		measure.Dimension
		off float64
	}{
		// ½·0.02² for the mean, and (0.01·tanh u)² for the spread, whose mean square is 0.394.
		{measure.Dimension{KL: 0.0002394, MeanVariance: 0.0004, Spread: 1, AtPrior: 1, Role: measure.Collapsed}, 1e-5},
		// Linear-Gaussian, with 0.81 + 0.19 = 1: no marginal KL, and −½ log 0.19 nats of information.
		{measure.Dimension{KL: -0.5 * math.Log(0.19), MeanVariance: 0.81, Spread: 0.19, AtPrior: 0, Role: measure.InUse}, 0.03},
		{measure.Dimension{KL: 1.125, MeanVariance: 0, Spread: 1, AtPrior: 0, Role: measure.Idle}, 1e-9},
		// σ² = e^u is lognormal: E σ² = √e, E log σ² = 0.
		{measure.Dimension{KL: 0.5 * (math.Sqrt(math.E) - 1), MeanVariance: 0, Spread: math.Sqrt(math.E), AtPrior: 0.16, Role: measure.Idle}, 0.06},
	} {
		d := got[j]
		near(t, "KL", d.KL, want.KL, want.off)
		near(t, "variance of the mean", d.MeanVariance, want.MeanVariance, want.off)
		near(t, "spread", d.Spread, want.Spread, max(want.off, 2e-4)) // a mean of 0.01·tanh u too
		near(t, "share at the prior", d.AtPrior, want.AtPrior, want.off)
		if d.Role != want.Role {
			t.Errorf("dimension %d is %s, want %s", j, d.Role, want.Role)
		}
	}
	if got := got.Ranked(); !reflect.DeepEqual(got, []int{2, 1, 3, 0}) {
		t.Errorf("ranked by KL: %v", got)
	}
}

// The parts agree with what counts them otherwise: ActiveUnits, and the whole KL.
func TestUsageAgrees(t *testing.T) {
	q := clouds(500, used, atPrior, breathing, used, elsewhere)
	usage := must[measure.Usage](t)(measure.UsageOf(q))
	whole := 0.0
	var means [][]float64
	for _, one := range q {
		whole += must[float64](t)(one.KL(kl.StandardDiagonal(5))) / 500
		means = append(means, one.Mu)
	}
	near(t, "the whole KL", usage.KL(), whole, 1e-9)
	active, variance, err := measure.ActiveUnits(means)
	if err != nil || active != len(usage.In(measure.InUse)) {
		t.Errorf("%d active units, %v in use, %v", active, usage.In(measure.InUse), err)
	}
	for j, v := range variance {
		near(t, "variance", usage[j].MeanVariance, v, 1e-12)
	}
}

func TestDiagnosis(t *testing.T) {
	of := func(states string) (u measure.Usage) {
		for _, s := range states {
			switch s {
			case 'u':
				u = append(u, measure.Dimension{KL: 2, MeanVariance: 0.9, Role: measure.InUse})
			case 'c':
				u = append(u, measure.Dimension{KL: 0.001, Role: measure.Collapsed})
			case 'i':
				u = append(u, measure.Dimension{KL: 0.25, Role: measure.Idle})
			}
		}
		return u
	}
	for states, want := range map[string]string{
		"":       "The code has no dimensions.",
		"c":      "The only dimension has collapsed: every image’s posterior is the prior N(0, 1), so the code tells nothing and the decoder can only ignore it.",
		"cccc":   "All 4 dimensions have collapsed: every image’s posterior is the prior N(0, 1), so the code tells nothing and the decoder can only ignore it.",
		"u":      "The only dimension is used, for a KL term of 2.0 nats an image.",
		"uu":     "All 2 dimensions are used, for a KL term of 4.0 nats an image.",
		"uuccc":  "2 of 5 dimensions are used, for a KL term of 4.0 nats an image. Dimensions 3–5 have collapsed to the prior N(0, 1).",
		"cuccuc": "2 of 6 dimensions are used, for a KL term of 4.0 nats an image. Dimensions 1, 3, 4 and 6 have collapsed to the prior N(0, 1).",
		"uci":    "1 of 3 dimensions is used, for a KL term of 2.3 nats an image. Dimension 2 has collapsed to the prior N(0, 1). Dimension 3 is idle: the mean hardly varies, and yet 0.25 nats are paid.",
		"ii":     "0 of 2 dimensions are used, for a KL term of 0.5 nats an image. All 2 dimensions are idle: the mean hardly varies, and yet 0.5 nats are paid.",
		"ccccuuccccucccccc": "3 of 17 dimensions are used, for a KL term of 6.0 nats an image. " +
			"Dimensions 1–4, 7–10 and 12–17 have collapsed to the prior N(0, 1).",
	} {
		if got := of(states).String(); got != want {
			t.Errorf("%s: %s\nwant: %s", states, got, want)
		}
	}
}

func TestUsageRefuses(t *testing.T) {
	of := func(q ...kl.Diagonal) error { _, err := measure.UsageOf(q); return err }
	refused(t, []refusal{
		{"1 posteriors: at least 2", of(kl.StandardDiagonal(2))},
		{"posterior 1 has 3 dimensions and posterior 0 has 2", of(kl.StandardDiagonal(2), kl.StandardDiagonal(3))},
		{"posterior 1: dimension 0", of(kl.StandardDiagonal(1), kl.Diagonal{Mu: []float64{0}, Sigma: []float64{0}})},
	})
}

// Which dimensions died?
func ExampleUsageOf() {
	usage, err := measure.UsageOf(clouds(1000, used, atPrior, used, atPrior, atPrior))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, j := range usage.Ranked()[:3] {
		fmt.Printf("z%d: %.3f nats, Var μ = %.3f, mean σ² = %.2f, %s\n", j+1, usage[j].KL, usage[j].MeanVariance, usage[j].Spread, usage[j].Role)
	}
	fmt.Println(usage)
	// Output:
	// z1: 0.836 nats, Var μ = 0.821, mean σ² = 0.19, in use
	// z3: 0.812 nats, Var μ = 0.773, mean σ² = 0.19, in use
	// z4: 0.000 nats, Var μ = 0.000, mean σ² = 1.00, collapsed
	// 2 of 5 dimensions are used, for a KL term of 1.6 nats an image. Dimensions 2, 4 and 5 have collapsed to the prior N(0, 1).
}
