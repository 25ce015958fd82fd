package lab

import (
	"slices"
	"testing"

	"vaelab/vaelib/figure"
	"vaelab/vaelib/run"
)

// A conditional model, also with a prior of its own, is drawn in every way that a plain one is: where a figure's codes come from nowhere,
// the first test image gives what is given.
func TestFiguresOfConditionalModels(t *testing.T) {
	for _, prior := range []run.PriorRule{run.StandardPrior, run.LearnedPrior} {
		m := trainedModel(t, func(c *run.Config) { c.Given, c.Prior = 16, prior })
		for name, f := range map[string]figure.Figure{
			"curves": m.Curves(), "map": m.Map(), "clouds": m.Clouds(), "plane": m.Plane(4), "pairs": m.Pairs(2), "samples": m.Samples(5, 1),
			"dimensions": m.Dimensions(), "traversals": m.Traversals(3), "paint": m.Paint([]float64{0, 1}), "walk": Walk(0, 1, 3, m),
			"restored": Restored(1, m), "imagined": Imagined(3, 1, m),
		} {
			if err := f.Err(); err != nil {
				t.Errorf("%q prior: %s: %v", prior, name, err)
			}
		}
		first := m.Data.Test.Image(0)[:16]
		pictures, err := m.Decode([][]float64{{0, 0}, {1, -1}})
		if err != nil || len(pictures) != 2 {
			t.Fatalf("%d pictures, %v", len(pictures), err)
		}
		for i, p := range pictures {
			if !slices.Equal(p.Pix[:16], first) {
				t.Errorf("picture %d doesn't begin with what the first test image gives", i)
			}
		}
	}
}
