package kl_test

import (
	"testing"

	"vaelab/vaelib/internal/hostile"
	"vaelab/vaelib/kl"
)

// Whatever it is given, a function answers: with an error, with NaN, or with nothing.
func TestHostileArguments(t *testing.T) {
	hostile.Try(t, 60,
		kl.CrossEntropy, kl.DiagonalFromLogVar, kl.Entropy, kl.Expectation, kl.FromLogVar, kl.Importance,
		kl.Integrand, kl.Inverse, kl.JensenShannon, kl.LogRatio, kl.LogSpaced, kl.LogVarParts, kl.LowVariance,
		kl.NewFull, kl.Quadrature, kl.StandardDiagonal, kl.Diagonal{}, kl.Estimate{}, kl.Estimator{}, kl.Full{},
		kl.Loss{}, kl.Mixture{}, kl.Normal{}, kl.Parts{}, kl.Verdict{}, kl.Gradient{},
		kl.AtWork, kl.Program{}, kl.AbsoluteError, kl.HalfSquare, kl.K1, kl.NegativeShare, kl.GradientEstimate{},
		kl.Balance{}, kl.Balanced{}, kl.BatchMean, kl.TwoPoints{})
}

// TestInverseOfNothing: it would panic in a goroutine of its own, where no caller can catch it.
func TestInverseOfNothing(t *testing.T) {
	for _, sampler := range []kl.Sampler{kl.Inverse(nil), nil} {
		if got, err := kl.LogRatio(sampler, kl.Standard).Estimate(100_000, 1); err == nil {
			t.Errorf("an estimate from nothing is %v", got)
		}
	}
}
