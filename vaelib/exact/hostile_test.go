package exact_test

import (
	"strings"
	"testing"

	"vaelab/datasets"
	"vaelab/vaelib/exact"
	"vaelab/vaelib/internal/hostile"
)

// Whatever it is given, a function answers: with an error, with NaN, or with nothing.
func TestHostileArguments(t *testing.T) {
	hostile.Try(t, 60,
		exact.FromCovariance, exact.Of, exact.Trained, exact.LinearVAE{}, exact.Optimum{}, exact.Problem{},
		exact.Source{})
}

// The optimum of no problem has a network of nothing, which says so when it is asked.
func TestNetworkOfNoOptimum(t *testing.T) {
	n := exact.Optimum{}.LinearVAE()
	if n.Mean != nil || n.Decoder != nil {
		t.Errorf("the network is %+v", n)
	}
	set := datasets.Images{Width: 2, Height: 1, Pixels: []uint8{1, 2}}
	_, _, err := n.Measure(set, 1)
	_, likelihood := n.LogLikelihood(set)
	_, best := new(exact.Problem).Best(1, 1, 1)
	for _, err := range []error{err, likelihood, best} {
		if err == nil || !strings.Contains(err.Error(), "empty") && !strings.Contains(err.Error(), "no directions") {
			t.Errorf("the error is %v", err)
		}
	}
	if deaths := new(exact.Problem).Deaths(-1, 1); deaths != nil {
		t.Errorf("dimensions of none die at %v", deaths)
	}
}
