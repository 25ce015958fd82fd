package kl_test

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"vaelab/vaelib/kl"
)

// Weights for a width of 1, and the width at which each loss is the bound: worked out by hand from what the sources say.
func TestWeightsAtWork(t *testing.T) {
	want := map[string]struct{ weight, bound float64 }{
		"ACT":                                    {14_000, 14_000}, // 10 · 100 · 14 / b
		"LeRobot ACT":                            {14_000, 14_000},
		"World Models, car racing":               {0.5, math.Sqrt(0.5)}, // 1/2σ²
		"PlaNet":                                 {1, 1},                // 1/σ²
		"Dreamer v1":                             {1, 1},
		"latent diffusion, KL autoencoder f = 8": {1e-6, 1e-6}, // 10⁻⁶/b
	}
	programs := kl.AtWork()
	if len(programs) != len(want) {
		t.Errorf("there are %d programs, the table here has %d", len(programs), len(want))
	}
	for _, p := range programs {
		w := want[p.Name]
		near(t, p.Name, must[float64](t)(p.Weight()), w.weight, 1e-12)
		bound := p.ELBOScale
		if p.Error == kl.SquaredError {
			bound = p.ELBOSigma
		}
		near(t, p.Name+", width", must[float64](t)(bound()), w.bound, 1e-12)
		if !strings.Contains(p.Source, "github.com/") || p.Remarks == "" {
			t.Errorf("%s has no source or no remarks", p.Name)
		}
		// A loss with another width: 1/b, 1/σ².
		wide := p.Loss
		wide.Sigma, wide.Scale = 3, 3
		factor := 3.
		if p.Error == kl.SquaredError {
			factor = 9
		}
		near(t, p.Name+", three times as wide", must[float64](t)(wide.Weight()), w.weight/factor, 1e-12)
	}
}

// The nats of a Laplace decoder are gonum's: an L1 loss is b times them, but for a constant.
func TestAbsoluteErrorIsALaplaceDecoders(t *testing.T) {
	for _, b := range []float64{0.05, 1, 7} {
		l := kl.Loss{Pixels: 1400, Latent: 32, Batch: 8, Error: kl.AbsoluteError, Scale: b, ErrorFactor: 2, ErrorPixels: kl.Mean, ErrorBatch: kl.Mean, KLFactor: 10, KLBatch: kl.Mean}
		decoder := distuv.Laplace{Mu: 0.3, Scale: b}
		at := func(x float64) (nats, loss float64) {
			return -decoder.LogProb(x), l.ErrorFactor * math.Abs(x-decoder.Mu) / 1400 / 8
		}
		n1, e1 := at(0.9)
		n2, e2 := at(-2)
		kls := 10. / 8 // what a nat of an image's KL term adds
		near(t, "weight", must[float64](t)(l.Weight()), kls/((e2-e1)/(n2-n1)), 1e-12)
		l.Scale = must[float64](t)(l.ELBOScale())
		near(t, "weight at ELBOScale", must[float64](t)(l.Weight()), 1, 1e-12)
	}
}

func TestLossSaysItsWidth(t *testing.T) {
	act := kl.AtWork()[0]
	if got := act.String(); !strings.HasPrefix(got, "ACT: ") || !strings.HasSuffix(got, "so β = 1.4e+04 for b = 1") {
		t.Errorf("got %q", got)
	}
	if got := kl.AtWork()[2].String(); !strings.HasSuffix(got, "so β = 0.5 for σ = 1") {
		t.Errorf("got %q", got)
	}
	if _, err := act.ELBOSigma(); err == nil || err.Error() != "ACT: an absolute error has no σ: this is asked of a squared error" {
		t.Errorf("the error is %v", err)
	}
	if _, err := kl.Published()[0].ELBOScale(); err == nil || !strings.Contains(err.Error(), "a cross-entropy has no scale b") {
		t.Errorf("the error is %v", err)
	}
}
