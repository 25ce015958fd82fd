package run_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"vaelab/vaelib/run"
)

// Each refusal names its field and what would do.
func TestConditionsThatCantBe(t *testing.T) {
	learned := func(c *run.Config) { c.Prior = run.LearnedPrior }
	for i, bad := range []struct {
		change func(c *run.Config)
		field  string
		words  string
	}{
		{func(c *run.Config) { c.Given = -1 }, "Given", "0 gives none"},
		{func(c *run.Config) { c.Given = math.MaxInt }, "Given", "can't be given"},
		{func(c *run.Config) { c.Given, c.Hidden, c.Decoder = 7, 0, run.Gaussian }, "Given", "give Hidden some units"},
		{func(c *run.Config) { c.Prior = "flow" }, "Prior", "run.LearnedPrior"},
		{func(c *run.Config) { learned(c); c.Model = run.AE }, "Prior", "set Model to run.VAE"},
		{func(c *run.Config) { learned(c); c.Hidden, c.Decoder = 0, run.Gaussian }, "Prior", "N(0, I)"},
		{func(c *run.Config) { c.Balance = run.Balance{Prior: 1, Posterior: 0.1} }, "Balance", "set Prior to run.LearnedPrior"},
		{func(c *run.Config) { learned(c); c.Balance.Prior = -1 }, "Balance", "1 and 0.1 are usual"},
		{func(c *run.Config) { learned(c); c.Balance = run.Balance{Prior: 1, Posterior: math.NaN()} }, "Balance", "NaN"},
		{func(c *run.Config) {
			learned(c)
			c.Balance.Prior, c.Rate = 1, run.TargetRate{Nats: 5, Pull: 1}
		}, "Balance", "leave one of the two out"},
	} {
		c := run.Default()
		bad.change(&c)
		refused(t, c, bad.field)
		if err := c.Validate(); err != nil && !strings.Contains(err.Error(), bad.words) {
			t.Errorf("case %d: %q lacks %q", i, err, bad.words)
		}
	}
}

// Something must be left to be coded, which only the images' size tells.
func TestGivenMustLeaveSomething(t *testing.T) {
	c := run.Default()
	c.Given = 47
	if err := c.Fits(48, 1); err != nil {
		t.Error(err)
	}
	wrong := (*run.SettingError)(nil)
	if err := c.Fits(47, 1); !errors.As(err, &wrong) || wrong.Setting != "Given" || !strings.Contains(err.Error(), "only 47×1 pixels") {
		t.Errorf("47 of 47 pixels given: %v", err)
	}
}

// What is given costs weights where it comes in, and none where it would be restored; settings without it keep their arrays.
func TestWeightsOfConditionalNetworks(t *testing.T) {
	dims := func(change func(c *run.Config)) (list string) {
		c := run.Default()
		c.Latent, c.Hidden = 2, 5
		change(&c)
		var parts []string
		for _, w := range run.Weights(c, 9) {
			if strings.HasSuffix(w.Name, "/weights") || strings.HasPrefix(w.Name, "prior") {
				parts = append(parts, w.Name)
				for _, d := range w.Dims {
					parts = append(parts, string(rune('0'+d)))
				}
			}
		}
		return strings.Join(parts, " ")
	}
	plain := "encoder/hidden/weights 9 5 encoder/mean/weights 5 2 encoder/log_variance/weights 5 2 decoder/hidden/weights 2 5 decoder/pixels/weights 5 9"
	for want, change := range map[string]func(c *run.Config){
		plain: func(c *run.Config) {},
		"encoder/hidden/weights 9 5 encoder/mean/weights 5 2 encoder/log_variance/weights 5 2 decoder/hidden/weights 5 5 decoder/pixels/weights 5 6": func(c *run.Config) { c.Given = 3 },
		plain + " prior/mean/biases 2 prior/log_variance/biases 2":                                                                                   func(c *run.Config) { c.Prior = run.LearnedPrior },
	} {
		if got := dims(change); got != want {
			t.Errorf("the arrays are %s, want %s", got, want)
		}
	}
	both := dims(func(c *run.Config) { c.Given, c.Prior = 3, run.LearnedPrior })
	if want := "prior/hidden/weights 3 5 prior/hidden/biases 5 prior/mean/weights 5 2 prior/mean/biases 2 prior/log_variance/weights 5 2 prior/log_variance/biases 2"; !strings.HasSuffix(both, want) {
		t.Errorf("a prior of what is given: %s", both)
	}
}
