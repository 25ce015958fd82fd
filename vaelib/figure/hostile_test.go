package figure_test

import (
	"math"
	"testing"

	"vaelab/vaelib/figure"
	"vaelab/vaelib/internal/hostile"
	"vaelab/vaelib/run"
)

// Whatever it is given, a function gives a figure: one that draws, or one that carries a sentence.
func TestHostileArguments(t *testing.T) {
	rounds := uint64(60) // some of each draw
	if testing.Short() {
		rounds = 6
	}
	hostile.Try(t, rounds,
		figure.Bars, figure.Beside, figure.Curves, figure.Images, figure.Landscape, figure.LatentMap, figure.LatentPlane,
		figure.Pairs, figure.Paths, figure.Plot, figure.RateDistortion, figure.Rows, figure.Failed,
		figure.Alt, figure.Area, figure.Band, figure.Caption, figure.Columns, figure.Dots, figure.Epochs, figure.Labels, figure.Level,
		figure.Limit, figure.Line, figure.LogX, figure.LogY, figure.Now, figure.Path, figure.Spreads, figure.Thick, figure.Title, figure.Upright,
		figure.X, figure.XRange, figure.Y, figure.YRange,
		figure.Figure{}, figure.Bar{}, figure.Row{}, figure.Tradeoff{}, figure.Route{}, figure.PathScene{})
}

// A loss that float32 can't hold is left out of the curves, as one that is no number: drawing to it would take for ever.
func TestCurvesBeyondAllLosses(t *testing.T) {
	history := []run.Epoch{
		{Epoch: 1, Test: run.Terms{Reconstruction: 1e308, KL: 1}, Train: run.Terms{Reconstruction: -1e308, KL: math.NaN()}},
		{Epoch: 2, Test: run.Terms{Reconstruction: 200, KL: 2}, Train: run.Terms{Reconstruction: 210, KL: math.Inf(1)}},
	}
	if _, err := figure.Curves(history, nil).PNG(); err != nil {
		t.Error(err)
	}
}
