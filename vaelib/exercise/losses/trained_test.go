package losses

import (
	"math"
	"strings"
	"testing"

	"vaelab/vaelib/check"
	"vaelab/vaelib/run"
)

func epoch(n int, reconstruction, kl, weight float64) run.Epoch {
	return run.Epoch{Epoch: n, Test: run.Terms{Loss: reconstruction + weight*kl, Reconstruction: reconstruction, KL: kl}}
}

// The numbers are those of the course's sample with 2 dimensions after 15 epochs: at weight 1, and, as a loss with a mean
// over dimensions or without the ½ trains, at the weights ½ and 2.
func TestJudgeTrained(t *testing.T) {
	reference := epoch(15, 265.24, 6.396, 1)
	for _, c := range []struct {
		name  string
		mine  run.Epoch
		state check.Outcome
		says  string
	}{
		{"the same", reference, check.Right, ""},
		{"rounded otherwise", epoch(15, 265.35, 6.41, 1), check.Right, ""},
		{"its own loss has another scale", run.Epoch{Epoch: 15, Test: run.Terms{Loss: 0.34, Reconstruction: 265.2, KL: 6.4}}, check.Right, ""},
		{"mean over dimensions", epoch(15, 264.63, 7.807, 1), check.Wrong, "fines them too little"},
		{"½ missing", epoch(15, 267.06, 5.062, 1), check.Wrong, "fines them too much"},
		{"an autoencoder's", epoch(15, 262, 60, 1), check.Wrong, "fines them too little"},
		{"no reconstruction", epoch(15, 500, 0, 1), check.Wrong, "fines them too much"},
		{"restores badly", epoch(15, 280, 6.3, 1), check.Wrong, "look at the reconstruction term"},
		{"NaN", epoch(15, math.NaN(), 6, 1), check.Wrong, "no finite result"},
		{"fewer epochs", epoch(5, 270, 6, 1), check.Wrong, "took 5 epochs and the reference 15"},
		{"not trained", run.Epoch{}, check.NotAttempted, "no finished training"},
	} {
		r := WriteTheLoss.JudgeTrained(c.mine, reference)
		if r.State != c.state || !strings.Contains(r.Diagnosis, c.says) {
			t.Errorf("%s: %v: %q, want %v with %q", c.name, r.State, r.Diagnosis, c.state, c.says)
		}
		if c.state == check.Right && !strings.Contains(r.Tested, "within 2%") {
			t.Errorf("%s: the band isn't stated: %q", c.name, r.Tested)
		}
	}
}
