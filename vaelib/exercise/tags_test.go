package exercise

import (
	"slices"
	"testing"
)

// What a diagnosis says is special about an input is true of it.
func TestTags(t *testing.T) {
	for _, c := range []struct {
		got  []string
		want []string
	}{
		{muSigma(0, 2).Tags, []string{"μ = 0"}},
		{muSigma(2, 1).Tags, []string{"σ = 1"}},
		{muSigma(0, 1).Tags, []string{"σ = 1", "μ = 0"}},
		{muSigma(1, 0).Tags, nil},
		{muAndS("s", 0, 1).Tags, []string{"μ = 0"}},
		{muAndS("s", 1, 0).Tags, []string{"σ = 1"}},
		{muAndS("s", 1, 1).Tags, nil},
		{picturesOf([]float64{0.5, 0.2})[0].Tags, nil},
		{picturesOf([]float64{0.5})[0].Tags, []string{"there is one pixel"}},
		{picturesOf([]float64{0.5, 1})[0].Tags, []string{"a pixel is 0 or 1"}},
		{picturesOf([]float64{0, 1})[0].Tags, []string{"a pixel is 0 or 1", "all pixels are 0 or 1"}},
		{stepsAt([2]int{5, 4})[0].Tags, []string{"the warm-up is over"}},
		{stepsAt([2]int{3, 4})[0].Tags, []string{"the warm-up is under way"}},
		{stepsAt([2]int{4, 4})[0].Tags, []string{"step is warmup"}},
		{chargesOf(0.5, []float64{1})[0].Tags, []string{"there is one dimension"}},
		{chargesOf(0, []float64{1, 2})[0].Tags, []string{"λ = 0"}},
		{laplaceAt(laplaceInput{"", 1, 2, 3})[0].Tags, []string{"the weight is 1"}},
		{laplaceAt(laplaceInput{"", 2, 1, 1})[0].Tags, []string{"b = 1", "there is one number"}},
		{stylesOf([2][]float64{{1, 2}, {0, -1}})[0].Tags, []string{"no path is clear", "a path touches"}},
		{stylesOf([2][]float64{{1}, {2}})[0].Tags, []string{"there is one code", "all paths are clear"}},
		{stylesOf([2][]float64{{1, 2}, {1, -1}})[0].Tags, nil},
		{clipsOf(clipInput{[][]float64{{1, 2}}, 0})[0].Tags, []string{"there is one image", "λ = 0"}},
		{clipsOf(clipInput{[][]float64{{1}, {2}}, 1})[0].Tags, []string{"there is one dimension"}},
		{balancesAt([4]float64{2, 1, 0.1, 1})[0].Tags, []string{"the KL is above free"}},
		{balancesAt([4]float64{1, 1, 1, 2})[0].Tags, []string{"the KL is below free", "both weights are the same"}},
		{balancesAt([4]float64{1, 1, 2, 1})[0].Tags, []string{"the KL is free exactly"}},
		{cloudsOf([3]float64{1, 1, 0})[0].Tags, []string{"both variances are 1", "there is no covariance", "both variances are the same"}},
		{cloudsOf([3]float64{1, 2, -1})[0].Tags, []string{"the covariance is negative"}},
		{heldAt([3]float64{0, 0, 1})[0].Tags, []string{"σ = 1", "μ = 0", "z = μ"}},
		{heldAt([3]float64{1, 2, 3})[0].Tags, nil},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("the tags are %q, want %q", c.got, c.want)
		}
	}
}
