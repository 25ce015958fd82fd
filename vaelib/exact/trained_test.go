package exact_test

import (
	"math"
	"slices"
	"testing"

	"vaelab/vaelib/exact"
	"vaelab/vaelib/internal/testbackend"
	"vaelab/vaelib/run"
	"vaelab/vaelib/training"
)

// The whole training stack against a known truth: linear VAEs on images from a known model end within 0.01 nats an image
// of the best loss that there is, at each weight, with a fixed, a learned and an optimal σ; and the dimensions that live and those
// that have collapsed are the predicted ones, with the predicted KL. Nothing of the truth's computation is shared with
// training, and the gap has no sampling noise.
func TestTrainingReachesTheExactOptimum(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	b := testbackend.XLA(t)
	source := exact.DefaultSource()
	data, err := source.Data()
	if err != nil {
		t.Fatal(err)
	}
	problem, err := exact.Of(data.Train)
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	var jobs []training.Job
	add := func(weight float64, latent int, sigma run.SigmaRule) {
		c := source.Config()
		c.KLWeight, c.Latent, c.Sigma = weight, latent, sigma
		jobs = append(jobs, training.Job{Config: c, Data: data, Root: root})
	}
	for _, weight := range []float64{0.5, 1, 4} {
		add(weight, 6, run.FixedSigma)
	}
	add(4, 2, run.LearnedSigma)
	add(4, 2, run.OptimalSigma)
	runs, err := training.All(t.Context(), b, jobs...)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range runs {
		best, err := problem.Best(r.Latent, r.PixelSigma, r.KLWeight)
		if r.Sigma != run.FixedSigma {
			best, err = problem.BestSigma(r.Latent, r.KLWeight)
		}
		if err != nil {
			t.Fatal(err)
		}
		network, err := exact.Trained(r)
		if err != nil {
			t.Fatal(err)
		}
		terms, byDimension, err := network.Measure(data.Train, r.KLWeight)
		if err != nil {
			t.Fatal(err)
		}
		gap := terms.Loss - best.Loss
		t.Logf("weight %v, %q σ %.5f (best %.5f): gap %.5f nats an image; KL %.3f (best %.3f)", r.KLWeight, r.Sigma, network.Sigma, best.Sigma, gap, byDimension, best.ByDimension)
		if !(gap >= -1e-9 && gap <= 0.01) {
			t.Errorf("weight %v ends at a loss of %v, but the best is %v: a gap of %v nats", r.KLWeight, terms.Loss, best.Loss, gap)
		}
		if r.Sigma != run.FixedSigma && math.Abs(network.Sigma/best.Sigma-1) > 0.005 {
			t.Errorf("σ is %v, the best is %v", network.Sigma, best.Sigma)
		}
		slices.SortFunc(byDimension, func(a, b float64) int { return int(math.Copysign(1, b-a)) })
		for j, want := range best.ByDimension {
			if math.Abs(byDimension[j]-want) > 0.03 {
				t.Errorf("weight %v: the KL by dimension is %.3f, predicted %.3f", r.KLWeight, byDimension, best.ByDimension)
				break
			}
		}
	}
}
