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
		kl.Convention{}, kl.Mixture{}, kl.Normal{}, kl.Parts{}, kl.Verdict{}, kl.Gradient{})
}
