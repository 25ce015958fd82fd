package figure

import (
	"image"
	"strings"
	"testing"
)

// An option that a figure has no use for is told, with what the figure takes: nobody looks for why nothing changes.
func TestMisusedOptions(t *testing.T) {
	grey := image.NewGray(image.Rect(0, 0, 2, 2))
	grey.Pix[0] = 255
	two := []image.Image{grey, grey}
	line := Line("f", func(x float64) float64 { return x }, 0, 1)
	for name, c := range map[string]struct {
		figure Figure
		want   string
	}{
		"images": {Images(two, X("z")), "figure.X means nothing to figure.Images, which takes Title, Caption, Alt, Labels, Columns"},
		"rows":   {Rows([]Row{{"a", two}}, Labels([]string{"b", "c"})), "figure.Labels means nothing to figure.Rows"},
		"pairs":  {Pairs(two, two, LogX()), "figure.LogX means nothing to figure.Pairs"},
		"map":    {LatentMap([][2]float64{{0, 1}}, nil, nil, Columns(2)), "figure.Columns means nothing to figure.LatentMap"},
		"plane":  {LatentPlane([]image.Image{grey, grey, grey, grey}, []float64{0, 1}, []float64{1, 0}, Limit(3)), "figure.Limit means nothing to figure.LatentPlane, which takes Title, Caption, Alt"},
		"curves": {Curves(nil, Epochs(3), YRange(0, 1)), "figure.YRange means nothing to figure.Curves"},
		"bars":   {Bars([]Bar{{"a", []float64{1}}}, LogY()), "figure.LogY means nothing to figure.Bars"},
		"plot":   {Plot(line, Spreads(nil)), "figure.Spreads means nothing to figure.Plot"},
		"with":   {Plot(line).With(Columns(3)), "figure.Columns means nothing to figure.Figure.With, which takes Title, Caption, Alt"},
		"land": {Landscape(func(x, y float64) float64 { return x * y }, [2]float64{0, 1}, [2]float64{0, 1}, []float64{0, 1}, nil, LogX()),
			"figure.LogX means nothing to figure.Landscape"},
		"paths": {Paths(standardScene, arcs(2), X("x")), "figure.X means nothing to figure.Paths, which takes Title, Caption, Alt, Thick"},
		"rate":  {RateDistortion([]Tradeoff{{"β = 1", []float64{1}, []float64{2}, ""}}, line), "figure.Line and its like means nothing to figure.RateDistortion"},
	} {
		if err := c.figure.Err(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: the error is %v, want one with %q", name, err, c.want)
		}
	}
	if err := Images(two, Labels([]string{"a", "b"}), Columns(2), Title("t"), nil).Err(); err != nil {
		t.Error(err)
	}
}
