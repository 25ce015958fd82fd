package run_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"vaelab/vaelib/run"
)

// table compares the values of every step with those worked out by hand.
func table(t *testing.T, name string, at func(step, steps int) float64, want ...float64) {
	t.Helper()
	for i, w := range want {
		if got := at(i, len(want)); !(math.Abs(got-w) < 1e-12) {
			t.Errorf("%s: step %d of %d has %v, want %v", name, i, len(want), got, w)
		}
	}
}

// Twelve steps: four epochs of three.
func TestWeights(t *testing.T) {
	c := run.Default()
	c.Epochs, c.KLWeight = 4, 6
	table(t, "constant", c.WeightAt, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6)
	c.Schedule = run.Linear(2)
	table(t, "linear over 2 epochs", c.WeightAt, 0, 1, 2, 3, 4, 5, 6, 6, 6, 6, 6, 6)
	c.Schedule = run.Linear(4)
	table(t, "linear over all", c.WeightAt, 0, .5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5)
	c.Schedule = run.Linear(0.5)
	table(t, "linear over half an epoch", c.WeightAt, 0, 4, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6)
	c.Schedule = run.Cyclic(2, 0.5)
	table(t, "two cycles", c.WeightAt, 0, 2, 4, 6, 6, 6, 0, 2, 4, 6, 6, 6)
	c.Schedule = run.Cyclic(3, 1)
	table(t, "three cycles that only rise", c.WeightAt, 0, 1.5, 3, 4.5, 0, 1.5, 3, 4.5, 0, 1.5, 3, 4.5)
}

// Cycles that no whole number of steps makes up start where they should: every 10/4 steps.
func TestCyclesBetweenSteps(t *testing.T) {
	c := run.Default()
	c.Epochs, c.Schedule = 5, run.Cyclic(4, 1)
	table(t, "four cycles in ten steps", c.WeightAt, 0, .4, .8, .2, .6, 0, .4, .8, .2, .6)
}

func TestOneCycleIsLinear(t *testing.T) {
	cyclic, linear := run.Default(), run.Default()
	cyclic.Epochs, linear.Epochs = 8, 8
	for _, share := range []float64{0.125, 0.3, 0.5, 1} {
		cyclic.Schedule, linear.Schedule = run.Cyclic(1, share), run.Linear(share*8)
		for step := range 8 * 7 {
			a, b := cyclic.WeightAt(step, 8*7), linear.WeightAt(step, 8*7)
			if math.Abs(a-b) > 1e-12 {
				t.Errorf("a share of %v, step %d: cyclic %v, linear %v", share, step, a, b)
			}
		}
	}
}

func TestTargets(t *testing.T) {
	c := run.Default()
	c.Epochs, c.Rate = 3, run.TargetRate{Nats: 12, Pull: 100}
	table(t, "at once", c.TargetAt, 12, 12, 12, 12, 12, 12)
	c.Rate.Epochs = 2
	table(t, "rising over 2 epochs", c.TargetAt, 0, 3, 6, 9, 12, 12)
}

func TestLearningRates(t *testing.T) {
	c := run.Default()
	c.LearningRate = 8
	table(t, "constant", c.LearningRateAt, 8, 8, 8, 8)
	c.Decay = run.LinearDecay
	table(t, "linear", c.LearningRateAt, 8, 6, 4, 2)
	c.Decay = run.CosineDecay
	table(t, "cosine", c.LearningRateAt, 8, 4+2*math.Sqrt2, 4, 4-2*math.Sqrt2)
}

// Each refusal names its field and the number.
func TestSchedulesThatCantBe(t *testing.T) {
	nan := math.NaN()
	gaussian := func(c *run.Config) { c.Decoder = run.Gaussian }
	for i, bad := range []struct {
		change func(c *run.Config)
		field  string
		words  string
	}{
		{func(c *run.Config) { c.Schedule = run.Linear(-1) }, "Schedule", "run.Linear(-1)"},
		{func(c *run.Config) { c.Schedule = run.Linear(16) }, "Schedule", "the run's 15"},
		{func(c *run.Config) { c.Schedule = run.Linear(nan) }, "Schedule", "run.Linear(5)"},
		{func(c *run.Config) { c.Schedule = run.Cyclic(0, 0.5) }, "Schedule", "run.Cyclic(0, 0.5)"},
		{func(c *run.Config) { c.Schedule = run.Cyclic(-2, 0.5) }, "Schedule", "run.Cyclic(-2, 0.5)"},
		{func(c *run.Config) { c.Schedule = run.Cyclic(16, 0.5) }, "Schedule", "run.Cyclic(16, 0.5)"},
		{func(c *run.Config) { c.Schedule = run.Cyclic(4, 0) }, "Schedule", "run.Cyclic(4, 0)"},
		{func(c *run.Config) { c.Schedule = run.Cyclic(4, 1.5) }, "Schedule", "run.Cyclic(4, 1.5)"},
		{func(c *run.Config) { c.Schedule = run.Schedule{Epochs: 1, Cycles: 2, Share: 0.5} }, "Schedule", "run.Linear(5)"},
		{func(c *run.Config) { c.FreeBits = -0.1 }, "FreeBits", "-0.1"},
		{func(c *run.Config) { c.FreeBits = nan }, "FreeBits", "NaN"},
		{func(c *run.Config) { c.FreeBits, c.FreeOver = 1, "pixel" }, "FreeOver", "pixel"},
		{func(c *run.Config) { c.FreeOver = run.EachImage }, "FreeOver", "nothing is free: set FreeBits"},
		{func(c *run.Config) { c.Rate.Nats = 5 }, "Rate", "10 is a good start"},
		{func(c *run.Config) { c.Rate = run.TargetRate{Nats: -5, Pull: 1} }, "Rate", "-5 nats"},
		{func(c *run.Config) { c.Rate = run.TargetRate{Nats: 5, Pull: nan} }, "Rate", "NaN"},
		{func(c *run.Config) { c.Rate = run.TargetRate{Nats: 5, Pull: 1, Epochs: 20} }, "Rate", "20 epochs"},
		{func(c *run.Config) { c.Rate, c.FreeBits = run.TargetRate{Nats: 5, Pull: 1}, 1 }, "Rate", "leave Schedule and FreeBits out"},
		{func(c *run.Config) { c.Rate, c.Schedule = run.TargetRate{Nats: 5, Pull: 1}, run.Linear(2) }, "Rate", "leave Schedule"},
		{func(c *run.Config) { c.Sigma = run.LearnedSigma }, "Sigma", "run.Gaussian"},
		{func(c *run.Config) { gaussian(c); c.Sigma = "best" }, "Sigma", "run.OptimalSigma"},
		{func(c *run.Config) { c.Decay = "steps" }, "Decay", "run.CosineDecay"},
		{func(c *run.Config) { c.Hidden = 0 }, "Hidden", "run.Gaussian"},
	} {
		c := run.Default()
		bad.change(&c)
		refused(t, c, bad.field)
		if err := c.Validate(); err != nil && !strings.Contains(err.Error(), bad.words) {
			t.Errorf("case %d: %q lacks %q", i, err, bad.words)
		}
	}
	for i, good := range []func(c *run.Config){
		func(c *run.Config) { c.Schedule = run.Linear(15) },
		func(c *run.Config) { c.Schedule, c.FreeBits = run.Cyclic(15, 1), 2 },
		func(c *run.Config) { c.Rate = run.TargetRate{Nats: 0, Pull: 30} },
		func(c *run.Config) { gaussian(c); c.Sigma, c.Hidden, c.Decay = run.OptimalSigma, 0, run.LinearDecay },
	} {
		c := run.Default()
		good(&c)
		if err := c.Validate(); err != nil {
			t.Errorf("good case %d: %v", i, err)
		}
	}
}

// The KL weight of four epochs, asked at the start of each.
func ExampleConfig_WeightAt() {
	config := run.Default()
	config.Epochs, config.KLWeight = 4, 2
	for _, schedule := range []run.Schedule{{}, run.Linear(2), run.Cyclic(2, 1)} {
		config.Schedule = schedule
		fmt.Println(config.WeightAt(0, 4), config.WeightAt(1, 4), config.WeightAt(2, 4), config.WeightAt(3, 4))
	}
	// Output:
	// 2 2 2 2
	// 0 1 2 2
	// 0 1 0 1
}

func TestAimInWords(t *testing.T) {
	for want, change := range map[string]func(c *run.Config){
		"KL weight 0.25":                            func(c *run.Config) { c.KLWeight = 0.25 },
		"KL weight 4 after 2.5 epochs":              func(c *run.Config) { c.KLWeight, c.Schedule = 4, run.Linear(2.5) },
		"KL weight 1, 16 free nats an image":        func(c *run.Config) { c.FreeBits, c.FreeOver = 16, run.EachImage },
		"KL weight 1, 3 free nats on average":       func(c *run.Config) { c.FreeBits, c.FreeOver = 3, run.BatchMean },
		"KL weight 1 in 3 cycles, 0.5 free nats":    func(c *run.Config) { c.Schedule, c.FreeBits = run.Cyclic(3, 1), 0.5 },
		"KL aimed at 12 nats":                       func(c *run.Config) { c.Rate = run.TargetRate{Nats: 12, Pull: 100} },
		"KL weight 1, learned σ":                    func(c *run.Config) { c.Sigma = run.LearnedSigma },
		"KL weight 1, learned prior pulled 1 : 0.1": func(c *run.Config) { c.Prior, c.Balance = run.LearnedPrior, run.Balance{Prior: 1, Posterior: 0.1} },
	} {
		c := run.Default()
		change(&c)
		if got := c.Aim(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
