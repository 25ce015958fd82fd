package measure_test

import (
	"math"
	"strings"
	"testing"

	"vaelab/vaelib/internal/hostile"
	"vaelab/vaelib/measure"
)

// Whatever it is given, a function answers: with an error, with NaN, or with nothing.
func TestHostileArguments(t *testing.T) {
	hostile.Try(t, 60,
		measure.ActiveUnits, measure.Bhattacharyya, measure.Draw, measure.FindHoles, measure.FindJumps,
		measure.FitGaussian, measure.Frechet, measure.FrechetOf, measure.ImportanceBounds, measure.Mean,
		measure.NewManifold, measure.NewPCA, measure.Overlaps, measure.Pairs, measure.Posteriors,
		measure.PrecisionRecall, measure.Spacing, measure.SplitKL, measure.UsageOf, measure.Bound{},
		measure.Bounds{}, measure.Dimension{}, measure.Gaussian{}, measure.Holes{}, measure.ImageMean{},
		measure.KLSplit{}, measure.LogMean{}, measure.Manifold{}, measure.PCA{}, measure.Pictures{},
		measure.Usage{}, measure.DecomposeKL, measure.Decomposition{}, measure.MinibatchWeighted, measure.FitMixture, measure.Mixture{})
}

// The best of no bounds is none: no draws, and no number that could be taken for one.
func TestBestOfNone(t *testing.T) {
	best := measure.Bounds{}.Best()
	if best.K != 0 || !math.IsNaN(best.Value) || !math.IsNaN(best.StdErr) || !math.IsNaN(best.Gain.Value) || !math.IsNaN(best.ClosedKL.Value) {
		t.Errorf("the best of none is %+v", best)
	}
	if got := (measure.Bounds{ByK: []measure.Bound{{K: 1}, {K: 5}}}).Best(); got.K != 5 {
		t.Errorf("the best of two has %d draws", got.K)
	}
	var none *measure.PCA
	if _, err := none.Explained(0); err == nil || !strings.Contains(err.Error(), "make it with NewPCA") {
		t.Errorf("the error is %v", err)
	}
}

// A list that no memory would hold is refused before it is made.
func TestTooMany(t *testing.T) {
	const many = math.MaxInt
	g := must[measure.Gaussian](t)(measure.FitGaussian(normal(1, 20, 2, 0, 1)))
	sample := func() error { _, err := g.Sample(many, 1); return err }
	holes := func() error { _, err := measure.FindHoles(column(1, 2), many, 1); return err }
	pairs := func() error { _, _, err := measure.Pairs(column(1, 2), many, 1); return err }
	spacing := func() error { _, err := measure.Spacing(5, many, measure.FarShare); return err }
	refused(t, []refusal{{"too many", sample()}, {"too many", holes()}, {"too many", pairs()}, {"the limit is", spacing()}})
}
